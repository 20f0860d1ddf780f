import { scheduleId } from "../../functions/pipeline/drill/settings.ts";
import { drillsSchema } from "../../functions/schemas/drills.ts";
import { part, record } from "./parts.ts";
import { configPath, expectedAmong, type Problem, shown } from "./problems.ts";

/** Problems of the drills as a whole, once each of them is right by itself. */
export function drillProblems(raw: Readonly<Record<string, unknown>>): readonly Problem[] {
	const drills = part(drillsSchema.exactOptional(), raw.drills);
	if (drills === undefined) return [];
	const names = Object.keys(record(raw.policies));
	const unknown = (path: readonly PropertyKey[], name: string | undefined): readonly Problem[] =>
		// Where no policy stands at all, that is the news.
		name === undefined || names.includes(name) || names.length === 0
			? []
			: [
					{
						path: configPath(["drills", ...path]),
						expected: expectedAmong(name, names, (all) => `a name of policies (allowed: ${all})`),
						got: shown(name),
					},
				];
	const ids = drills.schedule.map((entry) => scheduleId(entry));
	return [
		...unknown(["failedPolicy"], drills.failedPolicy),
		...drills.schedule.flatMap(({ policy }, index) => unknown(["schedule", index, "policy"], policy)),
		...drills.schedule.flatMap((entry, index) =>
			ids.indexOf(scheduleId(entry)) < index
				? [
						{
							path: configPath(["drills", "schedule", index]),
							expected: "another time or policy than any drill before it",
							got: shown(entry),
						},
					]
				: [],
		),
	];
}
