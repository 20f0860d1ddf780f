import { describe, expect, test } from "vitest";
import { memoryLedger } from "../../functions/edges/memory/ledger.ts";
import { EdgeError, type Ledger } from "../../functions/pipeline/ports.ts";
import { receive } from "../../functions/pipeline/run.ts";
import { prometheusAlert, prometheusGroup } from "./alerts.ts";
import { webhook, world } from "./alertWorld.ts";
import { reading, seconds, settings } from "./pipeline/fixtures.ts";
import { setUp, token } from "./webhookWorld.ts";

const path = "/webhook/alertmanager";

const bearer = { authorization: `Bearer ${token}` };

const alert = (change: object = {}, labels: object = {}) => prometheusAlert(change, { condition: "trunk-down", ...labels });

const group = (...alerts: readonly unknown[]): string => JSON.stringify(prometheusGroup(alerts));

describe("an alert was confirmed by its own system", () => {
	test("so one that fires opens an incident, its repeat is the same one, and one that is resolved ends it", async () => {
		const { send, logged, advance, ports } = world();
		expect(await send(group(alert()), bearer, path)).toEqual({ status: 202, outcome: "taken", count: 1 });
		advance(3600);
		await send(group(alert()), bearer, path);
		advance(1);
		expect(await send(group(alert({ status: "resolved" })), bearer, path)).toEqual({ status: 202, outcome: "taken", count: 1 });
		expect(logged.map(({ what }) => what)).toEqual([
			"observed",
			"incident-opened",
			"routed",
			"queued",
			"observed",
			"incident-seen-again",
			"observed",
			"recovered",
		]);
		expect(Object(ports.queue).bodies()).toHaveLength(1);
		const stored = (await ports.ledger.read("inc:1:dev:trunk-down:base-1"))?.value;
		expect(stored).toMatchObject({ severity: "critical", summary: expect.stringContaining("No answer to SIP OPTIONS for 5 minutes") });
	});

	test("its end is told once, so it ends at once also where it flaps", async () => {
		const { send, logged, advance } = world();
		for (let outage = 0; outage < 4; outage += 1) {
			await send(group(alert()), bearer, path);
			advance(60);
			await send(group(alert({ status: "resolved" })), bearer, path);
			advance(60);
		}
		expect(logged.filter(({ what }) => what === "recovered")).toHaveLength(4);
	});

	test("who opened it ends it: the poll sees nothing and ends nothing, and an alert ends no incident of the poll", async () => {
		const poll = (at: number, verdict: "breach" | "clear") => reading({ source: "poller", verdict, observedAt: seconds(at) });
		const { send, logged, ports } = world();
		await send(group(alert()), bearer, path);
		for (const at of [60, 120, 180, 240]) await receive(ports, poll(at, "clear"));
		expect(logged.map(({ what }) => what)).not.toContain("recovered");
		await send(group(alert({ status: "resolved" })), bearer, path);
		expect(logged.map(({ what }) => what)).toContain("recovered");

		const polled = world();
		for (const at of [0, 60]) await receive(polled.ports, poll(at, "breach"));
		polled.advance(90);
		await polled.send(group(alert({ status: "resolved" })), bearer, path);
		expect(polled.logged.map(({ what }) => what)).not.toContain("recovered");
		for (const at of [120, 180, 240]) await receive(polled.ports, poll(at, "clear"));
		expect(polled.logged.at(-1)).toMatchObject({ what: "recovered" });
	});

	test("where our words have no place for what it says, its own words stand at the end of the summary", async () => {
		const overflow = { enabled: true, severity: "medium", breachesToOpen: 2, clearsToClose: 3, remediation: "observe" } as const;
		const runbooks = { "queue-overflow": { ...overflow, waitingOver: 1, longestWaitSecondsOver: 1, queues: [] } };
		const { send, logged } = world({ settings: { ...settings, webhook, runbooks } });
		await send(group(alert({}, { condition: "queue-overflow" })), bearer, path);
		expect(logged.find(({ what }) => what === "incident-opened")?.detail).toBe(
			"Queue Frankfurt-1 overflows: an unknown number waiting (staffing not known): No answer to SIP OPTIONS for 5 minutes",
		);
	});

	test("one request may tell of several entities, each an incident", async () => {
		const { send, ports } = world();
		const other = alert({}, { trunk: "base-2" });
		expect(await send(group(alert(), other), bearer, path)).toEqual({ status: 202, outcome: "taken", count: 2 });
		expect(Object(ports.queue).bodies()).toHaveLength(2);
	});
});

