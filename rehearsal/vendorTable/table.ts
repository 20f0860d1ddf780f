import { play } from "../play.ts";
import type { TimelineEvent } from "../report/timelineEvent.ts";
import { readStackFile } from "../scenario/stackFile.ts";
import { type EmulatedKind, emulatorOf } from "../vendors/emulators.ts";
import { deployOnce } from "../world/deployOnce.ts";
import { type FaultCase, faultCases, informingKinds, pagingKinds } from "./cases.ts";

/** What came of one fault. */
export interface FaultRow {
	readonly kind: EmulatedKind;
	readonly fault: string;
	/** The channel that told somebody first; undefined where nobody was told. */
	readonly toldBy: string | undefined;
	/** From the opening of the incident. */
	readonly afterSeconds: number | undefined;
	/** What the timeline says of this vendor's own channel. */
	readonly recorded: string;
}

/** Plays every fault of one vendor. */
export async function faultRows(kind: EmulatedKind): Promise<readonly FaultRow[]> {
	const deploy = deployOnce();
	const rows: FaultRow[] = [];
	for (const each of faultCases(kind)) {
		const { report } = await play({ scenario: each.scenario, file: readStackFile("dev"), seed: 1, deploy });
		rows.push(rowOf(each, report.events));
	}
	return rows;
}

function rowOf({ kind, fault }: FaultCase, events: readonly TimelineEvent[]): FaultRow {
	const opened = events.find(({ what, detail = "" }) => what === "incident-opened" && detail.includes("Frankfurt-1"));
	const ofIncident = events.filter(({ incident }) => incident === opened?.incident);
	const told = ofIncident.find(({ what, outcome }) => (what === "page-proven" || what === "page-presumed") && outcome !== "recovery");
	return {
		kind,
		fault,
		toldBy: told?.channel,
		afterSeconds: told === undefined ? undefined : told.atSeconds - (opened?.atSeconds ?? 0),
		recorded: recordedOf(ofIncident.filter(({ channel }) => channel === kind)),
	};
}

/** What the timeline says last of the channel in its first minutes, and why. */
function recordedOf(events: readonly TimelineEvent[]): string {
	const fate = events.find(({ what }) => what === "page-proven" || what === "page-presumed" || what === "inform-proven");
	if (fate !== undefined) return fate.what === "page-presumed" ? "presumed" : "proven";
	const failed = events.find(({ what }) => what === "page-failed" || what === "inform-failed");
	if (failed !== undefined) return `refused: ${failed.outcome}`;
	const taken = events.find(({ what }) => what === "page-unproven" || what === "inform-unproven");
	if (taken !== undefined) return "accepted, unproven";
	return events.some(({ what }) => what === "informed") ? "accepted" : "nothing";
}

/** The table of one vendor, as docs/vendors.md holds it. */
export function tableText(kind: EmulatedKind, rows: readonly FaultRow[]): string {
	const { name } = emulatorOf(kind);
	const lines = rows.map(({ fault, toldBy, afterSeconds, recorded }) => {
		const told = toldBy === undefined ? "nobody" : `\`${toldBy}\``;
		return `| ${fault} | ${recorded} | ${told} | ${afterSeconds === undefined ? "" : `${Math.round(afterSeconds)} s`} |`;
	});
	return [
		`### ${name} (\`${kind}\`)`,
		"",
		"| what is wrong | its channel | who told first | after |",
		"|---|---|---|---|",
		...lines,
		"",
	].join("\n");
}

/** Every vendor, those that page first. */
export const tabledKinds: readonly EmulatedKind[] = [...pagingKinds, ...informingKinds];

export const tableBegin = "<!-- begin: written by npm run docs:vendors -->";
export const tableEnd = "<!-- end: written by npm run docs:vendors -->";

/** A document with the tables between their markers; undefined where it has no place for them. */
export function withTables(document: string, tables: readonly string[]): string | undefined {
	const [begin, end] = [document.indexOf(tableBegin), document.indexOf(tableEnd)];
	if (begin < 0 || end < begin) return undefined;
	return `${document.slice(0, begin)}${tableBegin}\n\n${tables.join("\n")}\n${document.slice(end)}`;
}
