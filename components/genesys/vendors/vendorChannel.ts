import type { Value } from "../../../architect/model.ts";
import { severities } from "../../../functions/pipeline/model/incident.ts";
import { maximumBody } from "../../../functions/pipeline/page/body.ts";
import { clockToleranceSeconds } from "../../../functions/pipeline/page/clock.ts";
import { maximumTitle } from "../../../functions/pipeline/page/texts.ts";
import { maximumSummary, type PageDetails } from "../../../functions/pipeline/page/words.ts";
import type { Channel } from "../../../functions/pipeline/settings.ts";
import { quoted } from "../../../response/parts.ts";
import type { PlannedChannel } from "../../../response/plan.ts";
import { readCallOf } from "../../../vendors/actions.ts";
import { type Call, isListPath, type PageValue, type ReadCall, type ReadState } from "../../../vendors/call.ts";
import { vendorOf } from "../../../vendors/kinds.ts";
import { settingOf } from "../../../vendors/settings.ts";
import type { Vendor } from "../../../vendors/vendor.ts";
import { actionRef } from "../dataAction.ts";
import { approvalExpressions, dedupKeyExpression, endingExpression, escapedExpression, exp, lit, textExpression } from "./pageText.ts";
import type { VendorActions } from "./vendorActions.ts";

/** Which links a page may hold: by which a remedy is approved, and by which the incident is acknowledged. */
export interface PageLinks {
	readonly approves?: boolean;
	readonly acknowledges?: boolean;
}

type Inputs = Readonly<Record<string, Value>>;
/** What only the functions say: they look for a page by its time, and tell what is new. */
type FunctionValue = "sinceDay" | "sinceSeconds" | "note" | "thread";
/** What a workflow knows of a page. */
type FlowValues = Readonly<Record<Exclude<PageValue, "details" | FunctionValue>, Value>> & { readonly details: Inputs };

/** How the workflow pages a tier (from 1) through a channel, and what it takes for proof, from the vendor's description. */
export function vendorChannel(set: VendorActions, channel: Channel, tier: number, links: PageLinks = {}): PlannedChannel {
	const vendor = vendorOf(channel.kind);
	const { send } = vendor.calls;
	const read = readCallOf(channel.kind);
	const values = flowValues(vendor, tier, links);
	const readInputs = inputsOf(read, channel, values);
	const proof = vendor.traits.proof === "record" ? provenByRecord(read, readInputs) : provenByDelivery(read, readInputs);
	return {
		name: channel.name,
		send: actionRef(set, set.send),
		sendInputs: inputsOf(send, channel, values),
		receiptOutput: send.receipt,
		needsReceipt: send.receiptOtherwise === undefined,
		looksUpFirst: vendor.calls.looksUpFirst ?? false,
		read: actionRef(set, set.read),
		readsByReceipt: Object.values(read.inputs).includes("page.receipt"),
		readInputs,
		...proof,
	};
}

function inputsOf({ inputs }: Call, channel: Channel, { details, ...values }: FlowValues): Inputs {
	const given = Object.entries(inputs).flatMap(([name, source]): readonly (readonly [string, Value])[] => {
		if (source.startsWith("channel.")) return [[name, lit(settingOf(channel, source.slice("channel.".length)))]];
		if (source === "page.details") return Object.entries(details);
		const value = Object.entries(values).find(([known]) => `page.${known}` === source)?.[1];
		if (value === undefined) throw new Error(`Expected a value of a page that a workflow knows, got ${source}`);
		return [[name, value]];
	});
	return Object.fromEntries(given);
}

function flowValues(vendor: Vendor, tier: number, { approves = false, acknowledges = false }: PageLinks): FlowValues {
	// A space ends a link; a full stop behind it would be taken for a part of it.
	const said = (expression: string): string => escapedExpression(expression, vendor.escapes);
	const parts = [textExpression("Flow.shortText", 300), ...approvalExpressions(approves), endingExpression(tier, acknowledges)];
	return {
		key: exp(dedupKeyExpression(tier)),
		summary: exp(said(textExpression("Flow.summary", maximumSummary))),
		title: exp(said(textExpression("Flow.title", maximumTitle))),
		body: exp(escapedExpression(textExpression("Flow.body", maximumBody), vendor.escapes, maximumBody)),
		text: exp(said(`Append(${parts.join(", ")})`)),
		spoken: exp(textExpression("Flow.spoken", 300)),
		acknowledgeUrl: acknowledges ? exp('If(IsNotSetOrEmpty(State.acknowledgeUrl), "", State.acknowledgeUrl)') : lit(""),
		severity: exp(severityExpression(vendor)),
		entityName: exp("Flow.entityName"),
		entityId: exp("Flow.entityId"),
		environment: exp("Flow.environment"),
		details: detailsOf(tier, approves),
		receipt: exp("State.receipt"),
	};
}