describe("several alerts of one entity", () => {
	test("are one incident, which ends once none of them fires", async () => {
		const { send, logged, ports } = world();
		const second = { fingerprint: "0000000000000002" };
		await send(group(alert()), bearer, path);
		await send(group(alert(second)), bearer, path);
		const early = await send(group(alert({ ...second, status: "resolved" })), bearer, path);
		expect(early).toEqual({ status: 202, outcome: "another-still-fires", count: 0 });
		expect(logged.at(-1)).toEqual({
			what: "observed",
			incident: "inc:1:dev:trunk-down:base-1",
			outcome: "clear",
			detail: "Frankfurt-1: another-still-fires",
		});
		expect((await ports.ledger.read("inc:1:dev:trunk-down:base-1"))?.value).toMatchObject({ state: "open", occurrence: 1 });
		expect(await send(group(alert({ status: "resolved" })), bearer, path)).toMatchObject({ outcome: "taken", count: 1 });
		expect(logged.at(-1)).toMatchObject({ what: "recovered" });
	});

	test("may be told by several systems", async () => {
		const mapping = { alerts: "$", condition: "$.kind", entityId: "$.id", verdict: "$.state", alert: "$.check" };
		const probe = { ...mapping, verdicts: { bad: "breach", good: "clear" }, conditions: {}, severities: {}, entities: {} } as const;
		const { send, logged } = world({ settings: { ...settings, webhook: { ...webhook, json: { probe } } } });
		const post = (state: string) =>
			send(JSON.stringify({ kind: "trunk-down", id: "base-1", state, check: "sip" }), bearer, "/webhook/probe");
		await post("bad");
		await send(group(alert()), bearer, path);
		expect(await post("good")).toMatchObject({ outcome: "another-still-fires" });
		await send(group(alert({ status: "resolved" })), bearer, path);
		expect(logged.at(-1)).toMatchObject({ what: "recovered" });
	});
});

describe("a large request", () => {
	const many = (count: number, change: object = {}) => Array.from({ length: count }, (_, index) => alert(change, { trunk: `t-${index}` }));

	test("is heard side by side, in its order, and never with more than sixteen questions to the ledger at once", async () => {
		const plain = memoryLedger({ now: () => seconds(0) });
		let [now, most] = [0, 0];
		const ledger: Ledger = {
			...plain,
			read: async (key) => {
				now += 1;
				most = Math.max(most, now);
				await new Promise((done) => setImmediate(done));
				now -= 1;
				return plain.read(key);
			},
		};
		const { send, logged } = world({ ledger });
		expect(await send(group(...many(20)), bearer, path)).toMatchObject({ status: 202, count: 20 });
		expect(most).toBe(16);
		const observed = logged.flatMap(({ what, incident = "" }) => (what === "observed" ? [incident] : []));
		expect(observed).toEqual(many(20).map((_, index) => `inc:1:dev:trunk-down:t-${index}`));
	});

	test("of more than 64 entities is 400, and the first 64 are taken, those that fail before the others", async () => {
		const { send, logged, ports } = world();
		const slim = { annotations: {}, generatorURL: "" };
		const answer = await send(
			group(...many(60, { ...slim, status: "resolved" }), alert(slim), alert(slim, { trunk: "last" })),
			bearer,
			path,
		);
		expect(answer).toMatchObject({ status: 202, count: 62 });
		const resolved = many(64, { ...slim, status: "resolved" });
		const over = await send(group(...resolved, alert(slim, { trunk: "new" })), bearer, path);
		expect(over).toEqual({
			status: 400,
			outcome: "malformed",
			count: 64,
			detail: "alerts: expected those of at most 64 entities in one request, got 65",
		});
		expect(logged.at(-1)).toMatchObject({ what: "error", outcome: "alerts-not-understood" });
		expect((await ports.ledger.read("inc:1:dev:trunk-down:new"))?.value).toMatchObject({ state: "open" });
	});
});

