import { canBeFound } from "../../../vendors/actions.ts";
import type { Call, CheckCall, FindCall, PlaceCall, ReadCall, SendCall } from "../../../vendors/call.ts";
import { credentialOf } from "../../../vendors/credentials.ts";
import { type ChannelKind, vendorOf } from "../../../vendors/kinds.ts";
import type { Vendor } from "../../../vendors/vendor.ts";
import { keptForOthers, type Urgency } from "../../pipeline/limits/shedding.ts";
import {
	type Budget,
	type Clock,
	EdgeError,
	type FailureReason,
	type PageOrder,
	type PageReading,
	type Pager,
} from "../../pipeline/ports.ts";
import type { Channel } from "../../pipeline/settings.ts";
import { type Credentials, withCredentials } from "../credentials/documents.ts";
import { failure, list, request } from "../http/http.ts";
import { timeoutSeconds } from "../timeouts.ts";
import type { Timers } from "../timers.ts";
import type { AwsIdentity } from "./awsSignature.ts";
import { keepPace } from "./pace.ts";
import { type PageValues, pageValues } from "./pageValues.ts";
import { at, foundRecord, provingRecords, readingOf, requiredText } from "./reading.ts";
import { inputOf, requestOf } from "./request.ts";
import { signed } from "./signing.ts";

export interface VendorOptions {
	readonly kind: ChannelKind;
	readonly fetch: typeof fetch;
	/** The settings of the account. */
	readonly account: Readonly<Record<string, string>>;
	/** The secrets of the credential, and what is held with them. */
	readonly credentials: Credentials<Readonly<Record<string, string>>>;
	readonly budget: Budget;
	readonly perMinute: number;
	/** By which a signature says when it was made; absent: no call can be signed. */
	readonly clock?: Clock;
	/** By which a call waits for its turn where its vendor takes only so many a second. */
	readonly timers?: Pick<Timers, "sleep">;
	/** The keys of the function's own role, by which a service of AWS knows it; absent: no call can be signed for one. */
	readonly identity?: () => AwsIdentity;
}

interface Detail {
	readonly page?: PageValues;
	/** Of what is sent; absent for what is only read. */
	readonly urgency?: Urgency;
	readonly vendorReason?: (status: number) => FailureReason | undefined;
}

/** Pages through any vendor, as its description says. Throws only EdgeError. */
export function vendorPager(options: VendorOptions): Pager {
	const vendor = vendorOf(options.kind);
	const { send, resolve, acknowledge, update } = vendor.calls;
	const deliver = (order: PageOrder, call: SendCall, isOver: boolean) => {
		const how = () => sendBy(options, order, call, isOver);
		return canLookUp(vendor, order) ? unlessUnderWay(options, order, how) : how();
	};
	return {
		send: (order) => deliver(order, send, false),
		read: (order) => read(options, order),
		resolve: (order) =>
			resolve !== undefined && vendor.traits.resolves === "same-key"
				? change(options, order, resolve, true)
				: deliver(order, resolve ?? send, true),
		...(acknowledge === undefined
			? {}
			: {
					acknowledge: async (order) => {
						await change(options, order, acknowledge, false);
					},
				}),
		...(update === undefined
			? {}
			: {
					update: async (order) => {
						await change(options, order, update, false);
					},
				}),
	};
}

/**
 * Changes what is there: by the vendor's own id where the call wants it, which is looked up where it is not known. What is not there needs no
 * change, nor does what is as the call would have it.
 */
async function change(options: VendorOptions, order: PageOrder, call: SendCall, isOver: boolean): Promise<{ readonly receipt: string }> {
	const { unless } = call;
	const isKnown = order.receipt !== undefined || !Object.values(call.inputs).includes("page.receipt");
	if (isKnown && unless === undefined) return unlessGone(order, () => sendBy(options, order, call, isOver));
	const found = await everyReading(options, order);
	const [newest] = found;
	if (newest === undefined) return { receipt: order.dedupKey };
	// Two who sent at once have made two records where the vendor joins nothing.
	for (const { state, receipt } of found) if (unless?.includes(state) !== true) await sendBy(options, { ...order, receipt }, call, isOver);
	return { receipt: newest.receipt };
}

