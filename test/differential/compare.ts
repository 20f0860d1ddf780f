import type { EscalationPolicy } from "../../functions/pipeline/settings.ts";
import { type AuditName, audit, type Fault, isLateProof } from "./audit.ts";
import type { Step, Story } from "./story.ts";
import { tickSeconds } from "./world.ts";

export interface Difference {
	readonly who: "workflow" | "overseer" | "both";
	readonly name: AuditName | "different-place" | "different-attempt" | "different-end" | "stale-not-paged";
	readonly at: number;
	readonly detail: string;
}

/** Why two right stories go apart: from there on they have no step in common that could be compared. */
export type Parting =
	/** The same question, asked at different moments (each on time), got different answers of the vendor. */
	| "vendor-answered-otherwise"
	/** It became readable between the deadline of the one and that of the other. */
	| "readable-between-deadlines"
	/** Somebody acknowledged, or it recovered, before the one came to a step that the other had taken. */
	| "ended-between-steps"
	/** The overseer proved a page that was given up or called unproven: it sends such pages again, and reads them, at every tick. */
	| "proven-after-all"
	/** The incident was stale: the overseer pages all that is left, beside whoever responds. */
	| "stale";

export interface Comparison {
	readonly difference?: Difference;
	readonly parting?: Parting;
	/** Steps that both took. */
	readonly common: number;
}

/**
 * Whether workflow and overseer carried out the same policy: same places in the same order, same attempts, same ends, same outcome, and each
 * step on time measured from that executor's own step before it. Where the world itself answered them differently the stories part, by name.
 */
export function compare(workflow: Story, overseer: Story, policy: EscalationPolicy): Comparison {
	const grains = {
		workflow: { step: 0, read: policy.readBackSeconds, sendsBeforeTick: true },
		overseer: { step: tickSeconds, read: tickSeconds, sendsBeforeTick: false },
	};
	const stories = { workflow, overseer };
	for (const who of ["workflow", "overseer"] as const) {
		const found = audit(stories[who], policy, grains[who]);
		if (found !== undefined) return { difference: logged(who, stories[who], found), common: 0 };
	}
	return stalePaged(overseer, policy) ?? alongside(workflow.steps, overseer.steps);
}

const logged = (who: "workflow" | "overseer", { steps }: Story, { name, index, detail }: Fault): Difference => ({
	who,
	name,
	at: steps[index]?.at ?? 0,
	detail: `${stepText(steps[index])}: ${detail}`,
});

export function stepText(step: Step | undefined): string {
	if (step === undefined) return "nothing";
	const { what, place = "", attempt, detail = "" } = step;
	return [what, place, attempt === undefined ? "" : `attempt ${attempt}`, detail].filter((part) => part !== "").join(" ");
}

/** At the first tick at which the incident is stale and unanswered, every place of the policy has been paged. */
function stalePaged({ steps }: Story, policy: EscalationPolicy): Comparison | undefined {
	const at = steps.find(({ what }) => what === "stale")?.at ?? steps.at(-1)?.at ?? 0;
	const paged = new Set(steps.filter((step) => step.at <= at).flatMap(({ place }) => place ?? []));
	const places = policy.tiers.reduce((sum, { channels }) => sum + channels.length, 0);
	const stale = steps.some(({ what }) => what === "stale");
	const late = at - policy.staleSeconds;
	if (late <= tickSeconds && (!stale || (late >= 0 && paged.size === places))) return undefined;
	const detail = `${paged.size} of ${places} places paged ${late} s after they were due`;
	return { difference: { who: "overseer", name: "stale-not-paged", at, detail }, common: 0 };
}

function alongside(workflow: readonly Step[], overseer: readonly Step[]): Comparison {
	const late = overseer.findIndex((_, index) => isLateProof(overseer, index));
	const timely = overseer.filter((_, index) => !isLateProof(overseer, index));
	const length = Math.max(workflow.length, timely.length);
	for (let common = 0; common < length; common += 1) {
		const [one, other] = [workflow[common], timely[common]];
		if (one !== undefined && other !== undefined && isSame(one, other)) continue;
		const parting = partingOf(one, other, late !== -1 && late <= common);
		return parting === undefined ? { difference: apart(one, other), common } : { parting, common };
	}
	return { common: length };
}

const isSame = (one: Step, other: Step): boolean => one.what === other.what && one.place === other.place && one.attempt === other.attempt;
const isSend = ({ what }: Step): boolean => what === "accepted" || what === "refused";
const isAnswer = (step: Step | undefined): boolean => step?.what === "acknowledged" || step?.what === "recovered";
const isVerdict = ({ what }: Step): boolean => what === "proven" || what === "unproven";

/** Every reason rests on what the audit has found true of both worlds: each answer given, each proof, each end. */
function partingOf(one: Step | undefined, other: Step | undefined, lateBefore: boolean): Parting | undefined {
	if (lateBefore) return "proven-after-all";
	if (other?.what === "stale") return "stale";
	if (isAnswer(one) || isAnswer(other)) return "ended-between-steps";
	if (one === undefined || other === undefined || one.place !== other.place) return undefined;
	if (isSend(one) && isSend(other) && one.attempt === other.attempt) return "vendor-answered-otherwise";
	return isVerdict(one) && isVerdict(other) ? "readable-between-deadlines" : undefined;
}

function apart(one: Step | undefined, other: Step | undefined): Difference {
	const at = Math.min(one?.at ?? Number.POSITIVE_INFINITY, other?.at ?? Number.POSITIVE_INFINITY);
	const detail = `the workflow: ${stepText(one)}; the overseer: ${stepText(other)}`;
	if (one?.place === undefined || other?.place === undefined) return { who: "both", name: "different-end", at, detail };
	return { who: "both", name: one.place === other.place ? "different-attempt" : "different-place", at, detail };
}
