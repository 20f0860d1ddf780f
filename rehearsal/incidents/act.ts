import type { Incident, Instant } from "../../functions/pipeline/model/incident.ts";
import { carryOutAct } from "../../functions/pipeline/operate/flow.ts";
import { whatIsNext } from "../../functions/pipeline/operate/next.ts";
import { type Asked, isTaken, type OperateReason } from "../../functions/pipeline/operate/rules.ts";
import { dateOf, durationOf } from "../../functions/pipeline/page/times.ts";
import { expectedOneOf } from "../scenario/oneOf.ts";
import type { Account } from "./account.ts";
import { wrapped } from "./text.ts";
import { WrongInput } from "./wrongInput.ts";

/** The incident under a key. Throws WrongInput with the keys that are open, the nearest first; EdgeError. */
export async function known(account: Account, key: string): Promise<Incident> {
	const incident = key.startsWith("inc:") ? await account.find(key) : undefined;
	if (incident !== undefined) return incident;
	const open = (await account.open()).map((each) => each.storedAs ?? each.key);
	throw new WrongInput(`Expected the key of an incident, ${expectedOneOf(key, open)}, got "${key}" (${account.where})`);
}

/** What an act by hand came to. */
export interface Done {
	readonly key: string;
	readonly occurrence: number;
	readonly reason: OperateReason;
	/** Whether it only says what would happen. */
	readonly dryRun: boolean;
	readonly words: string;
}

/** Acts on the incident under a key; `dryRun` only says what would happen. Throws WrongInput, EdgeError. */
export async function actOn(account: Account, key: string, asked: Asked, dryRun: boolean): Promise<Done> {
	const found = await known(account, key);
	const { reason, incident = found } = await carryOutAct(account, found, asked, dryRun ? "look" : "do");
	const words = `${dryRun && isTaken(reason) ? "Would be so: " : ""}${said(account, reason, incident, account.clock.now())}`;
	return { key: found.key, occurrence: found.occurrence, reason, dryRun, words };
}

export const doneText = ({ key, occurrence, words }: Done): string => [`${key}, occurrence ${occurrence}`, ...wrapped(words)].join("\n");

function said({ settings }: Account, reason: OperateReason, incident: Incident, now: Instant): string {
	const { acknowledged, lastSeenAt, memberOf, silenced, closedAt = 0, round = 1, openedAt } = incident;
	const again = whatIsNext(settings, incident, now).find(({ what }) => what === "new-round")?.at;
	const until = again === undefined ? "" : ` A failure that is still there is told again at ${dateOf(again)}.`;
	switch (reason) {
		case "acknowledged":
			return `Acknowledged: nobody else is paged for it, and every other page is told within a minute.${until}`;
		case "already-acknowledged":
			return `Acknowledged already, by ${acknowledged?.by} at ${dateOf(acknowledged?.at ?? now)}: nothing is changed.${until}`;
		case "resolved":
			return "Resolved by hand: it was not seen to fail any more. Everybody who was told of it is told within a minute that it is over.";
		case "still-seen":
			return `Noted, and not closed: it is still seen to fail (last ${durationOf(lastSeenAt, now)} ago), and only the detector says that it is over. Nobody is paged meanwhile.${until}`;
		case "not-looked-at":
			return `Noted, and not closed: the detector has not looked for it since ${dateOf(lastSeenAt)}, so nobody knows that it is over. Nobody is paged meanwhile.${until}`;
		case "already-noted":
			return `Noted already that somebody holds it for mended, while it is still seen to fail: nothing is changed.${until}`;
		case "told-again":
			return `A new round of its policy begins at tier 1 within a minute: round ${round}.`;
		case "told-a-moment-ago":
			return "Not told again: a round began within the last minute. Ask again once it is over.";
		case "held":
			return "Not told again: it is well, and only held open because it flapped. It pages by itself once it fails again.";
		case "silenced":
			return `Not told again: ${silenced?.name} keeps it silent until ${dateOf(silenced?.until ?? now)}. \`npm run silence -- end\` ends a silence by hand.`;
		case "grouped":
			return `Not done: its group pages for it. Act on ${memberOf?.key}.`;
		case "drill":
			return "Not told again: a drill asks everybody once, and ends by itself. `npm run drill` begins another one.";
		case "over":
			return "Not done: it is over, and everybody is being told so.";
		case "closed":
			return `Not done: it was closed at ${dateOf(closedAt)}, and was open since ${dateOf(openedAt)}.`;
		case "no-such-incident":
			return "Not done: it is not there any more.";
	}
}
