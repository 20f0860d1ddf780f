import * as z from "zod";
import { recordable } from "../pipeline/respond/rules.ts";

/** Genesys sends an unset input as null or not at all: both mean the empty value. */
const text = z
	.string()
	.nullish()
	.transform((value) => value ?? "");
const number = z
	.number()
	.int()
	.nonnegative()
	.nullish()
	.transform((value) => value ?? 0);

const owner = { launchId: z.string().min(1), incidentKey: z.string().min(1).max(100), occurrence: z.number().int().positive() };

const recordInput = z
	.object({ ...owner, what: z.enum(recordable), channel: text, tier: number, attempt: number, receipt: text, detail: text })
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
	z.object({ operation: z.literal("read"), input: z.object({ ...owner, tier: number }) }),
	z.object({ operation: z.literal("release"), input: z.object({ ...owner, outcome: text, tierReached: number }) }),
]);

/** The answers by operation, flat, each with exactly the fields of the data action's output contract. */
export const ledgerAnswers = {
	claim: z.strictObject({
		answer: z.enum(["owner", "not-owner"]),
		reason: z.string(),
		openIncidents: z.number().int().nonnegative(),
		leasesInUse: z.number().int().nonnegative(),
	}),
	record: z.strictObject({
		proceed: z.boolean(),
		reason: z.string(),
		proven: z.boolean(),
		acknowledged: z.boolean(),
		recovered: z.boolean(),
		provenSecondsAgo: z.number().int().nonnegative(),
		receipt: z.string(),
		summary: z.string(),
		shortText: z.string(),
		acknowledgeUrl: z.string(),
	}),
	read: z.strictObject({ proceed: z.boolean(), reason: z.string(), acknowledged: z.boolean(), recovered: z.boolean() }),
	release: z.strictObject({ answer: z.literal("released"), reason: z.string() }),
} as const;
export type ClaimAnswer = z.output<typeof ledgerAnswers.claim>;
export type RecordAnswer = z.output<typeof ledgerAnswers.record>;
export type ReadAnswer = z.output<typeof ledgerAnswers.read>;
export type ReleaseAnswer = z.output<typeof ledgerAnswers.release>;
export type LedgerAnswer = ClaimAnswer | RecordAnswer | ReadAnswer | ReleaseAnswer;
