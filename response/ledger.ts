import type { Action, CallData, Statement, Value, Variable } from "../architect/model.ts";
import { type Fields, typeOf } from "../contracts/contract.ts";
import { ledger, notOwnerReasons, type owner, type recordable } from "../contracts/ledger.ts";
import { call, exp, lit, quoted, remember, set, update, variable } from "./parts.ts";
import type { ActionRef } from "./plan.ts";

/** What every question to the ledger says of its asker. */
export const asker = {
	launchId: exp("Flow.launchId"),
	incidentKey: exp("Flow.incidentKey"),
	occurrence: exp("Flow.occurrence"),
} as const satisfies Readonly<Record<keyof typeof owner, Value>>;

/** The variables that each state which calls data actions has. */
export const callVariables: readonly Variable[] = [
	variable("string", "State.errorCode", ""),
	variable("integer", "State.httpStatus", 0),
	variable("string", "State.ledger", "not asked"),
];

type Answered = keyof typeof ledger.record.answers;

interface Kept {
	readonly name: Answered;
	readonly variable: `State.${string}`;
	/** What it is while nothing is answered: nothing known, and a page may go out. */
	readonly initial: string | boolean;
}

/** What a state keeps of an answer to `page-sending` or to `read`. */
const kept: readonly Kept[] = [
	{ name: "proceed", variable: "State.proceed", initial: true },
	{ name: "reason", variable: "State.reason", initial: "" },
	{ name: "proven", variable: "State.provenInLedger", initial: false },
	{ name: "acknowledged", variable: "State.acknowledged", initial: false },
	{ name: "recovered", variable: "State.recovered", initial: false },
	{ name: "summary", variable: "State.summary", initial: "" },
	{ name: "shortText", variable: "State.shortText", initial: "" },
	{ name: "title", variable: "State.title", initial: "" },
	{ name: "body", variable: "State.body", initial: "" },
	{ name: "spoken", variable: "State.spoken", initial: "" },
	{ name: "acknowledgeUrl", variable: "State.acknowledgeUrl", initial: "" },
];

const typeOfKept = ({ name }: Kept) => typeOf(ledger.record.answers[name]);

/** The variables for an answer: reset before each question, since a failed call may leave old values behind. */
export const answerVariables: readonly Variable[] = kept.map((each) => variable(typeOfKept(each), each.variable, each.initial));

/** Where an answer goes: that to `read`, of which `page-sending`'s has more. */
export const answerOutputs: Readonly<Record<string, string>> = outputsOf(ledger.read.answers);

/** Where the fields of an answer go that a state keeps. */
export function outputsOf(answers: Fields): Readonly<Record<string, string>> {
	return Object.fromEntries(kept.filter(({ name }) => name in answers).map(({ name, variable: goes }) => [name, goes]));
}

/** The statements that undo an earlier answer. */
export const forgetAnswer: readonly Statement[] = kept.map((each) => set(typeOfKept(each), each.variable, lit(each.initial)));

/** The statements that undo an earlier failure: what the next call says of itself is never what the one before said. */
export const forgetFailure = [set("string", "State.errorCode", lit("")), set("integer", "State.httpStatus", lit(0))] as const;

/** What a record says; what is left out is "" or 0. */
export interface Fact {
	readonly what: (typeof recordable)[number];
	readonly channel?: string;
	readonly tier?: number;
	readonly attempt?: Value;
	readonly receipt?: Value;
	readonly detail?: Value;
}

/** The inputs of a record: every field, since the ledger requires them all. */
export function factInputs(fact: Fact): Readonly<Record<keyof typeof ledger.record.says, Value>> {
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
export function record(name: string, action: ActionRef, fact: Fact): CallData {
	return call({ name, action, inputs: factInputs(fact), ...remember(`Ledger of "${fact.what}"`, "State.ledger") });
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

/** The condition of a refusal that ends the response; any other is another executor's page, which is read back. */
export const refusedForGood = `State.proceed == false and (${notOwnerReasons.map((reason) => `State.reason == ${quoted(reason)}`).join(" or ")})`;
