import type { Action } from "../architect/model.ts";
import { doubtfulReasons } from "../contracts/doubt.ts";
import { ledger } from "../contracts/ledger.ts";
import { factInputs, forgetAnswer, forgetFailure, outputsOf, record, refusedForGood, stopCases } from "./ledger.ts";
import { call, exp, failureText, leaveLoop, lit, quoted, remember, repeat, set, update, wait, when } from "./parts.ts";
import type { PlannedChannel, ResponsePlan } from "./plan.ts";

/** One channel of one tier of a plan. */
export interface ChannelStep {
	readonly plan: ResponsePlan;
	/** Counts from 1. */
	readonly tier: number;
	readonly channel: PlannedChannel;
}

const attempt = exp("Flow.retryCount");
const stillOpen = "State.proven == false and State.stop == false";

/** All that is done on one channel of one tier, unless the tier is proven or over already: attempts with waits, then reading back. */
export function pageChannel(step: ChannelStep): Action {
	const { plan } = step;
	return when(`Is ${where(step)} needed?`, stillOpen, [
		update(
			`Begin ${where(step)}`,
			set("integer", "Flow.retryCount", lit(0)),
			set("boolean", "State.accepted", lit(false)),
			set("boolean", "State.doubtful", lit(false)),
			set("string", "State.receipt", lit("")),
		),
		repeat(`Attempts at ${where(step)}`, "State.attemptIndex", exp("Flow.maxRetries"), oneAttempt(step)),
		when(`May ${where(step)} have been taken?`, `State.accepted == false and State.doubtful == true and ${stillOpen}`, [
			...look(step, `Look for ${where(step)} before another channel`, []),
		]),
		when(`Was ${where(step)} given up?`, `State.accepted == false and ${stillOpen}`, [
			record(`Record that ${where(step)} is given up`, plan.actions.record, { ...of(step), what: "page-given-up", attempt }),
		]),
		when(`Is ${where(step)} to be proven?`, `State.accepted == true and ${stillOpen}`, [
			repeat(`Reads of ${where(step)}`, "State.readIndex", lit(Math.ceil(plan.proofSeconds / plan.readBackSeconds)), oneRead(step)),
			when(`Is ${where(step)} unproven?`, "State.proven == false", [...unproven(step)]),
		]),
	]);
}

/** A carrier may have the page and say no more of it: then the tier is told, as far as anybody can know. */
function unproven(step: ChannelStep): Action[] {
	const { plan, channel } = step;
	const recordFate = (what: "page-unproven" | "page-presumed"): Action =>
		record(`Record that ${where(step)} is ${what.slice("page-".length)}`, plan.actions.record, { ...of(step), what, attempt, receipt });
	if (channel.presumedWhen === undefined) return [recordFate("page-unproven")];
	const countAsReached = update(`${where(step)} counts as told`, set("boolean", "State.proven", lit(true)));
	return [
		when(
			`Does a carrier have ${where(step)}?`,
			channel.presumedWhen,
			[countAsReached, recordFate("page-presumed")],
			[recordFate("page-unproven")],
		),
	];
}

/** Whether the vendor may have taken what failed: the status is a gateway's, no status at all, or a success that could not be read. */
const leavesDoubt = exp(
	"State.doubtful or If(IsSet(State.httpStatus), State.httpStatus >= 500 or State.httpStatus < 400 or State.httpStatus == 408, true)",
);

/** The ledger wants a text, also where the vendor named no id. */
const receipt = exp('If(IsSet(State.receipt), State.receipt, "")');

/**
 * A page of another executor was intended before this tier was entered, at most a day ago. Its dedup key holds the occurrence, so that an
 * older page under the same key does not exist.
 */
const intendedByAnother = exp("AddSeconds(State.intendedAt, -86400)");

function where({ channel, tier }: ChannelStep): string {
	return `${channel.name}, tier ${tier}`;
}

function of({ channel, tier }: ChannelStep): { readonly channel: string; readonly tier: number } {
	return { channel: channel.name, tier };
}

