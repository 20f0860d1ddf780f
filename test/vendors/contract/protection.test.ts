import { parse } from "valibot";
import { describe, expect, test } from "vitest";
import { failure } from "../../../functions/edges/http/http.ts";
import { memoryLedger } from "../../../functions/edges/memory/ledger.ts";
import { checkCredential, type VendorOptions, vendorPager } from "../../../functions/edges/vendors/pager.ts";
import { type Vendors, vendorsOf } from "../../../functions/edges/vendors/pagers.ts";
import { EdgeError, type FailureReason } from "../../../functions/pipeline/ports.ts";
import type { RuntimeSettings } from "../../../functions/pipeline/settings.ts";
import { network } from "../../../rehearsal/world/network.ts";
import { canPage } from "../../../vendors/actions.ts";
import { credentialOf } from "../../../vendors/credentials.ts";
import { type ChannelKind, channelKinds, vendorOf } from "../../../vendors/kinds.ts";
import { openBudget } from "../../functions/edges/vendors/adapterContract.ts";
import { plantedIdentity } from "../../functions/edges/vendors/vendorPagers.ts";
import { policy, settings } from "../../functions/pipeline/fixtures.ts";
import { orderOf, type Place, placeOf, wholeAccount } from "../executors.ts";

/** After so many failures in a row nothing is sent for so long. */
const [mostFailures, pauseSeconds] = [5, 30];
const perMinute = 60;

/** The way to a vendor that answers everything with one status, and counts. */
function answering(status: number) {
	let asked = 0;
	const fetch: typeof globalThis.fetch = async () => {
		asked += 1;
		return Response.json({ code: "injected" }, { status });
	};
	return { fetch, asked: () => asked };
}

const spent = { ...openBudget(), take: async () => Promise.reject(failure("budget-spent", "expected a request to be left, got none")) };

function optionsOf(place: Place, change: Pick<VendorOptions, "fetch" | "budget">): VendorOptions {
	const { channel, credential, clock } = place;
	return {
		kind: channel.kind,
		account: wholeAccount(place),
		credentials: async () => credential,
		perMinute,
		clock,
		timers: { sleep: async () => {} },
		identity: () => plantedIdentity,
		...change,
	};
}

/** A vendor as the functions have it: with its breaker, and what is noted of its credential. */
function guarded(place: Place, fetch: typeof globalThis.fetch) {
	const { channel, clock, credential } = place;
	const ledger = memoryLedger(clock);
	const { key } = vendorOf(channel.kind).account;
	const stack: RuntimeSettings = {
		...settings,
		[key]: wholeAccount(place),
		policies: { default: { ...policy, tiers: [{ name: "only", channels: [channel] }] } },
	};
	const timers = { sleep: async () => {}, random: () => 0, signalAfter: () => new AbortController().signal };
	const sources = { settings: stack, fetch, clock, timers, identity: () => plantedIdentity };
	const vendors: Vendors = vendorsOf(
		sources,
		(_name, schema) => async () => parse(schema, credential),
		openBudget,
		() => ledger,
	);
	return { pager: vendors.pagers(channel), ledger };
}

async function failureOf(call: () => Promise<unknown>): Promise<EdgeError> {
	const error: unknown = await call().then(
		() => "a value",
		(thrown: unknown) => thrown,
	);
	if (error instanceof EdgeError) return error;
	throw new Error(`expected an EdgeError, got ${String(error)}`);
}

async function reasons(times: number, call: () => Promise<unknown>): Promise<readonly FailureReason[]> {
	const found: FailureReason[] = [];
	for (let time = 0; time < times; time += 1) found.push((await failureOf(call)).reason);
	return found;
}

