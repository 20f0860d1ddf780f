import type { ActiveIncidentRow } from "../../../contracts/activeIncidents.ts";
import type { Incident, Instant } from "../model/incident.ts";
import type { Limits } from "../settings.ts";
import type { FoundRow } from "./ports.ts";
import { type AnnounceSettings, isRenewed, timed, wantedRows, writerOf } from "./rules.ts";

/** One write, and why. */
export type TableStep =
	| { readonly do: "remove"; readonly key: string; readonly reason: "over" }
	| { readonly do: "add"; readonly row: ActiveIncidentRow; readonly reason: "new" }
	| { readonly do: "replace"; readonly row: ActiveIncidentRow; readonly reason: "changed" | "renewed" };

export interface TablePlan {
	/** In the order in which they are to be made. */
	readonly steps: readonly TableStep[];
	/** How many more the next ticks have to make. */
	readonly left: number;
	/** Keys at which somebody else keeps a row: it stays. */
	readonly foreign: readonly string[];
}

/** Writes of one tick at most: two ticks meet in one minute of the vendor's limit, with the pages of rows that they read. */
export const mostWrites = ({ genesysRequestsPerMinute, genesysShare }: Pick<Limits, "genesysRequestsPerMinute" | "genesysShare">): number =>
	Math.max(1, Math.min(100, Math.floor((genesysRequestsPerMinute * genesysShare) / 2.4)));

/**
 * What has to be written so that the table holds what is wrong now. What callers hear wrongly comes first: a failure that is over, then one that is
 * new, then one that changed; rows that only have to be renewed wait. The same input gives the same plan, whatever an earlier tick came to.
 */
export function planTable(
	settings: AnnounceSettings,
	{ incidents, rows, now }: { readonly incidents: readonly Incident[]; readonly rows: readonly FoundRow[]; readonly now: Instant },
	most: number,
): TablePlan {
	const writer = writerOf(settings);
	const wanted = wantedRows(settings, incidents).map((content) => timed(content, now));
	const wantedKeys = new Set(wanted.map(({ key }) => key));
	const found = new Map(rows.map((row) => [row.key, row.fields]));
	const over = rows.filter(({ key, fields }) => fields.writtenBy === writer && !wantedKeys.has(key));
	const foreign = wanted.filter(({ key }) => found.has(key) && found.get(key)?.writtenBy !== writer).map(({ key }) => key);
	const steps = wanted.flatMap((row) => (foreign.includes(row.key) ? [] : stepFor(row, found.get(row.key), now)));
	const ordered = [
		...over.map(({ key }): TableStep => ({ do: "remove", key, reason: "over" })),
		...(["new", "changed", "renewed"] as const).flatMap((reason) => steps.filter((step) => step.reason === reason)),
	];
	return { steps: ordered.slice(0, most), left: Math.max(0, ordered.length - most), foreign };
}

function stepFor(row: ActiveIncidentRow, found: FoundRow["fields"] | undefined, now: Instant): readonly TableStep[] {
	if (found === undefined) return [{ do: "add", row, reason: "new" }];
	const { updated: _updated, until: _until, ...content } = row;
	const isSame = Object.entries(content).every(([column, value]) => found[column] === value);
	if (!isSame) return [{ do: "replace", row, reason: "changed" }];
	return isRenewed(found.until, now) ? [{ do: "replace", row, reason: "renewed" }] : [];
}
