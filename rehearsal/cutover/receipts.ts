import type { Incident, Page } from "../../functions/pipeline/model/incident.ts";

/** Two kinds of channels that are told the same. */
export interface Mirrored {
	readonly from: string;
	readonly to: string;
}

/** What one system has of a page. */
export interface Receipt {
	readonly channel: string;
	/** The state of its page or notice in the ledger. */
	readonly state: string;
	/** Seconds from the opening of the incident; absent where it was not accepted, or not proven. */
	readonly acceptedAfter?: number;
	readonly provenAfter?: number;
}

/** One page of one incident in both systems. */
export interface Pair {
	readonly incident: string;
	readonly occurrence: number;
	readonly tier: number;
	readonly purpose: Page["purpose"];
	readonly from: Receipt | undefined;
	readonly to: Receipt | undefined;
	readonly verdict: "both" | "only-from" | "only-to" | "neither";
}

/** Compares what both systems have of every incident that told both: of each tier the page, its acknowledgement and its end. */
export function comparedReceipts(incidents: readonly Incident[], mirrored: Mirrored): readonly Pair[] {
	return incidents.flatMap((incident) => {
		const entries = [...incident.pages, ...(incident.notices ?? [])];
		const of = (kind: string) => entries.filter((page) => page.kind === kind);
		const keys = new Set([...of(mirrored.from), ...of(mirrored.to)].map(({ tier, purpose }) => `${tier} ${purpose}`));
		return [...keys].toSorted().map((key): Pair => {
			const at = (kind: string) =>
				receiptOf(
					incident,
					of(kind).findLast(({ tier, purpose }) => `${tier} ${purpose}` === key),
				);
			const [from, to] = [at(mirrored.from), at(mirrored.to)];
			const page = entries.find(({ tier, purpose }) => `${tier} ${purpose}` === key);
			return {
				incident: incident.key,
				occurrence: incident.occurrence,
				tier: page?.tier ?? 0,
				purpose: page?.purpose ?? "page",
				from,
				to,
				verdict: verdictOf(from, to),
			};
		});
	});
}

function receiptOf({ openedAt }: Incident, page: Page | undefined): Receipt | undefined {
	if (page === undefined) return undefined;
	const { channel, state, acceptedAt, provenAt } = page;
	const after = (at: number): number => Math.round((at - openedAt) / 1000);
	return {
		channel,
		state,
		...(acceptedAt === undefined ? {} : { acceptedAfter: after(acceptedAt) }),
		...(provenAt === undefined ? {} : { provenAfter: after(provenAt) }),
	};
}

/** A notice of an acknowledgement or an end is not read back: that it was taken is all that can be known. */
const isThere = (receipt: Receipt | undefined): boolean => receipt?.provenAfter !== undefined || receipt?.state === "accepted";

function verdictOf(from: Receipt | undefined, to: Receipt | undefined): Pair["verdict"] {
	if (isThere(from)) return isThere(to) ? "both" : "only-from";
	return isThere(to) ? "only-to" : "neither";
}

/** The report for people: a line for each page, and what it comes to. */
export function receiptsText(pairs: readonly Pair[], { from, to }: Mirrored): string {
	const heading = `${"incident".padEnd(52)} ${"tier".padEnd(5)}${"what".padEnd(16)}${from.padEnd(18)}${to.padEnd(18)}verdict`;
	const lines = pairs.map(
		({ incident, occurrence, tier, purpose, ...pair }) =>
			`${`${incident} (${occurrence})`.padEnd(52)} ${String(tier).padEnd(5)}${purpose.padEnd(16)}${words(pair.from).padEnd(18)}${words(pair.to).padEnd(18)}${pair.verdict}`,
	);
	return [heading, ...lines, "", summaryOf(pairs, { from, to })].join("\n");
}

function words(receipt: Receipt | undefined): string {
	if (receipt === undefined) return "not told";
	const { state, provenAfter, acceptedAfter } = receipt;
	if (provenAfter !== undefined) return `proven ${provenAfter} s`;
	return acceptedAfter === undefined ? state : `${state} ${acceptedAfter} s`;
}

function summaryOf(pairs: readonly Pair[], { from, to }: Mirrored): string {
	if (pairs.length === 0) return `No incident told ${from} or ${to}: nothing can be compared.`;
	const count = (verdict: Pair["verdict"]): number => pairs.filter((pair) => pair.verdict === verdict).length;
	const parts = `${pairs.length} told: ${count("both")} in both, ${count("only-from")} only in ${from}, ${count("only-to")} only in ${to}, ${count("neither")} in neither.`;
	return `${parts} ${isReady(pairs) ? `${to} has all that ${from} has.` : `Do not switch before ${to} has what it lacks.`}`;
}

/** Whether the new system has everything that the old one has. */
export const isReady = (pairs: readonly Pair[]): boolean =>
	pairs.length > 0 && pairs.every(({ verdict }) => verdict === "both" || verdict === "only-to");
