import * as z from "zod";
import { type MessengerAnswers, type MessengerOperation, messenger } from "../../contracts/messenger.ts";
import { saidShape } from "./contract.ts";

/** Which launch speaks, of which occurrence, and of which place: never empty. */
const place = {
	launchId: z.string().min(1),
	incidentKey: z.string().min(1).max(100),
	occurrence: z.int().positive(),
	channel: z.string().min(1),
	tier: z.int().positive(),
};

/** What the workflow's data actions ask the messenger: `{ operation, input }`. */
export const messengerRequest = z.discriminatedUnion("operation", [
	z.object({ operation: z.literal("send"), input: z.object(place) }),
	z.object({ operation: z.literal("read"), input: z.object({ ...saidShape(messenger.read.says), ...place }) }),
]);

export type MessengerAnswer = { readonly [Name in MessengerOperation]: MessengerAnswers<Name> }[MessengerOperation];
