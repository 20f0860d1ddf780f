import fc from "fast-check";
import { overseerStory, type Planted, workflowStory } from "./stories.ts";
import type { Story } from "./story.ts";
import { mostTroubles, type TroubledCase, troubledCases } from "./troubledCases.ts";
import type { Trouble } from "./troubles.ts";
import { verdictOf, verdictOfPolicy } from "./verdicts.ts";

export interface TroubledFindings {
	readonly runs: number;
	/** How many ended in each way. */
	readonly ends: Readonly<Record<string, number>>;
	/** How many troubles of each kind both executors met. */
	readonly met: Readonly<Record<Trouble["kind"], number>>;
	/** Readable; undefined: none. */
	readonly counterexample?: string;
}

/**
 * The comparison where calls hang, lose their answers and kill their caller. Both executors must come to the verdict that the policy itself gives:
 * the same end, and the same tiers told. What may differ, since each of them meets its own troubles at its own calls:
 * - when something happens, and how many attempts it takes: a call that hangs costs its time-out and an attempt, a dead run of the overseer a tick;
 * - which channel tells a tier, and that a tier is told on two: of a page whose answer was lost only reading it back says that it is there;
 * - how often a page is sent: PagerDuty joins a second one to the first, and a phone rings at most once more for each trouble.
 * The waits are long enough that no trouble uses one up, every place has an attempt left after all of them, and nothing recovers on the way: what
 * would differ then is time alone, and that is compared without troubles.
 */
export async function searchTroubled(runs: number, seed: number, planted: Planted = {}): Promise<TroubledFindings> {
	const ends: Record<string, number> = {};
	const met = { hangs: 0, "drops-answer": 0, kills: 0 };
	const property = fc.asyncProperty(troubledCases, async (played) => {
		const { end } = verdictOfPolicy(played);
		ends[end] = (ends[end] ?? 0) + 1;
		const count = (kind: Trouble["kind"]): void => {
			met[kind] += 1;
		};
		return (await differenceOf(played, { ...planted, met: count })) === undefined;
	});
	const { numRuns, counterexample: found } = await fc.check(property, { numRuns: runs, seed });
	const [smallest] = found ?? [];
	if (smallest === undefined) return { runs: numRuns, ends, met };
	const difference = await differenceOf(smallest, planted).catch(String);
	return { runs: numRuns, ends, met, counterexample: `seed ${seed}: ${difference}\n${JSON.stringify(smallest, undefined, 1)}` };
}

/** What an executor came to otherwise than the policy says. */
async function differenceOf(played: TroubledCase, planted: Planted): Promise<string | undefined> {
	const { troubles } = played;
	const stories = {
		"the workflow": await workflowStory(played, { ...planted, troubles }),
		"the overseer": await overseerStory(played, { ...planted, troubles }),
	};
	const expected = JSON.stringify(verdictOfPolicy(played));
	for (const [who, story] of Object.entries(stories)) {
		const got = JSON.stringify(verdictOf(story));
		if (got !== expected) return `${who}: expected ${expected}, got ${got}`;
		const most = played.policy.attemptsPerChannel + mostTroubles;
		if (textsOf(story).some((times) => times > most)) return `${who}: expected at most ${most} texts to a phone, got more`;
	}
	return undefined;
}

const textsOf = ({ taken }: Story): readonly number[] =>
	Object.entries(taken).flatMap(([place, times]) => (place.includes("sms") ? [times] : []));
