import { describe, expect, it } from "vitest";
import { readingOf } from "../../functions/edges/vendors/reading.ts";
import { severities } from "../../functions/pipeline/model/incident.ts";
import { canPage, isAction, readCallOf } from "../../vendors/actions.ts";
import { isListPath } from "../../vendors/call.ts";
import { type ChannelKind, channelKinds, vendorOf } from "../../vendors/kinds.ts";
import { settingOf } from "../../vendors/settings.ts";
import { executors, judged, orderOf, placeOf, type Seen, start } from "./executors.ts";

/** The one request that is no lookup. */
const last = (requests: readonly Seen[]): Seen | undefined => requests.at(-1);

/** Those that the workflow calls by data actions; every other one is called by the functions alone. */
describe.each(channelKinds.filter(isAction))("the two executors at a vendor of kind %s", (kind) => {
	const { system, calls, traits } = vendorOf(kind);
	const read = readCallOf(kind);
	const isAskedFirst = calls.find !== undefined || calls.looksUpFirst === true;

	it.each(severities)("send the same request for a page of severity %s", async (severity) => {
		const place = placeOf(kind);
		const { pager, workflow, asked } = executors(place);
		await workflow.send(severity);
		const byWorkflow = asked();
		await place.clock.run(start + 30_000);
		await pager.send(orderOf(place.channel, severity));
		const byFunctions = asked();
		expect(byWorkflow).toHaveLength(1);
		// A vendor that does not deduplicate is first asked whether the page is under way; it is, by the workflow.
		if (!isAskedFirst) expect(byFunctions).toEqual(byWorkflow);
		else expect(byFunctions.map(({ call }) => call)).toEqual([expect.stringMatching(/^GET /)]);
		const alone = executors(placeOf(kind));
		await alone.pager.send(orderOf(place.channel, severity));
		expect(withoutSecrets(last(alone.asked()))).toEqual(withoutSecrets(last(byWorkflow)));
	});

	// Where people answer at the vendor a page has no link.
	it.each(traits.acknowledges ? [""] : ["", "https://hook.test/a/signed/key"])(
		"send the same request for a page with the acknowledge link '%s'",
		async (acknowledgeUrl) => {
			const place = placeOf(kind);
			const { workflow, asked } = executors(place, acknowledgeUrl);
			await workflow.send();
			const byWorkflow = asked();
			const alone = executors(placeOf(kind));
			await alone.pager.send({ ...orderOf(place.channel), acknowledgeUrl });
			expect(withoutSecrets(last(alone.asked()))).toEqual(withoutSecrets(last(byWorkflow)));
		},
	);

	it("read the same page by the same request, and both take it for proof", async () => {
		const place = placeOf(kind);
		const { pager, workflow, planned, asked } = executors(place);
		const sent = await workflow.send();
		const ofKey = calls.send.receiptOtherwise === undefined ? "" : orderOf(place.channel).dedupKey;
		const receipt = sent[planned.receiptOutput] || ofKey;
		await place.clock.run(start + 30_000);
		asked();
		const outputs = await workflow.read(receipt);
		const [byWorkflow] = asked();
		const reading = await pager.read(orderOf(place.channel, "high", receipt));
		const [byFunctions] = asked();
		const query = Object.entries({ ...Object.fromEntries(byFunctions?.query ?? []), ...read.first });
		expect(byWorkflow).toEqual({ ...byFunctions, query });
		// A vendor's own id of its record may be another one than the receipt.
		const { recordId } = read.reading;
		expect(reading).toEqual(
			recordId === undefined
				? { state: "delivered", receipt }
				: { state: "delivered", receipt: expect.any(String), recordId: expect.any(String) },
		);
		expect(judged(planned, outputs, receipt)).toEqual({ isProven: true, isPresumed: false });
	});

	const words = Object.entries(read.reading.states);
	it.each([...words, ["a word of tomorrow", read.reading.otherwise]] as const)("understand %s alike: %s", (word, state) => {
		const place = placeOf(kind);
		const { planned } = executors(place);
		const record = recordOf(kind, word);
		const functions = () => readingOf({ system, account: {} }, read, record.json);
		if (state === undefined) expect(functions).toThrow("expected a status of");
		else expect(functions()).toMatchObject({ state });
		// A record proves by being there, whatever became of it since; a message by its arrival.
		const isProven = traits.proof === "record" || state === "delivered";
		expect(judged(planned, record.outputs, record.receipt)).toEqual({
			isProven,
			isPresumed: traits.proof === "delivery" && state === "sent",
		});
	});

	const doubts = Object.entries(read.reading.deliveredIf?.otherwise ?? {}).flatMap(([word, state]) =>
		["", "something else"].map((detail) => [word, detail, state] as const),
	);
	it.each(doubts)("take %s for no delivery where the record holds '%s': %s", (word, detail, state) => {
		const { planned } = executors(placeOf(kind));
		const record = recordOf(kind, word, detail);
		expect(readingOf({ system, account: {} }, read, record.json)).toMatchObject({ state });
		expect(judged(planned, record.outputs, record.receipt)).toEqual({ isProven: false, isPresumed: false });
	});
});