describe.each(channelKinds)("what protects a vendor of kind %s, and us from it", (kind: ChannelKind) => {
	test("nothing is asked once the budget of its credential is spent", async () => {
		const place = placeOf(kind);
		const vendor = answering(200);
		const pager = vendorPager(optionsOf(place, { fetch: vendor.fetch, budget: spent }));
		const order = orderOf(place.channel, "high", "receipt-1");
		const calls = [() => pager.send(order), () => pager.resolve(order), ...(canPage(kind) ? [() => pager.read(order)] : [])];
		for (const call of calls) expect((await failureOf(call)).reason).toBe("budget-spent");
		expect(vendor.asked()).toBe(0);
	});

	test("sending and reading have a budget each, by the credential's name", async () => {
		const place = placeOf(kind);
		const budget = openBudget();
		const options = optionsOf(place, { fetch: answering(503).fetch, budget });
		const order = orderOf(place.channel);
		await vendorPager(options)
			.send(order)
			.catch(() => {});
		if (vendorOf(kind).calls.checks.length > 0) await failureOf(() => checkCredential(options, place.channel));
		const name = credentialOf(place.channel);
		expect(new Set([`${name} of ${perMinute}`, `${name}:read of ${perMinute}`, ...budget.taken]).size).toBe(2);
		expect(budget.taken).toContain(`${name} of ${perMinute}`);
	});

	test("after five failures in a row nothing is sent for half a minute, and reading goes on", async () => {
		const place = placeOf(kind);
		const vendor = answering(503);
		const { pager } = guarded(place, vendor.fetch);
		const order = orderOf(place.channel);
		expect(await reasons(mostFailures, () => pager.send(order))).toEqual(Array(mostFailures).fill("unavailable"));
		const before = vendor.asked();
		expect(await reasons(3, () => pager.send(order))).toEqual(Array(3).fill("circuit-open"));
		expect(vendor.asked()).toBe(before);
		if (!canPage(kind)) return;
		const reading = orderOf(place.channel, "high", "receipt-1");
		expect((await failureOf(() => pager.read(reading))).reason).toBe("unavailable");
	});

	test("one probe goes through after that, and a vendor that is well again is used again", async () => {
		const place = placeOf(kind);
		const vendor = answering(503);
		let way = vendor.fetch;
		const { pager } = guarded(place, (input, init) => way(input, init));
		const order = orderOf(place.channel);
		await reasons(mostFailures, () => pager.send(order));
		await place.clock.run(place.clock.now() + pauseSeconds * 1000);
		expect(await reasons(2, () => pager.send(order))).toEqual(["unavailable", "circuit-open"]);
		await place.clock.run(place.clock.now() + pauseSeconds * 1000);
		way = network(place.routes);
		const later = orderOf(place.channel);
		await pager.send(later);
		await pager.send(later);
	});

	test("a refused credential is noted in the ledger, and no secret stands there", async () => {
		const place = placeOf(kind);
		const { pager, ledger } = guarded(place, answering(401).fetch);
		const order = orderOf(place.channel);
		const refused = await failureOf(() => pager.send(order));
		const kept = JSON.stringify(ledger.items());
		expect(kept).toContain(`${credentialOf(place.channel)}`);
		const secrets = Object.keys(vendorOf(kind).secrets).map((name) => place.credential[name] ?? "");
		for (const secret of [...secrets, plantedIdentity.secretAccessKey, plantedIdentity.sessionToken]) {
			expect(secret).not.toBe("");
			expect(kept).not.toContain(secret);
			expect(`${refused.message}${refused.stack}`).not.toContain(secret);
		}
	});
});

/** Those that join nothing, and can be searched. */
const searched = channelKinds.filter((kind) => {
	const { find, looksUpFirst } = vendorOf(kind).calls;
	return find !== undefined || looksUpFirst === true;
});

describe.each(searched)("a vendor of kind %s, which joins nothing, while nothing can be looked for there", (kind) => {
	/** The searches of these vendors read, or have a call of their own. */
	const world = (status: number) => {
		const place = placeOf(kind);
		const [lookUp, other] = [answering(status), network(place.routes)];
		const isSearch = (request: Request): boolean => request.method === "GET" || /search|conversations\./.test(request.url);
		const fetch: typeof globalThis.fetch = async (input, init) => {
			const request = new Request(input, init);
			return isSearch(request) ? lookUp.fetch(request) : other(request);
		};
		return { order: orderOf(place.channel), pager: vendorPager(optionsOf(place, { fetch, budget: openBudget() })), lookUp };
	};

	test("gets a first page all the same", async () => {
		const { pager, order, lookUp } = world(503);
		await pager.send(order);
		expect(lookUp.asked()).toBeGreaterThan(0);
	});

	test("does not get a second time what may be there", async () => {
		const { pager, order } = world(503);
		expect((await failureOf(() => pager.send({ ...order, mayBeThere: true }))).reason).toBe("unavailable");
	});

	test("gets what may be there where it can never be looked for", async () => {
		const { pager, order } = world(403);
		await pager.send({ ...order, mayBeThere: true });
	});
});
