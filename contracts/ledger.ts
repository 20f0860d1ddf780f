import type { Operation, ValuesOf } from "./contract.ts";

/** Why a workflow is not, or no longer, the one of its incident: it ends. */
export const notOwnerReasons = ["unknown-incident", "other-occurrence", "not-open", "taken-over", "other-launch"] as const;

/** What a workflow records, in the order of its life. `page-sending` is a question: may I send? */
export const recordable = [
	"credentials-checked",
	"remediation-skipped",
	"page-sending",
	"page-sent",
	"page-failed",
	"page-proven",
	"page-unproven",
	"page-presumed",
	"page-given-up",
	"escalated",
	"exhausted",
] as const;

/** What the workflow says of itself in every call of a function of ours: which launch speaks, and of which occurrence. */
export const owner = { launchId: "string", incidentKey: "string", occurrence: "integer" } as const;

/**
 * What the workflow asks the ledger, and what the ledger answers. Schemas, data actions, the workflow's variables and the pipeline's types are
 * made of it. A field more is a new data action: its name holds a digest of both.
 */
export const ledger = {
	/** The first question: is this incident mine? */
	claim: {
		says: owner,
		answers: {
			answer: ["owner", "not-owner"],
			reason: ["owner", "claimed-again", ...notOwnerReasons],
			openIncidents: "integer",
			leasesInUse: "integer",
		},
	},
	/** What the workflow did; `page-sending` asks for leave. */
	record: {
		says: {
			...owner,
			what: recordable,
			/** "" where the record is about no page. */
			channel: "string",
			tier: "integer",
			attempt: "integer",
			receipt: "string",
			detail: "string",
		},
		answers: {
			proceed: "boolean",
			reason: "string",
			proven: "boolean",
			acknowledged: "boolean",
			recovered: "boolean",
			/** The vendor's id of the page of this channel and tier, "" where none is known: what another executor sent can be read back with it. */
			receipt: "string",
			/** To `page-sending`: the texts of a page that is sent now. The workflow was launched with those of its opening. "" to everything else. */
			summary: "string",
			shortText: "string",
			title: "string",
			body: "string",
			spoken: "string",
			/** To `page-sending`: the link by which the page is acknowledged, where its vendor takes no answers. "" to everything else. */
			acknowledgeUrl: "string",
		},
	},
	/** Where the incident stands, asked once a poll while the workflow waits. */
	read: {
		/** `tier`: that the workflow is at, from 1; 0: before the first. */
		says: { ...owner, tier: "integer" },
		answers: { proceed: "boolean", reason: ["owner", ...notOwnerReasons], acknowledged: "boolean", recovered: "boolean" },
	},
	/** The last word: how the response ended, and the last tier that the workflow came to, from 1; 0: none. */
	release: {
		says: { ...owner, outcome: "string", tierReached: "integer" },
		answers: { answer: ["released"], reason: "string" },
	},
} as const satisfies Readonly<Record<string, Operation>>;

type Ledger = typeof ledger;
export type LedgerOperation = keyof Ledger;
export type Asks<Name extends LedgerOperation> = ValuesOf<Ledger[Name]["says"]>;
export type Answers<Name extends LedgerOperation> = ValuesOf<Ledger[Name]["answers"]>;
