import * as z from "zod";
import { parseIncidentKey } from "../../functions/pipeline/model/keys.ts";
import { toldPolicies } from "./policyFacts.ts";
import { type TimelineEvent, timelineEvent } from "./timelineEvent.ts";
import type { Expectation } from "./verdict.ts";

/** The JSON of a rehearsal: stable, and equal byte for byte for equal inputs. */
export const rehearsalReport = z
	.strictObject({
		scenario: z.string(),
		stack: z.string(),
		seed: z.number().int().nonnegative(),
		verdict: z.enum(["passed", "failed"]),
		expectations: z.array(
			z.strictObject({
				what: z.string(),
				bySeconds: z.number().nonnegative(),
				met: z.boolean(),
				atSeconds: z.number().nonnegative().optional(),
			}),
		),
		events: z.array(timelineEvent),
		why: z.string().optional().describe("What the scenario shows, in a sentence."),
		begins: z.iso.datetime().optional().describe("The instant from which seconds are counted, in the story's own time."),
		policies: toldPolicies.optional().describe("Who was to be paged, when and how, by the names of the policies."),
	})
	.meta({ title: "Rehearsal", description: "What a rehearsal of the on-call runbooks showed." });
export type Report = z.output<typeof rehearsalReport>;

/** The JSON Schema (draft 2020-12) of the report that `--json` prints. */
export const rehearsalJsonSchema = (): Record<string, unknown> => ({ ...z.toJSONSchema(rehearsalReport, { io: "output" }) });

/** Events that say the same each minute are left out of the terminal's timeline; the JSON has them all. */
const quiet: ReadonlySet<string> = new Set(["polled", "incident-seen-again"]);

const clockOf = (seconds: number): string =>
	`${String(Math.floor(seconds / 60)).padStart(3)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

/** Where `what` stands in an event's line. */
const whatColumn = 26;

/** One event as a line: when, who, what, where, and why. */
function eventLine(event: TimelineEvent, entity?: string): string {
	const where = [
		entity ?? "",
		event.tier === undefined ? "" : `tier ${event.tier}`,
		event.channel ?? "",
		event.attempt === undefined ? "" : `attempt ${event.attempt}`,
		event.outcome ?? "",
	].filter((part) => part !== "");
	const cause = event.because === undefined ? "" : `  ← ${event.because}`;
	const detail = event.detail === undefined ? "" : `  ${event.detail}`;
	return `${clockOf(event.atSeconds)}  ${String(event.id).padStart(4)}  ${event.who.padEnd(10)}  ${event.what.padEnd(20)} ${where.join(" · ")}${detail}${cause}`;
}

/** What a line continues with that is too long for a terminal: below what happened, or below what was expected. */
export const furtherOf = (line: string): string => " ".repeat(/^ *\d+:\d\d {2}/.test(line) ? whatColumn : 2);

/** What a person reads: the timeline, then each expectation, then the verdict. */
export function terminalReport(report: Report, why: string): string {
	const entities = new Set(report.events.flatMap(({ what, incident }) => (what === "incident-opened" ? (incident ?? []) : [])));
	const entityOf = ({ incident, what }: TimelineEvent): string | undefined =>
		entities.size > 1 && incident !== undefined && what !== "observed" ? parseIncidentKey(incident)?.entityId : undefined;
	const isRepeat = repeats();
	const shown = report.events.filter((event) => !isRepeat(event) && !quiet.has(event.what));
	const hidden = report.events.length - shown.length;
	return [
		`Scenario ${report.scenario} on stack ${report.stack}, seed ${report.seed}`,
		why,
		"",
		"min:s    id  who         what",
		...shown.map((event) => eventLine(event, entityOf(event))),
		...(hidden === 0 ? [] : [`(${hidden} events that only say "still so" are left out; --json has them all)`]),
		"",
		...report.expectations.map(expectationLine),
		"",
		`${report.verdict === "passed" ? "PASSED" : "FAILED"}: ${report.expectations.filter(({ met }) => met).length} of ${report.expectations.length} expectations met`,
	].join("\n");
}

/** One line for one rehearsal among many; the first unmet expectation where there is one. */
export function summaryLine({ scenario, verdict, expectations }: Report): string {
	const met = expectations.filter((expectation) => expectation.met).length;
	const first = expectations.find((expectation) => !expectation.met);
	return `${verdict === "passed" ? "PASSED" : "FAILED"}  ${scenario.padEnd(24)} ${met} of ${expectations.length}${first === undefined ? "" : `  ✗ ${first.what}`}`;
}

/** Asked of each event in order: whether it is a look that says what the look before it said of the same entity. */
function repeats(): (event: TimelineEvent) => boolean {
	const said = new Map<string | undefined, string | undefined>();
	return ({ what, incident, detail }) => {
		if (what !== "observed") return false;
		const isRepeat = said.has(incident) && said.get(incident) === detail;
		said.set(incident, detail);
		return isRepeat;
	};
}

function expectationLine({ what, bySeconds, met, atSeconds }: Expectation): string {
	const at = atSeconds === undefined ? "" : `, was at${clockOf(atSeconds).replace(/^ */, " ")}`;
	return `${met ? "✓" : "✗"} by ${clockOf(bySeconds)}  ${what}${met && (atSeconds === undefined || atSeconds === bySeconds) ? "" : at}`;
}