/** The same details, by the same names, that the functions give to a page. */
function detailsOf(tier: number, approves: boolean): Readonly<Record<keyof PageDetails, Value>> {
	const given = (name: string): Value => exp(`If(IsSet(Flow.${name}), Flow.${name}, "")`);
	return {
		condition: given("condition"),
		environment: given("environment"),
		occurrence: exp("ToString(Flow.occurrence)"),
		tier: lit(String(tier)),
		openedAt: given("openedAt"),
		reason: given("reason"),
		children: given("children"),
		health: exp("Flow.health"),
		approval: approves ? given("approval") : lit(""),
	};
}

/** Our severity in the vendor's words. */
function severityExpression({ severities: words }: Vendor): string {
	if (words === undefined) return "Flow.severity";
	const [least, ...others] = severities.toReversed();
	return others.reduce(
		(otherwise, severity) => `If(Flow.severity == ${quoted(severity)}, ${quoted(words[severity])}, ${otherwise})`,
		quoted(words[least ?? "low"]),
	);
}

type Proof = Pick<PlannedChannel, "readOutputs" | "provenWhen" | "presumedWhen">;

const variableOf = (output: string): string => `State.read${output.charAt(0).toUpperCase()}${output.slice(1)}`;
const bound = (outputs: readonly string[]): Proof["readOutputs"] =>
	Object.fromEntries(outputs.map((output) => [output, variableOf(output)]));

/**
 * What must match does, and it is not older than the intent. Nested `If`s, and a date that stands for "none": right whether or not the platform
 * evaluates the branches that it does not take. The clocks of two systems may differ, as they may for the functions.
 */
function provenByRecord(read: ReadCall, inputs: Inputs): Proof {
	const { matches = {}, createdAt } = read.reading;
	const fresh = createdAt === undefined ? "true" : freshExpression(variableOf(createdAt), read.reading);
	const outputs = [...Object.keys(matches), ...(createdAt === undefined ? [] : [createdAt])];
	return { readOutputs: bound(outputs), provenWhen: whereMatching(read, inputs, fresh) };
}

/** Where a record is of this page. */
function whereMatching({ reading: { matches = {} }, outputs }: ReadCall, inputs: Inputs, holds: string): string {
	const isOf = (output: string, wanted: string): string => {
		const variable = variableOf(output);
		if (!isListPath(outputs[output] ?? "")) return `${variable} == ${wanted}`;
		return `Contains(If(IsSet(${variable}), ${variable}, ""), Append("\\"", ${wanted}, "\\""))`;
	};
	return Object.entries(matches).reduceRight(
		(inner, [output, input]) => `If(${isOf(output, expressionOf(inputs[input]))}, ${inner}, false)`,
		holds,
	);
}

function freshExpression(variable: string, { createdIn }: Pick<ReadCall["reading"], "createdIn">): string {
	const zone = createdIn === undefined ? "Z" : "+0000";
	const known = `If(IsNotSetOrEmpty(${variable}), "1970-01-01T00:00:00${zone}", ${variable})`;
	const written = createdIn === undefined ? known : `Append(Left(${known}, Length(${known}) - 2), ":", Right(${known}, 2))`;
	return `ToDateTime(${written}) >= AddSeconds(State.intendedAt, -${clockToleranceSeconds})`;
}

/** It arrived; what the carrier took over counts as told once nothing more is to be expected. */
function provenByDelivery(read: ReadCall, inputs: Inputs): Proof {
	const { matches = {}, status, states, deliveredIf } = read.reading;
	const meaning = (state: ReadState): readonly string[] => Object.keys(states).filter((word) => states[word] === state);
	const isOneOf = (words: readonly string[]): string => words.map((word) => `${variableOf(status)} == ${quoted(word)}`).join(" or ");
	const [delivered, sent] = [meaning("delivered"), meaning("sent")];
	const isDelivered = isOneOf(delivered);
	const isCertain =
		deliveredIf === undefined
			? isDelivered
			: `If(${isDelivered}, ${variableOf(deliveredIf.output)} == ${quoted(deliveredIf.value)}, false)`;
	return {
		readOutputs: bound([...Object.keys(matches), status, ...(deliveredIf === undefined ? [] : [deliveredIf.output])]),
		provenWhen: whereMatching(read, inputs, isCertain),
		...(sent.length === 0 ? {} : { presumedWhen: isOneOf(sent) }),
	};
}

function expressionOf(value: Value | undefined): string {
	if (value?.kind === "exp") return value.exp;
	if (value?.kind === "lit") return quoted(String(value.lit));
	throw new Error("Expected an input that a record must match, got none");
}
