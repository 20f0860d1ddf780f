import * as z from "zod";
import { owner } from "../../contracts/ledger.ts";
import { remedy } from "../../contracts/remedy.ts";
import { severities } from "../pipeline/model/words.ts";
import { failureReasons } from "../pipeline/ports.ts";
import { answerSchema, saidShape } from "./contract.ts";

const asker = { ...saidShape(owner), incidentKey: z.string().min(1).max(100), occurrence: z.int().positive() };
const by = z.enum(["workflow", "overseer"]);
const link = z.object({
	incidentKey: z.string().max(100),
	occurrence: z.number().int().nonnegative(),
	expires: z.number().int().nonnegative(),
	signature: z.string().max(200),
});

/** What the remediator is asked, by the workflow's data actions, the overseer and the normalizer. `by` stands outside of what a workflow says. */
export const remedyRequest = z.discriminatedUnion("operation", [
	z.object({ operation: z.literal("begin"), by, input: z.object(asker) }),
	z.object({ operation: z.literal("check"), by, input: z.object(asker) }),
	z.object({ operation: z.literal("undo"), by, input: z.object({ ...asker, why: z.string().min(1) }) }),
	z.object({ operation: z.literal("approve"), press: z.boolean(), input: link }),
	z.object({ operation: z.literal("credentials") }),
]);

const texts = z.array(z.string()).readonly();
const facts = z.array(z.object({ name: z.string(), text: z.string(), items: texts.exactOptional() })).readonly();
const linkFacts = z.object({
	what: z.string(),
	name: z.string(),
	severity: z.enum(severities),
	stack: z.string(),
	first: facts,
	terms: texts,
	more: facts,
});

/** The answers by operation, flat, each with exactly the fields of the data action's output contract. */
export const remedyAnswers = {
	begin: answerSchema(remedy.begin.answers),
	check: answerSchema(remedy.check.answers),
	undo: answerSchema(remedy.undo.answers),
	// Not strict: for a moment of a deployment the two functions are of different versions.
	approve: z.object({ outcome: z.string(), about: linkFacts.exactOptional() }),
	credentials: z.strictObject({ outcome: z.enum(["ok", ...failureReasons]), detail: z.string() }),
} as const;
export type RemedyAnswer = { readonly [K in keyof typeof remedyAnswers]: z.output<(typeof remedyAnswers)[K]> }[keyof typeof remedyAnswers];