function oneAttempt(step: ChannelStep): Action[] {
	return [
		update(
			`Count the attempt at ${where(step)}`,
			set("integer", "Flow.retryCount", exp("Flow.retryCount + 1")),
			set("dateTime", "Flow.lastAttemptTimestamp", exp("GetCurrentDateTimeUtc()")),
			set("string", "State.failure", lit("")),
			...forgetFailure,
			...forgetAnswer,
		),
		mayPage(step),
		...sendOnce(step),
		record(`Record that ${where(step)} failed`, step.plan.actions.record, {
			...of(step),
			what: "page-failed",
			attempt,
			detail: exp("State.failure"),
		}),
		...waits(step),
	];
}

/** What may be there already is not sent blindly: a look that fails then is a failed attempt, because nothing else keeps a second page away. */
function sendOnce(step: ChannelStep): Action[] {
	if (!step.channel.looksUpFirst) return [send(step)];
	return [
		...look(step, `Is ${where(step)} there already?`, [leaveLoop(`${where(step)} is there already`)]),
		when(`Can ${where(step)} not be twice?`, 'State.doubtful == false or State.failure == ""', [send(step)]),
	];
}

/** A page of a later tier tells of the latest reading, not of the one that launched the workflow; without an answer of the last that is known. */
function updateTexts(step: ChannelStep): Action {
	const latest = (name: string) => exp(`If(IsNotSetOrEmpty(State.${name}), Flow.${name}, State.${name})`);
	return update(
		`What ${where(step)} is told`,
		set("string", "Flow.summary", latest("summary")),
		set("string", "Flow.shortText", latest("shortText")),
		set("string", "Flow.title", latest("title")),
		set("string", "Flow.body", latest("body")),
		set("string", "Flow.spoken", latest("spoken")),
	);
}

/** The ledger is asked before each page; when it cannot answer, the page goes out. */
function mayPage(step: ChannelStep): Action {
	const leave = leaveLoop(`No more attempts at ${where(step)}`);
	const { failure, timeout } = remember("Ledger", "State.ledger");
	return call({
		name: `May ${where(step)} be paged?`,
		action: step.plan.actions.record,
		inputs: factInputs({ ...of(step), what: "page-sending", attempt }),
		outputs: { ...outputsOf(ledger.record.answers), receipt: "State.receipt" },
		success: [
			updateTexts(step),
			when(`Is ${where(step)} refused?`, "State.proceed == false", [
				{
					kind: "switch",
					name: `Why ${where(step)} is refused`,
					style: "firstTrue",
					cases: [
						...stopCases(refusedForGood, []),
						{
							value: exp("State.provenInLedger == true"),
							actions: [update("Proven by another executor", set("boolean", "State.proven", lit(true)))],
						},
					],
					default: [
						update(
							"Sent by another executor",
							set("boolean", "State.accepted", lit(true)),
							set("dateTime", "State.intendedAt", intendedByAnother),
						),
					],
				},
				leave,
			]),
		],
		failure,
		timeout,
	});
}

function send(step: ChannelStep): Action {
	const { channel } = step;
	return call({
		name: `Page ${where(step)}`,
		action: channel.send,
		inputs: channel.sendInputs,
		outputs: {
			[channel.receiptOutput]: "State.receipt",
			...(channel.reasonOutput === undefined ? {} : { [channel.reasonOutput]: "State.failure" }),
		},
		success: channel.needsReceipt
			? [when(`Does ${where(step)} have a receipt?`, "IsNotSetOrEmpty(State.receipt)", [refused(step)], accepted(step))]
			: accepted(step),
		failure: [
			update(
				`Remember the failure of ${where(step)}`,
				set("string", "State.failure", exp(failureText)),
				set("boolean", "State.doubtful", leavesDoubt),
			),
		],
		timeout: [
			update(
				`Remember the timeout of ${where(step)}`,
				set("string", "State.failure", lit("timeout")),
				set("boolean", "State.doubtful", lit(true)),
			),
		],
	});
}

