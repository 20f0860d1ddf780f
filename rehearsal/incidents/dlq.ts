import { readIncident } from "../../functions/pipeline/ledger/incidents.ts";
import { rawText } from "../../functions/pipeline/model/bounds.ts";
import { droppedKey } from "../../functions/pipeline/model/keys.ts";
import { recordAct } from "../../functions/pipeline/operate/flow.ts";
import { type LetterStanding, letterStanding, mayRedrive } from "../../functions/pipeline/operate/letters.ts";
import type { Asked } from "../../functions/pipeline/operate/rules.ts";
import { durationOf } from "../../functions/pipeline/page/times.ts";
import { expectedOneOf } from "../scenario/oneOf.ts";
import type { Account } from "./account.ts";
import type { DeadLetter } from "./deadLetters.ts";
import { wrapped } from "./text.ts";
import { WrongInput } from "./wrongInput.ts";

/** One dead letter, for a machine. */
export interface LetterView {
	readonly id: string;
	readonly incident?: string;
	readonly occurrence?: number;
	readonly sentAt: string;
	readonly standing: LetterStanding;
	/** What was done with it; absent where it was only looked at. */
	readonly did?: "redriven" | "dropped" | "left";
}

export interface Letters {
	/** As SQS counts, which may lag. */
	readonly count: number;
	readonly dryRun: boolean;
	readonly letters: readonly LetterView[];
}

type Who = Pick<Asked, "by" | "why">;

/** Who does it, and whether it is only said what would happen. */
export interface How extends Who {
	readonly dryRun: boolean;
}

/** The dead letters, at most so many, the oldest first. Throws EdgeError. */
export async function listLetters(account: Account, most: number): Promise<Letters> {
	const count = await account.letters.count();
	const letters = await account.letters.look(most, async (found) => {
		const views: LetterView[] = [];
		for (const letter of found) views.push(await viewOf(account, letter));
		return views;
	});
	return { count, dryRun: false, letters };
}

/** Sends at most so many dead letters back, the oldest first, each recorded at its incident before. Throws EdgeError. */
export async function redriveLetters(account: Account, most: number, { dryRun, ...who }: How): Promise<Letters> {
	const count = await account.letters.count();
	const letters = await account.letters.look(most, async (found) => {
		const views: LetterView[] = [];
		for (const letter of found) {
			const view = await viewOf(account, letter);
			const goes = mayRedrive(view.standing);
			if (goes && !dryRun) {
				if (letter.message !== undefined) await recordAct(account, refOf(letter.message), { did: "redriven", ...who });
				await account.letters.redrive(letter);
			}
			views.push({ ...view, did: goes ? "redriven" : "left" });
		}
		return views;
	});
	return { count, dryRun, letters };
}

/** More are not searched for the one that is to be dropped. */
const mostSearched = 1000;

/** Deletes one dead letter, recorded before: at its incident, or by itself where it has none. Throws WrongInput, EdgeError. */
export async function dropLetter(account: Account, id: string, { dryRun, ...who }: How): Promise<Letters> {
	const count = await account.letters.count();
	const letters = await account.letters.look(mostSearched, async (found) => {
		const letter = found.find((each) => each.id === id);
		if (letter === undefined) {
			const ids = expectedOneOf(
				id,
				found.map((each) => each.id),
			);
			throw new WrongInput(`Expected the id of a dead letter, ${ids}, got "${id}"`);
		}
		const view = await viewOf(account, letter);
		if (!dryRun) {
			await recordDrop(account, letter, who);
			await account.letters.drop(letter);
		}
		return [{ ...view, did: "dropped" as const }];
	});
	return { count, dryRun, letters };
}

const refOf = ({ incidentKey, occurrence }: NonNullable<DeadLetter["message"]>) => ({ key: incidentKey, occurrence });

async function viewOf(account: Account, { id, message, sentAt }: DeadLetter): Promise<LetterView> {
	const incident = message === undefined ? undefined : await readIncident(account, refOf(message));
	return {
		id,
		...(message === undefined ? {} : { incident: message.incidentKey, occurrence: message.occurrence }),
		sentAt: new Date(sentAt).toISOString(),
		standing: letterStanding(message, incident),
	};
}

async function recordDrop(account: Account, { id, body, message }: DeadLetter, who: Who): Promise<void> {
	const { ledger, clock, settings } = account;
	const incident = message === undefined ? undefined : await readIncident(account, refOf(message));
	if (message !== undefined && incident !== undefined) return recordAct(account, refOf(message), { did: "dropped", ...who });
	const key = droppedKey(settings.environment, id);
	const exp = clock.now() + settings.limits.keepClosedDays * 86_400_000;
	// One that is there already was written by an attempt that did not come to the deletion.
	await ledger.write(key, { ...who, at: clock.now(), body: rawText(body) }, 0, { exp });
}

/** What is so of a dead letter's incident. What is moot the dispatcher would take and leave alone. */
const standings: Readonly<Record<LetterStanding, string>> = {
	launch: "its incident still wants its workflow",
	"launch-again": "its workflow may never have been launched",
	"unknown-incident": "moot: no such incident",
	"other-occurrence": "moot: it is another occurrence by now",
	"not-open": "moot: its incident is over",
	acknowledged: "moot: somebody has acknowledged it",
	"already-launched": "moot: its workflow was launched since",
	grouped: "moot: its group pages for it",
	silenced: "moot: a silence keeps it from paging, and queues it at its end",
	"taken-over": "moot: the overseer took over",
	malformed: "no message of ours, so it cannot go back",
};

const deeds: Readonly<Record<NonNullable<LetterView["did"]>, readonly [done: string, planned: string]>> = {
	redriven: ["sent back", "would be sent back"],
	dropped: ["deleted", "would be deleted"],
	left: ["left there", "would be left there"],
};

export function lettersText({ count, letters, dryRun }: Letters, now: number): string {
	const lines = letters.flatMap(({ id, incident, occurrence, sentAt, standing, did }) => {
		const what = did === undefined ? "" : `; ${deeds[did][dryRun ? 1 : 0]}`;
		return [
			id,
			`  ${incident === undefined ? "of no incident" : `${incident}, occurrence ${occurrence}`}`,
			...wrapped(`  sent ${durationOf(Date.parse(sentAt), now)} ago, failed five times; ${standings[standing]}${what}`, "  "),
			"",
		];
	});
	const summary =
		count === 0 && letters.length === 0
			? "There is no dead letter."
			: `${count} dead letter${count === 1 ? "" : "s"}, as SQS counts; ${letters.length} looked at. Why it failed stands in the dispatcher's log: \`error\`, with its incident.`;
	return [...lines, ...wrapped(summary)].join("\n");
}
