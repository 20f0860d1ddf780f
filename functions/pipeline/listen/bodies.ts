import type { Instant } from "../model/incident.ts";
import { momentOf, property, textAt } from "../normalize/fields.ts";

/** What an event says of one trunk instance; what it says nothing of is absent. TrunkInstanceTopicTrunk of the vendor's Go SDK. */
export interface TrunkState {
	readonly connected?: boolean;
	/** One entry for each proxy address. */
	readonly options?: readonly boolean[];
	readonly registers?: readonly boolean[];
	/** Since when the last of them is so. */
	readonly since?: Instant;
}

export function trunkState(body: object): TrunkState {
	const connection = property(body, "connectedStatus");
	const connected = property(connection, "connected");
	const options = listAt(body, "optionsStatus");
	const registers = listAt(body, "registersStatus");
	const states = {
		options: flags(options, "optionState"),
		registers: flags(registers, "registerState"),
	};
	const times = [
		momentOf(property(connection, "connectedStateTime")),
		...options.map((each) => momentOf(property(each, "optionStateTime"))),
		...registers.map((each) => momentOf(property(each, "registerStateTime"))),
	].filter((time) => time !== undefined);
	return {
		...(typeof connected === "boolean" ? { connected } : {}),
		...(states.options.length === 0 ? {} : { options: states.options }),
		...(states.registers.length === 0 ? {} : { registers: states.registers }),
		...(times.length === 0 ? {} : { since: Math.max(...times) }),
	};
}

/** The numbers of a trunk instance, `calls` and `qos.mismatchCount` of its metrics topic. */
export function trunkNumbers(body: object): { readonly calls: number | undefined; readonly qosMismatches: number | undefined } {
	const calls = property(body, "calls");
	const counts = ["inboundCallCount", "outboundCallCount"].flatMap((name) => numberAt(calls, name) ?? []);
	return {
		calls: counts.length === 0 ? undefined : counts.reduce((sum, count) => sum + count, 0),
		qosMismatches: numberAt(property(body, "qos"), "mismatchCount"),
	};
}

/** The media type of calls. */
const callMedia = "voice";

/** How many calls wait in a queue: `{ group: { mediaType }, data: [{ metrics: [{ metric, stats: { count } }] }] }`; undefined where it says nothing of that. */
export function waitingCalls(body: object): number | undefined {
	if (textAt(property(body, "group"), "mediaType") !== callMedia) return undefined;
	const metrics = listAt(body, "data").flatMap((datum) => listAt(datum, "metrics"));
	const counts = metrics
		.filter((metric) => textAt(metric, "metric") === "oWaiting")
		.map((metric) => numberAt(property(metric, "stats"), "count"));
	const known = counts.filter((count) => count !== undefined);
	return known.length === 0 || known.length < counts.length ? undefined : known.reduce((sum, count) => sum + count, 0);
}

/** What an operational event is about: the words for its definition, and its entity. */
export function operationOf(body: object): { readonly definitions: readonly string[]; readonly entityId: string | undefined } {
	const definition = property(body, "eventDefinition");
	return {
		definitions: ["id", "name"].flatMap((name) => textAt(definition, name) ?? []),
		entityId: textAt(body, "entityId"),
	};
}

function listAt(document: unknown, name: string): readonly unknown[] {
	const value = property(document, name);
	return Array.isArray(value) ? value : [];
}

const flags = (list: readonly unknown[], name: string): readonly boolean[] =>
	list.map((each) => property(each, name)).filter((value) => typeof value === "boolean");

function numberAt(document: unknown, name: string): number | undefined {
	const value = property(document, name);
	return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}