function accepted(step: ChannelStep): Action[] {
	return [
		update(`Accepted by ${where(step)}`, set("boolean", "State.accepted", lit(true))),
		record(`Record that ${where(step)} was sent`, step.plan.actions.record, { ...of(step), what: "page-sent", attempt, receipt }),
		leaveLoop(`${where(step)} is accepted`),
	];
}

/** A success that names nothing: nobody knows whether the vendor took it, unless a reason is given. */
function refused(step: ChannelStep): Action {
	const { reasonOutput } = step.channel;
	const name = `No receipt from ${where(step)}`;
	if (reasonOutput === undefined)
		return update(name, set("string", "State.failure", lit("malformed")), set("boolean", "State.doubtful", lit(true)));
	const isDoubt = doubtfulReasons.map((reason) => `State.failure == ${quoted(reason)}`);
	return update(name, set("boolean", "State.doubtful", exp(`State.doubtful or ${isDoubt.join(" or ")}`)));
}

/** After attempt n the n-th wait, none after the last. */
function waits(step: ChannelStep): Action[] {
	const { waitsSeconds } = step.plan;
	if (waitsSeconds.length === 0) return [];
	return [
		{
			kind: "switch",
			name: `How long to wait for ${where(step)}`,
			style: "firstTrue",
			cases: waitsSeconds.map((seconds, index) => ({
				value: exp(`Flow.retryCount == ${index + 1}`),
				actions: [wait(`Wait after attempt ${index + 1} at ${where(step)}`, seconds)],
			})),
		},
	];
}

function oneRead(step: ChannelStep): Action[] {
	return [
		wait(`Give ${where(step)} time`, step.plan.readBackSeconds),
		...look(step, `Read ${where(step)} back`, [leaveLoop(`${where(step)} needs no more reads`)]),
	];
}

/** Reads a page back once, where there is something to read it by; what it proves is recorded, and then `leave`. */
function look(step: ChannelStep, name: string, leave: readonly Action[]): Action[] {
	const reading = readBack(step, name, leave);
	if (!step.channel.readsByReceipt) return reading;
	return [when(`${name}, by its receipt?`, "IsNotSetOrEmpty(State.receipt) == false", reading)];
}

function readBack(step: ChannelStep, name: string, leave: readonly Action[]): Action[] {
	const { plan, channel } = step;
	const outputs = boundOutputs(channel);
	return [
		...forgetReading(step, Object.values(outputs)),
		call({
			name,
			action: channel.read,
			inputs: channel.readInputs,
			outputs,
			success: [
				when(`Is ${where(step)} proven?`, channel.provenWhen, [
					update(`${where(step)} is proven`, set("boolean", "State.proven", lit(true))),
					record(`Record that ${where(step)} is proven`, plan.actions.record, { ...of(step), what: "page-proven", attempt, receipt }),
					...leave,
				]),
			],
			failure: [update(`Remember the failed read of ${where(step)}`, set("string", "State.failure", exp(failureText)))],
			timeout: [update(`Remember the late read of ${where(step)}`, set("string", "State.failure", lit("timeout")))],
		}),
	];
}

function forgetReading(step: ChannelStep, names: readonly string[]): Action[] {
	if (names.length === 0) return [];
	return [update(`Forget the last read of ${where(step)}`, ...names.map((name) => set("string", name, lit(""))))];
}

/** Contract path → `State.<name>`. */
function boundOutputs({ readOutputs }: PlannedChannel): Record<string, string> {
	return Object.fromEntries(Object.entries(readOutputs).map(([path, name]) => [path, stateName(name)]));
}

function stateName(name: string): string {
	return name.startsWith("State.") ? name : `State.${name}`;
}

/** The string variables that the channels of a tier read into, each once. */
export function readVariableNames(channels: readonly PlannedChannel[]): string[] {
	return [...new Set(channels.flatMap((channel) => Object.values(boundOutputs(channel))))];
}