describe.each(channelKinds)("a vendor of kind %s", (kind) => {
	const { calls, traits } = vendorOf(kind);

	it("has the calls that its traits promise", () => {
		expect(calls.acknowledge !== undefined).toBe(traits.acknowledges);
		if (traits.resolves === "same-key") expect(calls.resolve).toBeDefined();
		expect(calls.read !== undefined).toBe(canPage(kind));
		if (traits.deduplicates) expect(calls.find).toBeUndefined();
		if (canPage(kind)) expect(calls.checks.length).toBeGreaterThan(0);
	});
});

/** Each place has secrets of its own. */
function withoutSecrets(request: Seen | undefined): unknown {
	const said = JSON.stringify(request, (name, value) => (name === "routing_key" || name === "authorization" ? typeof value : value));
	return JSON.parse(said ?? "null");
}

/** One record of the vendor with this status: as the functions get it, and as the data action gives it to the workflow. */
function recordOf(kind: ChannelKind, status: string, detail?: string) {
	const { inputs, outputs, reading } = readCallOf(kind);
	const { channel, dedupKey } = orderOf(placeOf(kind).channel);
	const matching = Object.entries(reading.matches ?? {}).map(([output, input]) => {
		const setting = /^channel\.(.*)$/.exec(inputs[input] ?? "")?.[1];
		return [output, setting === undefined ? dedupKey : settingOf(channel, setting)] as const;
	});
	const known: Readonly<Record<string, string>> = {
		[reading.receipt]: dedupKey,
		...Object.fromEntries(matching),
		[reading.createdAt ?? "createdAt"]: new Date(start).toISOString().replace("Z", reading.createdIn === undefined ? "Z" : "+0000"),
		[reading.status]: status,
		...(reading.deliveredIf === undefined ? {} : { [reading.deliveredIf.output]: detail ?? reading.deliveredIf.value }),
	};
	const json: Record<string, unknown> = {};
	for (const [output, path] of Object.entries(outputs)) {
		const value = known[output] ?? "";
		place(json, path.replace("[]", "").split("."), isListPath(path) ? ["another", value] : value);
	}
	const texts = Object.entries(outputs).map(([output, path]) => [output, textOf(path, known[output] ?? "")]);
	return { json, outputs: Object.fromEntries(texts), receipt: known[reading.receipt] ?? "" };
}

/** A list is given to the workflow as its JSON. */
const textOf = (path: string, value: string): string => (isListPath(path) ? JSON.stringify(["another", value]) : value);

/** Puts a value where its path leads. */
function place(json: Record<string, unknown>, [name = "", ...inner]: readonly string[], value: unknown): void {
	if (inner.length === 0) {
		json[name] = value;
		return;
	}
	const nested = { ...Object(json[name]) };
	place(nested, inner, value);
	json[name] = nested;
}
