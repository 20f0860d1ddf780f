import * as z from "zod";
import { type Answers, type LedgerOperation, ledger } from "../../contracts/ledger.ts";
import { answerSchema, saidShape } from "./contract.ts";

/** Which launch speaks, and of which occurrence: never empty. */
const owner = { launchId: z.string().min(1), incidentKey: z.string().min(1).max(100), occurrence: z.int().positive() };

const recordInput = z
	.object({ ...saidShape(ledger.record.says), ...owner })
	.refine((input) => !input.what.startsWith("page-") || (input.channel !== "" && input.tier > 0), {
		path: ["channel"],
		message: "expected a channel and a tier from 1 with every page-… step",
	});

/**
 * What the Lambda data actions of the ledger send: `{ operation, input }`, the input flat and as the data action's contract has it.
 * Inputs that the contract does not name are dropped, as Genesys' contracts allow additional properties.
 */
export const ledgerRequest = z.discriminatedUnion("operation", [
	z.object({ operation: z.literal("claim"), input: z.object(owner) }),
	z.object({ operation: z.literal("record"), input: recordInput }),
	z.object({ operation: z.literal("read"), input: z.object({ ...saidShape(ledger.read.says), ...owner }) }),
	z.object({ operation: z.literal("release"), input: z.object({ ...saidShape(ledger.release.says), ...owner }) }),
]);

/** The answers by operation. */
export const ledgerAnswers = {
	claim: answerSchema(ledger.claim.answers),
	record: answerSchema(ledger.record.answers),
	read: answerSchema(ledger.read.answers),
	release: answerSchema(ledger.release.answers),
} as const;
export type LedgerAnswer = { readonly [Name in LedgerOperation]: Answers<Name> }[LedgerOperation];
