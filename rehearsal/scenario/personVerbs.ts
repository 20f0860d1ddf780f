import * as z from "zod";
import { operations } from "../../functions/pipeline/operate/rules.ts";
import { intrusions, personActs } from "../vendors/emulator.ts";
import { at, service } from "./parts.ts";

/** What people do: those on call, operators, and who pretends to be a vendor. */
export const personVerbs = [
	z.strictObject({
		...at,
		do: z.literal("acknowledge"),
		service,
		by: z.string().default("the person on call"),
	}),
	z.strictObject({
		...at,
		do: z.literal("acknowledge-by-link").describe("Opens the acknowledge link of the newest text of a tier and presses its button."),
		tier: z.number().int().min(1).max(9).default(1),
		by: z.string().default("the person on call"),
	}),
	z.strictObject({
		...at,
		do: z.literal("unacknowledge").describe("Somebody takes back what was acknowledged, and the service asks its people anew."),
		service,
		by: z.string().default("the person on call"),
	}),
	z.strictObject({
		...at,
		do: z.literal("acts").describe("A person does something at a vendor with everything that is open there, beside answering it."),
		act: z.enum(personActs),
		service,
		by: z.string().default("the person on call"),
	}),
	z.strictObject({
		...at,
		do: z.literal("operates").describe("An operator acts on the newest incident by the command `npm run incidents`."),
		act: z.enum(operations),
		trunk: z.string().optional().describe("The newest incident of this trunk; of anything when absent."),
		queue: z.string().optional().describe("The same of a queue."),
		by: z.string().default("the operator"),
		why: z.string().min(1),
	}),
	z.strictObject({
		...at,
		do: z.literal("asks-drill").describe("An operator asks for a drill by the command `npm run drill`."),
		policy: z.string().describe("Whose drill: a name of policies."),
		by: z.string().default("the operator"),
	}),
	z.strictObject({
		...at,
		do: z.literal("intrudes").describe("Somebody who is not the vendor sends to the address at which its webhooks are taken."),
		how: z
			.enum(intrusions)
			.describe("An answer that nobody gave, signed with another secret; or what the vendor told last, as it was recorded."),
		service,
		by: z.string().default("somebody"),
	}),
] as const;