describe("who may tell", () => {
	test.each([
		{ name: "no header", headers: {}, outcome: "missing-authorization" },
		{ name: "another token", headers: { authorization: "Bearer guess" }, outcome: "mismatch" },
		{ name: "another scheme", headers: { authorization: `Basic ${token}` }, outcome: "missing-authorization" },
		{ name: "a wrong signature", headers: { "x-runbooks-signature": "v1=00", "x-runbooks-timestamp": "1" }, outcome: "out-of-window" },
	])("$name: 401, and nothing is read", async ({ headers, outcome }) => {
		const { send, logged } = world();
		expect(await send("not even JSON", headers, path)).toMatchObject({ status: 401, outcome });
		expect(logged).toEqual([]);
	});

	test("each of the tokens that are valid now, and our own signature, once a request", async () => {
		const { send, post } = world();
		for (const authorization of [bearer.authorization, "bearer the token of tomorrow"])
			expect(await send(group(alert()), { authorization }, path)).toMatchObject({ status: 202 });
		expect(await post(group(alert()), { path })).toMatchObject({ status: 202 });
		expect(await post(group(alert()), { path })).toMatchObject({ status: 200, outcome: "already-taken" });
	});

	test("nobody while no token is configured, not even with an empty one", async () => {
		const { send } = world({ webhookTokens: async () => [""] });
		expect(await send(group(alert()), { authorization: "Bearer " }, path)).toMatchObject({ status: 401, outcome: "no-token" });
	});

	test("a token is no signature of our own document", async () => {
		const { send } = world();
		expect(await send(JSON.stringify(reading()), bearer, "/")).toMatchObject({ status: 401, outcome: "missing-signature" });
	});

	test("a format that the settings do not name is 404", async () => {
		const { send } = setUp();
		expect(await send(group(alert()), bearer, path)).toMatchObject({ status: 404, outcome: "unknown-format" });
	});
});

describe("what is not understood", () => {
	test("400 names the places; what is right is taken all the same, and the system says so itself", async () => {
		const { send, logged, ports } = world();
		const answer = await send(group(alert({}, { condition: "s3cret" }), alert()), bearer, path);
		expect(answer).toEqual({
			status: 400,
			outcome: "malformed",
			count: 1,
			detail: "alerts[0].labels.condition: expected one of trunk-down, got another",
		});
		expect(Object(ports.queue).bodies()).toHaveLength(1);
		expect(logged.at(-1)).toMatchObject({ what: "error", outcome: "alerts-not-understood" });
	});

	test.each(["", "{", "[1"])("no JSON: %j", async (body) => {
		const { send } = world();
		expect(await send(body, bearer, path)).toMatchObject({ status: 400, outcome: "malformed" });
	});

	test("more than 64 KB is 413", async () => {
		const { send } = world();
		expect(await send("x".repeat(65_537), {}, path)).toMatchObject({ status: 413 });
	});
});

test("where one of several cannot be kept the others are, and the sender's repeat completes it", async () => {
	const plain = memoryLedger({ now: () => seconds(0) });
	let broken = true;
	const ledger: Ledger = {
		...plain,
		write: async (key, ...rest) => {
			if (broken && key === "inc:1:dev:trunk-down:base-1")
				throw new EdgeError("unavailable", "expected to write, got 500", { retry: true });
			return plain.write(key, ...rest);
		},
	};
	const { send, ports } = world({ ledger });
	const body = group(alert(), alert({}, { trunk: "base-2" }));
	await expect(send(body, bearer, path)).rejects.toThrow("got 500");
	expect(Object(ports.queue).bodies()).toHaveLength(1);
	broken = false;
	expect(await send(body, bearer, path)).toMatchObject({ status: 202, count: 2 });
	expect(Object(ports.queue).bodies()).toHaveLength(2);
});
