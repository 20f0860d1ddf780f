import * as v from "valibot";
import { type Answers, type LedgerOperation, ledger } from "../../contracts/ledger.ts";
import { answerSchema, filled, incidentKey, positive, saidShape } from "./contract.ts";

/** Which launch speaks, and of which occurrence: never empty. */
const owner = { launchId: filled, incidentKey, occurrence: positive };

const recordInput = v.pipe(
	v.object({ ...saidShape(ledger.record.says), ...owner }),
	v.forward(
		v.check(
			(input) => !input.what.startsWith("page-") || (input.channel !== "" && input.tier > 0),
			"Expected a channel and a tier from 1 with every page-… step",
		),
		["channel"],
	),
);

/**
 * What the Lambda data actions of the ledger send: `{ operation, input }`, the input flat and as the data action's contract has it.
 * Inputs that the contract does not name are dropped, as Genesys' contracts allow additional properties.
 */
export const ledgerRequest = v.variant("operation", [
	v.object({ operation: v.literal("claim"), input: v.object(owner) }),
	v.object({ operation: v.literal("record"), input: recordInput }),
	v.object({ operation: v.literal("read"), input: v.object({ ...saidShape(ledger.read.says), ...owner }) }),
	v.object({ operation: v.literal("release"), input: v.object({ ...saidShape(ledger.release.says), ...owner }) }),
]);

/** The answers by operation. */
export const ledgerAnswers = {
	claim: answerSchema(ledger.claim.answers),
	record: answerSchema(ledger.record.answers),
	read: answerSchema(ledger.read.answers),
	release: answerSchema(ledger.release.answers),
} as const;
export type LedgerAnswer = { readonly [Name in LedgerOperation]: Answers<Name> }[LedgerOperation];
