import type { FindCall, ReadCall, ReadState } from "../../../vendors/call.ts";
import { clockToleranceMilliseconds } from "../../pipeline/page/clock.ts";
import { endsIn } from "../../pipeline/page/words.ts";
import type { PageOrder, PageReading } from "../../pipeline/ports.ts";
import { failure, field, text } from "../http/http.ts";

/** What a record says of a page; "absent" where there is no record. Throws EdgeError "malformed" for a word that the vendor does not have. */
export function readingOf(
	{ system, account }: { readonly system: string; readonly account: Readonly<Record<string, string>> },
	{ outputs, reading }: ReadCall,
	record: unknown,
): PageReading {
	if (record === undefined) return { state: "absent" };
	const states = statesOf(reading, account);
	const { deliveredIf } = reading;
	const isDoubted = deliveredIf !== undefined && at(record, outputs[deliveredIf.output]) !== deliveredIf.value;
	const meaning = (said: string): ReadState | undefined =>
		(isDoubted ? deliveredIf.otherwise[said] : undefined) ?? states[said] ?? reading.otherwise;
	const word = furthest(wordsAt(record, outputs[reading.status]).map(meaning)) ?? reading.otherwise;
	const state = word === "delivered" && isAnswered(reading, record) ? "acknowledged" : word;
	if (state === undefined) {
		const words = new Intl.ListFormat("en-GB", { type: "disjunction" }).format(Object.keys(states));
		throw failure("malformed", `${system}: expected a status of ${words}, got another`);
	}
	const receipt = requiredText(record, outputs[reading.receipt], system);
	const by = filledText(at(record, reading.by));
	const recordId = filledText(at(record, reading.recordId));
	return {
		state,
		receipt,
		// Who made a record that is as it was made is nobody who answered.
		...(by === undefined || state === "delivered" ? {} : { by }),
		...(recordId === undefined ? {} : { recordId }),
	};
}

/** Whether somebody has answered it, where its status does not say so. */
const isAnswered = ({ acknowledged }: ReadCall["reading"], record: unknown): boolean =>
	acknowledged !== undefined && at(record, acknowledged.path) === acknowledged.value;

const filledText = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

/** What each word means at this account: its own words replace the usual ones of the same meaning. */
function statesOf(
	{ states, statesFrom = {} }: ReadCall["reading"],
	account: Readonly<Record<string, string>>,
): ReadCall["reading"]["states"] {
	const own = Object.entries(statesFrom).flatMap(([state, setting]) => {
		const words = (account[setting] ?? "").split(",").flatMap((word) => (word.trim() === "" ? [] : [word.trim()]));
		return words.length === 0 ? [] : [{ state, words }];
	});
	const replaced = own.map(({ state }) => state);
	const usual = Object.entries(states).filter(([, state]) => !replaced.includes(state));
	return Object.fromEntries([...usual, ...own.flatMap(({ state, words }) => words.map((word) => [word, state]))]);
}

/**
 * The records that prove a page, the newest first: what must match does, and it is not older than the intent, or was changed since. The clocks of
 * two systems may differ (`clockToleranceMilliseconds`). Where a vendor does not say when a record was made, its receipt says enough.
 */
export function provingRecords(
	{ outputs, reading }: ReadCall,
	records: readonly unknown[],
	input: (name: string) => unknown,
	{ intendedAt }: PageOrder,
): readonly unknown[] {
	const intended = intendedAt - clockToleranceMilliseconds;
	const createdAt = (record: unknown): number => instant(at(record, outputs[reading.createdAt ?? ""]));
	const proves = (record: unknown): boolean => {
		const matches = Object.entries(reading.matches ?? {});
		if (!matches.every(([output, name]) => isOf(at(record, outputs[output]), input(name)))) return false;
		if (reading.createdAt === undefined) return true;
		const isAsMade = reading.states[String(at(record, outputs[reading.status]))] === "delivered" && !isAnswered(reading, record);
		return (!isAsMade && instant(at(record, reading.changedAt)) >= intended) || createdAt(record) >= intended;
	};
	return newestFirst(records.filter(proves), createdAt);
}

/** The newest record since the intent whose text is the page's key, or ends in its reference. */
export function foundRecord(call: FindCall, records: readonly unknown[], { intendedAt, dedupKey }: PageOrder): unknown {
	const createdAt = (record: unknown): number => instant(at(record, call.createdAt));
	const since = records.filter((record) => createdAt(record) >= intendedAt - clockToleranceMilliseconds);
	const isOf = (said: string): boolean => said === dedupKey || endsIn(said, dedupKey);
	return newestFirst(
		since.filter((record) => isOf(String(at(record, call.text)))),
		createdAt,
	)[0];
}

/** What counts first of several words. */
const precedence: readonly ReadState[] = ["failed", "resolved", "acknowledged", "delivered", "sent", "pending"];

/** Undefined where there is no word, or one of them means nothing. */
const furthest = (states: readonly (ReadState | undefined)[]): ReadState | undefined =>
	states.includes(undefined) ? undefined : precedence.find((state) => states.includes(state));

const wordsAt = (record: unknown, path: string | undefined): readonly string[] => valuesAt(record, path ?? "").map(String);

/** What stands at a path, in which `*` stands for every item of a list. */
export function valuesAt(record: unknown, path: string): readonly unknown[] {
	const inside = (value: unknown, name: string): readonly unknown[] => {
		if (name !== "*") return [field(value, name)];
		return Array.isArray(value) ? value : [];
	};
	return path.split(".").reduce<readonly unknown[]>((values, name) => values.flatMap((value) => inside(value, name)), [record]);
}

/** What stands at a path such as `service.id`; `service.tags[]` is a list. */
export const at = (record: unknown, path: string | undefined): unknown =>
	path === undefined ? undefined : path.replace("[]", "").split(".").reduce<unknown>(field, record);

const isOf = (found: unknown, wanted: unknown): boolean => (Array.isArray(found) ? found.includes(wanted) : found === wanted);

/** A text that must stand at a path. Throws EdgeError "malformed". */
export function requiredText(record: unknown, path: string | undefined, system: string): string {
	const names = (path ?? "").split(".");
	return text(names.slice(0, -1).reduce<unknown>(field, record), names.at(-1) ?? "", system);
}

const newestFirst = (records: readonly unknown[], createdAt: (record: unknown) => number): readonly unknown[] =>
	records.toSorted((one, other) => createdAt(other) - createdAt(one));

/** A date, or Unix seconds as Slack writes them. */
function instant(value: unknown): number {
	const text = String(value);
	const parsed = /^\d{9,11}(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text);
	return Number.isNaN(parsed) ? 0 : parsed;
}
