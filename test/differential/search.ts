import fc from "fast-check";
import { type Comparison, compare, type Parting, stepText } from "./compare.ts";
import { type Case, cases, type Fate } from "./generators.ts";
import { overseerStory, type Planted, workflowStory } from "./stories.ts";
import type { Story } from "./story.ts";

export interface Search {
	readonly runs: number;
	readonly seed: number;
	readonly planted?: Planted;
	/** Ends with the first counterexample as it was found, instead of a smaller one. */
	readonly asFound?: boolean;
}

export interface Findings {
	readonly runs: number;
	/** How many pairs of stories parted, by reason. */
	readonly partings: Readonly<Partial<Record<Parting, number>>>;
	/** How many ended in each way, as the overseer tells it. */
	readonly ends: Readonly<Record<string, number>>;
	/** Steps that both executors took, all cases together. */
	readonly common: number;
	/** Readable; undefined: none. */
	readonly counterexample?: string;
	readonly difference?: Comparison["difference"];
}

interface Played extends Comparison {
	readonly workflow: Story;
	readonly overseer: Story;
}

/** One case through both executors. */
async function playBoth(played: Case, planted: Planted = {}): Promise<Played> {
	const workflow = await workflowStory(played, planted);
	const overseer = await overseerStory(played, planted);
	return { workflow, overseer, ...compare(workflow, overseer, played.policy) };
}

/** Looks for a case in which the two executors differ; the same seed looks at the same cases. */
export async function search({ runs, seed, planted = {}, asFound = false }: Search): Promise<Findings> {
	const partings: Partial<Record<Parting, number>> = {};
	const ends: Record<string, number> = {};
	let common = 0;
	const property = fc.asyncProperty(cases, async (played) => {
		const both = await playBoth(played, planted);
		if (both.difference !== undefined) return false;
		if (both.parting !== undefined) partings[both.parting] = (partings[both.parting] ?? 0) + 1;
		const end = both.overseer.steps.at(-1)?.what ?? "nothing";
		ends[end] = (ends[end] ?? 0) + 1;
		common += both.common;
		return true;
	});
	const details = await fc.check(property, { numRuns: runs, seed, endOnFailure: asFound });
	const found = { runs: details.numRuns, partings, ends, common };
	if (!details.failed) return found;
	const [counterexample] = details.counterexample ?? [];
	if (counterexample === undefined)
		throw new Error("Expected every case to be played, got an interruption", { cause: details.errorInstance });
	return { ...found, ...(await logged(counterexample, planted, details)) };
}

async function logged(played: Case, planted: Planted, { seed, errorInstance }: fc.RunDetails<[Case]>): Promise<Partial<Findings>> {
	const why = `seed ${seed}`;
	try {
		const both = await playBoth(played, planted);
		return { counterexample: readable(played, both, why), ...(both.difference === undefined ? {} : { difference: both.difference }) };
	} catch (error) {
		const message = error instanceof Error ? (error.stack ?? error.message) : String(errorInstance);
		return { counterexample: [caseText(played, why), message].join("\n") };
	}
}

/** A counterexample for a person: the policy, the course of the world, and both stories beside their seconds. */
function readable(played: Case, { workflow, overseer, difference }: Played, why: string): string {
	const found =
		difference === undefined ? "no difference" : `${difference.name} (${difference.who}) at ${difference.at} s: ${difference.detail}`;
	return [found, caseText(played, why), storyText("the workflow", workflow), storyText("the overseer", overseer)].join("\n");
}

function caseText({ policy, fates, severity, phase, recoversAt }: Case, why: string): string {
	const { attemptsPerChannel, waitsSeconds, proofSeconds, readBackSeconds, acknowledgeSeconds, staleSeconds } = policy;
	const tiers = policy.tiers.map(({ channels }, index) => `  tier ${index + 1}: ${channels.map(({ name }) => name).join(", then ")}`);
	return [
		`policy (${why}): ${attemptsPerChannel} attempts, waits [${waitsSeconds.join(", ")}], proof ${proofSeconds}, read back ${readBackSeconds}, acknowledge ${acknowledgeSeconds}, stale ${staleSeconds}`,
		...tiers,
		`world: ${severity}, ticks at ${phase} + 60 n, ${recoversAt === undefined ? "never recovers" : `recovers at ${recoversAt}`}`,
		...Object.entries(fates).map(([place, fate]) => `  ${place}: ${fateText(fate)}`),
	].join("\n");
}

function fateText({ refuses, failure, readableAfter, smsBefore, acknowledgedAfter }: Fate): string {
	const refused = "until" in refuses ? `until ${refuses.until}` : `${refuses.attempts} attempts`;
	const read = readableAfter === undefined ? "never readable" : `readable ${readableAfter} s after acceptance`;
	const answered = acknowledgedAfter === undefined ? "nobody acknowledges" : `acknowledged ${acknowledgedAfter} s after that`;
	return `refuses ${refused} (${failure}), ${read} (an SMS is ${smsBefore} before), ${answered}`;
}

function storyText(who: string, { steps, acknowledgedAt, recoveredAt }: Story): string {
	const known = [
		...(acknowledgedAt === undefined ? [] : [`acknowledgement known at ${acknowledgedAt}`]),
		...(recoveredAt === undefined ? [] : [`recovered at ${recoveredAt}`]),
	];
	return [`${[who, ...known].join(", ")}:`, ...steps.map((step) => `  ${String(step.at).padStart(6)} ${stepText(step)}`)].join("\n");
}
