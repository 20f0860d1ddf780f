import type { Acknowledgement, Incident, Instant } from "../model/incident.ts";
import type { OperatorAct } from "../model/operatorAct.ts";
import { oneLine } from "./spelling.ts";
import { cutText } from "./text.ts";

/** Where somebody answered who answered no page: no channel has such a name. */
const byHand = "by hand";

/** The answer of an operator: no page's, so every page is told of it; nobody knows which tier they are, so the first is asked where it expires. */
export const answerByHand = (by: string, now: Instant): Acknowledgement => ({ at: now, by, tier: 1, channel: byHand });

export const isByHand = ({ channel }: Pick<Acknowledgement, "channel">): boolean => channel === byHand;

/** Where somebody answered, for people. */
export const whereAnswered = (answer: Pick<Acknowledgement, "tier" | "channel">): string =>
	isByHand(answer) ? byHand : `tier ${answer.tier}, ${answer.channel}`;

/** The act by which it was ended by hand; undefined where the detector told its end. */
const endedByHand = ({ acts = [], recoveredAt }: Pick<Incident, "acts" | "recoveredAt">): OperatorAct | undefined =>
	acts.find(({ did, at }) => did === "resolved" && at === recoveredAt);

/** Who ended it by hand and why, for whoever was told of it. */
export function endedText(incident: Pick<Incident, "acts" | "recoveredAt">): string {
	const act = endedByHand(incident);
	return act === undefined ? "" : cutText(oneLine(`ended by hand by ${act.by}: ${act.why}`), 200);
}
