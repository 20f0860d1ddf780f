import type { Operation, ValuesOf } from "./contract.ts";
import { owner } from "./ledger.ts";

/** What the workflow asks the remediator, and what the remediator answers. Reasons are from the closed sets of `remedy/rules.ts`, or failure reasons. */
export const remedy = {
	/** May a remedy be tried? Begins it, offers it to a person, or says why not. `approvalUrl`: with `offered`; "" otherwise. */
	begin: { says: owner, answers: { decision: ["begun", "offered", "skipped", "gone"], reason: "string", approvalUrl: "string" } },
	/** Did it help? */
	check: { says: owner, answers: { verdict: ["helped", "waiting", "not-helped", "gone"], reason: "string" } },
	/** Undoes it; `why` is told as the reason of the rollback. */
	undo: { says: { ...owner, why: "string" }, answers: { undone: "boolean", reason: "string" } },
} as const satisfies Readonly<Record<string, Operation>>;

type Remedy = typeof remedy;
export type RemedyOperation = keyof Remedy;
export type RemedyAnswers<Name extends RemedyOperation> = ValuesOf<Remedy[Name]["answers"]>;
