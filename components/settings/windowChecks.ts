import { severities, watchedConditions } from "../../functions/pipeline/model/incident.ts";
import { silencesEverything } from "../../functions/pipeline/silence/rules.ts";
import { windowsSchema } from "../../functions/schemas/windows.ts";
import { part } from "./parts.ts";
import { configPath, type Problem, shown } from "./problems.ts";

/** Problems of the windows as a whole, once each of them is right by itself. */
export function windowProblems(raw: Readonly<Record<string, unknown>>): readonly Problem[] {
	const windows = part(windowsSchema.exactOptional(), raw.windows) ?? [];
	return windows.flatMap(({ name, match }, index): readonly Problem[] => [
		...(silencesEverything(match, watchedConditions, severities)
			? [
					{
						path: configPath(["windows", index, "match"]),
						expected:
							"a matcher that leaves something out (condition, severity, entity, site, division, queue): this would silence everything",
						got: shown(match),
					},
				]
			: []),
		...(windows.findIndex((other) => other.name === name) < index
			? [{ path: configPath(["windows", index, "name"]), expected: "a name that no window before it has", got: shown(name) }]
			: []),
	]);
}
