import { incidentKey } from "../functions/pipeline/keys.ts";
import type { Must, Never, Scenario } from "./scenario.ts";
import type { TimelineEvent } from "./timeline.ts";

/** One expectation as the report and the JSON show it. */
export interface Expectation {
	readonly what: string;
	readonly bySeconds: number;
	readonly met: boolean;
	readonly atSeconds?: number | undefined;
}

/** A declared thing that did not work, by name, and why; no injected fault explains it. */
export interface Problem {
	readonly resource: string;
	readonly reason: string;
}

/** A failure that an injected fault may explain. */
export interface Trouble extends Problem {
	readonly at: number;
	/** The systems whose fault would explain it. */
	readonly explainedBy: readonly string[];
}

/** What the scenario demanded, and that every declared resource did its part. */
export function judge(
	scenario: Scenario,
	environment: string,
	trunkIds: ReadonlyMap<string, string>,
	events: readonly TimelineEvent[],
	problems: readonly Problem[],
): readonly Expectation[] {
	const matching = (wanted: Must | Never): readonly TimelineEvent[] => {
		const id = wanted.trunk === undefined ? undefined : (trunkIds.get(wanted.trunk) ?? "unknown");
		const key = id === undefined ? undefined : incidentKey({ environment, condition: "trunk-down", entityId: id });
		return events.filter((event) => matches(event, wanted, key));
	};
	return [
		...scenario.must.map((wanted) => demanded(wanted, matching(wanted))),
		...scenario.never.map((unwanted) => forbidden(unwanted, matching(unwanted), scenario.lasts)),
		...resources(problems, scenario.lasts),
	];
}

function matches(event: TimelineEvent, wanted: Must | Never, key: string | undefined): boolean {
	if (key !== undefined && event.incident !== key) return false;
	const { what, who, channel, tier, attempt, outcome } = wanted;
	const fields = { what, who, channel, tier, attempt, outcome };
	return Object.entries(fields).every(
		([field, value]) => value === undefined || Object.entries(event).some(([name, got]) => name === field && got === value),
	);
}

function demanded(wanted: Must, found: readonly TimelineEvent[]): Expectation {
	const hit = found.find((event) => event.atSeconds >= (wanted.from ?? 0) && event.atSeconds <= wanted.by);
	const counted = wanted.times === undefined || found.length === wanted.times;
	const late = hit ?? found.find((event) => event.atSeconds > wanted.by) ?? found[0];
	const got = counted ? "" : `, got ${found.length}`;
	return {
		what: `${sentence(wanted)}${wanted.times === undefined ? "" : ` (${wanted.times}×${got})`}`,
		bySeconds: wanted.by,
		met: hit !== undefined && counted,
		...(late === undefined ? {} : { atSeconds: late.atSeconds }),
	};
}

function forbidden(unwanted: Never, found: readonly TimelineEvent[], lasts: number): Expectation {
	const [first] = found;
	return {
		what: `never: ${sentence(unwanted)}`,
		bySeconds: lasts,
		met: first === undefined,
		...(first === undefined ? {} : { atSeconds: first.atSeconds }),
	};
}

function resources(problems: readonly Problem[], lasts: number): readonly Expectation[] {
	const fine = "every declared resource works: nothing is refused, broken or idle unless a fault explains it";
	if (problems.length === 0) return [{ what: fine, bySeconds: lasts, met: true }];
	return problems.map(({ resource, reason }) => ({ what: `${resource} works: ${reason}`, bySeconds: lasts, met: false }));
}

function sentence(wanted: Must | Never): string {
	const who = wanted.who === undefined ? "" : `${wanted.who}: `;
	const where = [
		wanted.channel === undefined ? "" : ` on ${wanted.channel}`,
		wanted.tier === undefined ? "" : ` tier ${wanted.tier}`,
		wanted.attempt === undefined ? "" : ` attempt ${wanted.attempt}`,
		wanted.outcome === undefined ? "" : ` ${wanted.outcome}`,
		wanted.trunk === undefined ? "" : ` for ${wanted.trunk}`,
	];
	return `${who}${wanted.what}${where.join("")}`;
}
