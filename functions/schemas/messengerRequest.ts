import * as v from "valibot";
import { type MessengerAnswers, type MessengerOperation, messenger } from "../../contracts/messenger.ts";
import { filled, incidentKey, positive, saidShape } from "./contract.ts";

/** Which launch speaks, of which occurrence, and of which place: never empty. */
const place = { launchId: filled, incidentKey, occurrence: positive, channel: filled, tier: positive };

/** What the workflow's data actions ask the messenger: `{ operation, input }`. */
export const messengerRequest = v.variant("operation", [
	v.object({ operation: v.literal("send"), input: v.object(place) }),
	v.object({ operation: v.literal("read"), input: v.object({ ...saidShape(messenger.read.says), ...place }) }),
]);

export type MessengerAnswer = { readonly [Name in MessengerOperation]: MessengerAnswers<Name> }[MessengerOperation];