/** A change of what is not there, such as the end of what the vendor never had, needs nothing more: a look tells whether it was there. */
async function unlessGone(order: PageOrder, how: () => Promise<{ readonly receipt: string }>): Promise<{ readonly receipt: string }> {
	try {
		return await how();
	} catch (error) {
		if (error instanceof EdgeError && error.reason === "not-found") return { receipt: order.dedupKey };
		throw error;
	}
}

/** Whether a credential is taken, without paging anybody. Throws EdgeError. */
export async function checkCredential(options: VendorOptions, channel: Channel): Promise<void> {
	for (const check of vendorOf(options.kind).calls.checks) await makeCheck(options, channel, check);
}

/** One of the checks. Throws EdgeError. */
export async function makeCheck(options: VendorOptions, channel: Channel, check: CheckCall): Promise<void> {
	const vendorReason = (status: number) => (status === check.refusedBy ? "unauthorized" : undefined);
	judge(vendorOf(options.kind).system, check, await answerTo(options, check, channel, { vendorReason }));
}

/** How the place of a channel is set up, as its vendor tells it. Throws EdgeError. */
export const readPlace = (options: VendorOptions, channel: Channel, call: PlaceCall): Promise<unknown> =>
	answerTo(options, call, channel, {});

function judge(system: string, { list: name, expects }: CheckCall, json: unknown): void {
	if (name !== undefined) list(json, name, system);
	for (const { field, value, words } of [expects ?? []].flat()) {
		const got = typeof value === "string" ? requiredText(json, field, system) : at(json, field);
		if (got !== value) throw failure("forbidden", `${system}: expected ${words}, got one that is ${String(got).slice(0, 20)}`);
	}
}

/** Why a vendor refuses by this status, where the shared table does not say. */
const reasonBy =
	({ statuses }: Vendor, own: Detail["vendorReason"]) =>
	(status: number): FailureReason | undefined =>
		own?.(status) ?? statuses?.[status];

/** Throws EdgeError for a 2xx that is no yes. A word that the vendor does not document is not repeated. */
function accepted(system: string, { words, accepts }: Call, json: unknown): unknown {
	if (accepts === undefined || at(json, accepts.field) === accepts.value) return json;
	const word = String(at(json, accepts.reason));
	const known = accepts.reasons[word];
	throw failure(known ?? accepts.otherwise, `${system}: expected a yes to ${words}, got ${known === undefined ? "another answer" : word}`);
}

/** Makes one call: within the budget of its credential, and once more with credentials that have changed meanwhile. */
function answerTo(options: VendorOptions, call: Call, channel: Channel, { page, urgency, vendorReason }: Detail): Promise<unknown> {
	const vendor = vendorOf(options.kind);
	return withCredentials(options.credentials, async (credential) => {
		await takeToken(options, call, channel, urgency);
		await keepPace(options, call);
		const values = { account: options.account, credential, channel, ...(page === undefined ? {} : { page }) };
		const wanted = requestOf(vendor, call, values);
		const headers = await signed(vendor, call, wanted, { ...options, credential });
		const answer = await request({
			fetch: options.fetch,
			...wanted,
			headers,
			timeoutSeconds: timeoutSeconds.vendor,
			system: vendor.system,
			name: call.words,
			vendorReason: reasonBy(vendor, vendorReason),
			mayBeEmpty: call.answersNothing ?? false,
		});
		return accepted(vendor.system, call, answer.json);
	});
}

/** Readings have an allowance of their own: they never take one from a page. */
function takeToken({ budget, perMinute }: VendorOptions, call: Call, channel: Channel, urgency?: Urgency): Promise<void> {
	const name = credentialOf(channel);
	if (call.method === "GET") return budget.take(`${name}:read`, perMinute);
	return budget.take(name, perMinute, urgency === undefined ? 0 : keptForOthers(urgency, perMinute));
}

async function sendBy(options: VendorOptions, order: PageOrder, call: SendCall, isOver: boolean): Promise<{ readonly receipt: string }> {
	const vendor = vendorOf(options.kind);
	const channel = channelOf(options, order);
	const page = pageValues(order, vendor, isOver);
	const json = await answerTo(options, call, channel, { page, ...(order.urgency === undefined ? {} : { urgency: order.urgency }) });
	const path = call.outputs[call.receipt];
	if (call.receiptOtherwise === undefined) return { receipt: requiredText(json, path, vendor.system) };
	const receipt = at(json, path) || inputOf(call, { channel, page }, call.receiptOtherwise);
	return { receipt: typeof receipt === "string" ? receipt : order.dedupKey };
}

