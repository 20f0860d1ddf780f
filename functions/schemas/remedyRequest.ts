import * as v from "valibot";
import { owner } from "../../contracts/ledger.ts";
import { remedy } from "../../contracts/remedy.ts";
import { severities } from "../pipeline/model/words.ts";
import { failureReasons } from "../pipeline/ports.ts";
import { answerSchema, count, filled, incidentKey, positive, saidShape } from "./contract.ts";

const asker = { ...saidShape(owner), incidentKey, occurrence: positive };
const by = v.picklist(["workflow", "overseer"]);
const link = v.object({
	incidentKey: v.pipe(v.string(), v.maxLength(100)),
	occurrence: count,
	expires: count,
	signature: v.pipe(v.string(), v.maxLength(200)),
});

/** What the remediator is asked, by the workflow's data actions, the overseer and the normalizer. `by` stands outside of what a workflow says. */
export const remedyRequest = v.variant("operation", [
	v.object({ operation: v.literal("begin"), by, input: v.object(asker) }),
	v.object({ operation: v.literal("check"), by, input: v.object(asker) }),
	v.object({ operation: v.literal("undo"), by, input: v.object({ ...asker, why: filled }) }),
	v.object({ operation: v.literal("approve"), press: v.boolean(), input: link }),
	v.object({ operation: v.literal("credentials") }),
]);

const texts = v.pipe(v.array(v.string()), v.readonly());
const facts = v.pipe(v.array(v.object({ name: v.string(), text: v.string(), items: v.exactOptional(texts) })), v.readonly());
const linkFacts = v.object({
	what: v.string(),
	name: v.string(),
	severity: v.picklist(severities),
	stack: v.string(),
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
	approve: v.object({ outcome: v.string(), about: v.exactOptional(linkFacts) }),
	credentials: v.strictObject({ outcome: v.picklist(["ok", ...failureReasons]), detail: v.string() }),
} as const;
export type RemedyAnswer = {
	readonly [K in keyof typeof remedyAnswers]: v.InferOutput<(typeof remedyAnswers)[K]>;
}[keyof typeof remedyAnswers];
