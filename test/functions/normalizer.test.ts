import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { memoryLedger } from "../../functions/edges/memory/ledger.ts";
import type { Reading } from "../../functions/pipeline/model/incident.ts";
import { EdgeError, type Ledger } from "../../functions/pipeline/ports.ts";
import { reading, seconds, settings } from "./pipeline/fixtures.ts";
import { setUp } from "./webhookWorld.ts";

const document = (change: Partial<Reading> = {}): string => JSON.stringify(reading({ source: "webhook", ...change }));

describe("the webhook", () => {
	test("takes a signed reading as one look: two of them a minute apart open one incident and queue it once", async () => {
		const { post, advance, logged, ports } = setUp();
		expect(await post(document())).toEqual({ status: 202, outcome: "taken" });
		advance(60);
		expect(await post(document({ observedAt: seconds(60) }), { base64: true })).toEqual({ status: 202, outcome: "taken" });
		expect(logged.map(({ what }) => what)).toEqual(["observed", "observed", "incident-opened", "routed", "queued"]);
		expect(Object(ports.queue).bodies()).toHaveLength(1);
	});

	test("takes the very same request once", async () => {
		const { post, logged } = setUp();
		await post(document());
		expect(await post(document())).toMatchObject({ status: 200, outcome: "already-taken" });
		expect(logged).toHaveLength(1);
	});

	test.each([0, 300])("remembers a request for as long as its signature is good, by a sender's clock that is %i s ahead", async (ahead) => {
		const { post, advance, logged } = setUp();
		const timestamp = String(seconds(ahead) / 1000);
		await post(document(), { timestamp });
		advance(300 + ahead);
		expect(await post(document(), { timestamp })).toMatchObject({ status: 200, outcome: "already-taken" });
		advance(1);
		expect(await post(document(), { timestamp })).toMatchObject({ status: 401 });
		expect(logged.filter(({ what }) => what === "observed")).toHaveLength(1);
	});

	test.each([
		{ name: "a wrong signature", change: { signature: "v1=00" }, outcome: "mismatch" },
		{ name: "no signature", change: { signature: "" }, outcome: "missing-signature" },
		{ name: "an old timestamp", change: { timestamp: String(seconds(-301) / 1000) }, outcome: "out-of-window" },
		{ name: "a timestamp that is none", change: { timestamp: "now" }, outcome: "malformed-timestamp" },
	])("answers 401 to $name, says why, and reads nothing", async ({ change, outcome }) => {
		const { post, logged } = setUp();
		expect(await post("not even JSON", change)).toMatchObject({ status: 401, outcome });
		expect(logged).toEqual([]);
	});

	test.each([
		{ name: "no JSON", body: "{", says: /expected|Invalid/ },
		{ name: "an unknown condition", body: JSON.stringify({ ...reading(), condition: "coffee-cold" }), says: /condition/ },
		{
			name: "a claim to be confirmed, which only other systems' alerts are",
			body: JSON.stringify({ ...reading(), confirmed: true }),
			says: /confirmed/,
		},
		{
			name: "an entity that no key can hold",
			body: JSON.stringify({ ...reading(), entity: { id: "a b", name: "x" } }),
			says: /entity\.id/,
		},
	])("answers 400 to $name, with the place", async ({ body, says }) => {
		const { post } = setUp();
		const answer = await post(body);
		expect(answer).toMatchObject({ status: 400, outcome: "malformed" });
		expect(answer.detail).toMatch(says);
	});

	test("answers 400 to an entity whose incident no dedup key of this stack could hold, with how long it may be", async () => {
		const { post } = setUp({ settings: { ...settings, environment: "e".repeat(20) } });
		const entity = (length: number) => JSON.stringify({ ...reading(), entity: { id: "x".repeat(length), name: "x" } });
		expect(await post(entity(54))).toMatchObject({ status: 202 });
		expect(await post(entity(55))).toMatchObject({ status: 400, detail: "entity.id: expected at most 54 characters" });
	});

	test("answers 422 to a condition that no webhook may report", async () => {
		const { post } = setUp();
		expect(await post(document({ condition: "platform-unreachable" }))).toMatchObject({ status: 422, outcome: "runbook-not-enabled" });
	});

	test("answers 413 to a body over 64 KB before it looks at the signature, and takes one of exactly 64 KB", async () => {
		const { post, logged } = setUp();
		const frame = document({ raw: "" }).length;
		expect(await post(document({ raw: "x".repeat(65_537 - frame) }), { signature: "v1=00" })).toEqual({
			status: 413,
			outcome: "too-large",
			detail: "expected a body of at most 65536 bytes, got 65537",
		});
		expect(await post(document({ raw: "é".repeat(33_000) }))).toMatchObject({ status: 413 });
		expect(logged).toEqual([]);
		expect(await post(document({ raw: "x".repeat(65_536 - frame) }))).toEqual({ status: 202, outcome: "taken" });
	});

	test("the same request, sent again after the incident could not be written, opens it", async () => {
		const plain = memoryLedger({ now: () => seconds(0) });
		let broken = true;
		const ledger: Ledger = {
			...plain,
			write: async (key, ...rest) => {
				if (broken && key.startsWith("inc:")) throw new EdgeError("unavailable", "DynamoDB: expected to write, got 500", { retry: true });
				return plain.write(key, ...rest);
			},
		};
		const atOnce = {
			...settings,
			runbooks: { "trunk-down": { enabled: true, severity: "high", breachesToOpen: 1, clearsToClose: 3, remediation: "observe" } },
		} as const;
		const { post, logged, ports } = setUp({ ledger, settings: { ...settings, ...atOnce } });
		await expect(post(document())).rejects.toThrow("got 500");
		broken = false;
		expect(await post(document())).toEqual({ status: 202, outcome: "taken" });
		expect(logged.map(({ what }) => what)).toEqual(["observed", "observed", "incident-opened", "routed", "queued"]);
		expect(Object(ports.queue).bodies()).toHaveLength(1);
		expect(await post(document())).toMatchObject({ status: 200, outcome: "already-taken" });
	});

	test.each([
		{ name: "a 64-bit id", raw: '{"alertId":9223372036854775807}' },
		{ name: "nanoseconds", raw: '{"startsAt":1795679946305000123}' },
		{ name: "a huge number", raw: "1e200" },
		{ name: "a tiny number", raw: "1e-200" },
		{ name: "nesting", raw: `${"[".repeat(20_000)}${"]".repeat(20_000)}` },
		{ name: "a name that is none", raw: '{"__proto__":{"":1}}' },
		{ name: "half a surrogate pair", raw: '"\\ud83d"' },
	])("opens an incident on a reading whose raw holds $name, and logs its text once", async ({ raw }) => {
		const { post, advance, logged, ports } = setUp();
		const withRaw = (at: number): string => document({ observedAt: seconds(at), raw: "RAW" }).replace('"RAW"', () => raw);
		await post(withRaw(0));
		advance(60);
		expect(await post(withRaw(60))).toEqual({ status: 202, outcome: "taken" });
		advance(60);
		await post(withRaw(120));
		expect(logged.flatMap((entry) => (entry.raw === undefined ? [] : [[entry.what, entry.raw]]))).toEqual([
			["incident-opened", raw.length > 8192 ? `${raw.slice(0, 8189)}...` : raw],
		]);
		const stored = (await ports.ledger.read("inc:1:dev:trunk-down:base-1"))?.value;
		expect(Object(stored).reading).not.toHaveProperty("raw");
	});

	test("bounds the metrics that the ledger cannot hold, and refuses more than fifty", async () => {
		const { post, advance, ports } = setUp();
		const metrics = { bytes: 1e200, rate: 1e-200, calls: 3 };
		await post(document({ metrics }));
		advance(60);
		expect(await post(document({ metrics, observedAt: seconds(60) }))).toEqual({ status: 202, outcome: "taken" });
		const stored = (await ports.ledger.read("inc:1:dev:trunk-down:base-1"))?.value;
		expect(Object(stored).reading.metrics).toEqual({ bytes: Number.MAX_SAFE_INTEGER, rate: 0, calls: 3 });
		const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`m${index}`, index]));
		expect(await post(document({ metrics: many }))).toMatchObject({ status: 400, outcome: "malformed" });
	});

	test("any JSON in raw and any numbers in metrics open an incident", async () => {
		const raw = fc.jsonValue();
		const metrics = fc.dictionary(fc.string({ minLength: 1, maxLength: 64 }), fc.double({ noNaN: true, noDefaultInfinity: true }), {
			maxKeys: 50,
			noNullPrototype: true,
		});
		const name = fc.string({ unit: "binary", minLength: 1, maxLength: 100 });
		await fc.assert(
			fc.asyncProperty(raw, metrics, name, async (given, numbers, called) => {
				const { post, advance, ports } = setUp();
				const entity = { id: "base-1", name: called };
				await post(document({ raw: given, metrics: numbers, entity }));
				advance(60);
				const second = await post(document({ raw: given, metrics: numbers, entity, observedAt: seconds(60) }));
				expect(second).toEqual({ status: 202, outcome: "taken" });
				const stored = (await ports.ledger.read("inc:1:dev:trunk-down:base-1"))?.value;
				expect(Object(stored).entityName).toBe(called.toWellFormed());
			}),
			{ numRuns: 200, seed: 20261124 },
		);
	});

	test("a sender whose clock runs ahead does not make the polls of the next minutes look old", async () => {
		const { post, logged, advance, ports } = setUp();
		await post(document({ observedAt: seconds(240) }));
		advance(60);
		await post(document({ observedAt: seconds(60) }));
		const looks = logged.filter(({ what }) => what === "observed");
		expect(looks.map(({ detail }) => detail?.split(", ")[1])).toEqual(["breach-counted", "breach-streak-reached"]);
		expect(Object(ports.queue).bodies()).toHaveLength(1);
	});
});
