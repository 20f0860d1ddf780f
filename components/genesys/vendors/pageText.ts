import type { Value } from "../../../architect/model.ts";
import { acknowledgeInvitation } from "../../../functions/pipeline/page/words.ts";
import { approvalInvitation } from "../../../functions/pipeline/remedy/rules.ts";
import { quoted } from "../../../response/parts.ts";
import type { Vendor } from "../../../vendors/vendor.ts";

/** A value of the workflow that is computed while it runs. */
export const exp = (expression: string): Value => ({ kind: "exp", exp: expression });

export const lit = (text: string): Value => ({ kind: "lit", lit: text });

/** The dedup key of a tier as an expression: the same text that `dedupKey` of the pipeline makes. */
export function dedupKeyExpression(tier: number): string {
	return `Append(Flow.incidentKey, ":", ToString(Flow.occurrence), ":${tier}")`;
}

/**
 * A text that the dispatcher made, as the functions make theirs. Its length is right already, and `Left`, which might cut inside a character, only
 * bounds that of a launch by hand. A workflow input may be missing; a page may not be empty.
 */
export function textExpression(
	input: "Flow.summary" | "Flow.shortText" | "Flow.title" | "Flow.body" | "Flow.spoken",
	length: number,
): string {
	return `Left(If(IsNotSetOrEmpty(${input}), "An incident without a summary", ${input}), ${length})`;
}

/** A text without what the vendor's markup would take for its own, as the functions write it, and no longer than `length` for that. */
export function escapedExpression(expression: string, escapes: Vendor["escapes"] = [], length?: number): string {
	if (escapes.length === 0) return expression;
	const escaped = escapes.reduce((inner, [text, instead]) => `Replace(${inner}, ${quoted(text)}, ${quoted(instead)})`, expression);
	return length === undefined ? escaped : `Left(${escaped}, ${length})`;
}

/** The end of a text, as `smsEnding` makes it: the reference by which it is found again, or the link that ends in it. */
export function endingExpression(tier: number, holdsLink: boolean): string {
	const reference = `Append(" ref ", ${dedupKeyExpression(tier)})`;
	if (!holdsLink) return reference;
	return `If(IsNotSetOrEmpty(State.acknowledgeUrl), ${reference}, Append(" ${acknowledgeInvitation}", State.acknowledgeUrl))`;
}

/** What a page adds while a remedy waits for somebody's approval: nothing where no runbook asks. */
export function approvalExpressions(asks: boolean): readonly string[] {
	const approve = `Append(" ${approvalInvitation}", Flow.approval)`;
	return asks ? [`If(IsNotSetOrEmpty(Flow.approval), "", ${approve})`] : [];
}
