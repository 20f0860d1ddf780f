import type { Action, CallData, Value, Variable } from "../architect/model.ts";
import { call, exp, lit, quoted, remember, set, update, variable } from "./parts.ts";
import type { ActionRef } from "./plan.ts";

/** What every question to the ledger says of its asker. */
export const asker: Readonly<Record<string, Value>> = {
	launchId: exp("Flow.launchId"),
	incidentKey: exp("Flow.incidentKey"),
	occurrence: exp("Flow.occurrence"),
};

/** The variables that each state which calls data actions has. */
export const callVariables: readonly Variable[] = [
	variable("string", "State.errorCode", ""),
	variable("integer", "State.httpStatus", 0),
	variable("string", "State.ledger", "not asked"),
];

/** What the ledger answers to `page-sending` and to `read`: reset before each question, since a failed call may leave old values behind. */
export const answerVariables: readonly Variable[] = [
	variable("boolean", "State.proceed", true),
	variable("string", "State.reason", ""),
	variable("boolean", "State.provenInLedger", false),
	variable("boolean", "State.acknowledged", false),
	variable("boolean", "State.recovered", false),
	variable("string", "State.summary", ""),
	variable("string", "State.shortText", ""),
	variable("string", "State.acknowledgeUrl", ""),
];

/** Where the answer to `read` goes; `page-sending` has `proven` beside them. */
export const answerOutputs = {
	proceed: "State.proceed",
	reason: "State.reason",
	acknowledged: "State.acknowledged",
	recovered: "State.recovered",
} as const;

/** The statements that undo an earlier answer: nothing known, and a page may go out. */
export const forgetAnswer = [
	set("boolean", "State.proceed", lit(true)),
	set("string", "State.reason", lit("")),
	set("boolean", "State.provenInLedger", lit(false)),
	set("boolean", "State.acknowledged", lit(false)),
	set("boolean", "State.recovered", lit(false)),
	set("string", "State.summary", lit("")),
	set("string", "State.shortText", lit("")),
	set("string", "State.acknowledgeUrl", lit("")),
] as const;

/** The statements that undo an earlier failure: what the next call says of itself is never what the one before said. */
export const forgetFailure = [set("string", "State.errorCode", lit("")), set("integer", "State.httpStatus", lit(0))] as const;

/** What a record says; what is left out is "" or 0. */
export interface Fact {
	readonly what: string;
	readonly channel?: string;
	readonly tier?: number;
	readonly attempt?: Value;
	readonly receipt?: Value;
	readonly detail?: Value;
}

/** The inputs of a record: every field, since the ledger requires them all. */
export function factInputs(fact: Fact): Readonly<Record<string, Value>> {
	return {
		...asker,
		what: lit(fact.what),
		channel: lit(fact.channel ?? ""),
		tier: lit(fact.tier ?? 0),
		attempt: fact.attempt ?? lit(0),
		receipt: fact.receipt ?? lit(""),
		detail: fact.detail ?? lit(""),
	};
}

/** Tells the ledger what happened; whatever it answers, the workflow goes on. */
export function record(name: string, ledger: ActionRef, fact: Fact): CallData {
	return call({ name, action: ledger, inputs: factInputs(fact), ...remember(`Ledger of "${fact.what}"`, "State.ledger") });
}

/**
 * The cases of an answer that end the response, in order: somebody acknowledged, it recovered, or the incident is no longer this workflow's.
 * Every operand is NOT_SET-safe: an answer without one of its fields stops nothing.
 */
export function stopCases(mayGoOn: string, leave: readonly Action[]): Extract<Action, { kind: "switch" }>["cases"] {
	const stop = (condition: string, outcome: Value, name: string) => ({
		value: exp(condition),
		actions: [update(name, set("boolean", "State.stop", lit(true)), set("string", "Flow.outcome", outcome)), ...leave],
	});
	return [
		stop("State.acknowledged == true", lit("acknowledged"), "Somebody acknowledged"),
		stop("State.recovered == true", lit("recovered"), "It recovered"),
		stop(mayGoOn, exp('If(IsNotSetOrEmpty(State.reason), "stopped", State.reason)'), "No longer this workflow's"),
	];
}

/** Reasons of a refused `page-sending` that end the response; any other is another executor's page, which is read back. */
const finalReasons = ["unknown-incident", "other-occurrence", "not-open", "taken-over", "other-launch"] as const;

/** The condition of a refusal that ends the response. */
export const refusedForGood = `State.proceed == false and (${finalReasons.map((reason) => `State.reason == ${quoted(reason)}`).join(" or ")})`;
