import { severities, watchedConditions } from "../../functions/pipeline/model/incident.ts";
import { type Day, days } from "../../functions/pipeline/route/settings.ts";
import { silencesEverything } from "../../functions/pipeline/silence/rules.ts";
import { windowsSchema } from "../../functions/schemas/windows.ts";
import { part } from "./parts.ts";
import { configPath, type Problem, shown } from "./problems.ts";

/** Problems of the windows as a whole, once each of them is right by itself. */
export function windowProblems(raw: Readonly<Record<string, unknown>>): readonly Problem[] {
	const windows = part(windowsSchema.exactOptional(), raw.windows) ?? [];
	return windows.flatMap(({ name, match, minutes, recurrence }, index): readonly Problem[] => [
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
		...(recurrence !== undefined && minutes > shortestDayMinutes && followOn(recurrence.days)
			? [
					{
						path: configPath(["windows", index, "minutes"]),
						expected: `at most ${shortestDayMinutes} where one day follows on another: each opening has to end before the next, so that what still fails is told`,
						got: shown(minutes),
					},
				]
			: []),
		...(windows.findIndex((other) => other.name === name) < index
			? [{ path: configPath(["windows", index, "name"]), expected: "a name that no window before it has", got: shown(name) }]
			: []),
	]);
}

/** A day on which clocks go forward has an hour less. */
const shortestDayMinutes = 1380;

/** Whether a day is followed by the next one, as Monday follows on Sunday. */
const followOn = (chosen: readonly Day[]): boolean =>
	days.some((day, index) => chosen.includes(day) && chosen.some((other) => other === days[(index + 1) % days.length]));