/** Whether a page that may be under way can be looked for: by its key, by the reference in its text, or by what its vendor called it. */
function canLookUp({ traits, calls: { find, looksUpFirst, read: call } }: Vendor, { receipt }: PageOrder): boolean {
	if (find !== undefined || looksUpFirst === true) return true;
	return !traits.deduplicates && call !== undefined && receipt !== undefined;
}

/**
 * What is already under way under its reference is the answer, not a second page. A lookup that fails keeps none from being sent, but one that may be
 * there: that waits until it can be looked for, unless it never can.
 */
async function unlessUnderWay(
	options: VendorOptions,
	order: PageOrder,
	how: () => Promise<{ readonly receipt: string }>,
): Promise<{ readonly receipt: string }> {
	// A page of another kind is refused before anything is asked.
	channelOf(options, order);
	const earlier = await read(options, order).catch((error: unknown): PageReading => {
		if (error instanceof EdgeError && !(error.retry && order.mayBeThere === true)) return { state: "absent" };
		throw error;
	});
	return earlier.state === "absent" || earlier.state === "failed" ? how() : { receipt: earlier.receipt };
}

/** By the receipt or the key; where there is neither, by the reference in the text. */
async function read(options: VendorOptions, order: PageOrder): Promise<PageReading> {
	const { system, calls } = vendorOf(options.kind);
	const { find, read: call } = calls;
	// What cannot be read back is never known to be more than on its way.
	if (call === undefined) return { state: "pending", receipt: order.receipt ?? order.dedupKey };
	// Nothing but its receipt tells a page from every other one there.
	if (order.receipt === undefined && !canBeFound(options.kind)) return { state: "absent" };
	const [record] =
		order.receipt === undefined && find !== undefined ? [await lookedUp(options, order, find)] : await readBack(options, order, call);
	return readingOf({ system, account: options.account }, call, record);
}

/** What every record of a page says, the newest first. */
async function everyReading(
	options: VendorOptions,
	order: PageOrder,
): Promise<readonly Exclude<PageReading, { readonly state: "absent" }>[]> {
	const { system, calls } = vendorOf(options.kind);
	const { read: call, find } = calls;
	// What is read by its receipt is one record, and so is what was found without.
	const isFound = order.receipt === undefined && find !== undefined;
	if (isFound || call?.list === undefined)
		return [await read(options, order)].flatMap((reading) => (reading.state === "absent" ? [] : [reading]));
	const records = await readBack(options, order, call);
	const readings = records.map((record) => readingOf({ system, account: options.account }, call, record));
	return readings.flatMap((reading) => (reading.state === "absent" ? [] : [reading]));
}

/** The records that prove a page, the newest first. */
async function readBack(options: VendorOptions, order: PageOrder, call: ReadCall): Promise<readonly unknown[]> {
	const vendor = vendorOf(options.kind);
	const channel = channelOf(options, order);
	const page = pageValues(order, vendor, false);
	const answer = answerTo(options, call, channel, { page });
	const records = call.list === undefined ? await oneRecord(answer) : list(await answer, call.list, vendor.system);
	return provingRecords(call, records, (name) => inputOf(call, { channel, page }, name), order);
}

async function lookedUp(options: VendorOptions, order: PageOrder, call: FindCall): Promise<unknown> {
	const vendor = vendorOf(options.kind);
	const json = await answerTo(options, call, channelOf(options, order), { page: pageValues(order, vendor, false) });
	return foundRecord(call, list(json, call.list, vendor.system), order);
}

/** The record that an answer is; none where the vendor does not find it. */
async function oneRecord(answer: Promise<unknown>): Promise<readonly unknown[]> {
	try {
		return [await answer];
	} catch (error) {
		if (error instanceof EdgeError && error.reason === "not-found") return [];
		throw error;
	}
}

function channelOf({ kind }: VendorOptions, { channel }: PageOrder): Channel {
	if (channel.kind === kind) return channel;
	throw failure("misconfigured", `${vendorOf(kind).system}: expected a page for a channel of kind ${kind}, got ${channel.kind}`);
}
