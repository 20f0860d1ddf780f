import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createReceiver } from "../../../rehearsal/vendors/signedWebhook/receiver.ts";
import { signedWebhook } from "../../../rehearsal/vendors/signedWebhook.ts";
import { VirtualClock } from "../../../rehearsal/world/clock.ts";

const start = Date.UTC(2026, 10, 24, 10);
const url = "https://pager.customer.example/orders";
const schema = "genesyscloud-runbooks/page/1";
const key = "inc:1:dev:trunk-down:b1:1:1";
const page = { schema, action: "page", key, title: "SIP trunk down", entity: "Frankfurt", details: { tier: "1" } };

interface Change {
	readonly secret?: string;
	readonly timestamp?: string;
	readonly signature?: string;
	readonly method?: string;
	readonly url?: string;
}

function endpoint() {
	const clock = new VirtualClock(start);
	const receiver = createReceiver(clock);
	receiver.addEndpoint("own-pager", url);
	const secretOf = receiver.secretOf("own-pager");
	const signed = (order: unknown, change: Change = {}): Request => {
		const body = typeof order === "string" ? order : JSON.stringify(order);
		const { secret = secretOf, timestamp = String(Math.floor(clock.now() / 1000)), method = "POST" } = change;
		const signature = change.signature ?? `v1=${createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex")}`;
		const headers = { "x-runbooks-timestamp": timestamp, "x-runbooks-signature": signature };
		return new Request(change.url ?? url, { method, headers, ...(method === "POST" ? { body } : {}) });
	};
	const answerTo = async (request: Request) => {
		const answer = await receiver.fetch(request);
		return { status: answer.status, ...Object(await answer.json()) };
	};
	const ask = (order: unknown, change?: Change) => answerTo(signed(order, change));
	const say = (action: string, change?: Change) => ask({ schema, action, key }, change);
	return { clock, receiver, signed, answerTo, ask, say, later: (seconds: number) => clock.run(clock.now() + seconds * 1000) };
}

describe("a signed order", () => {
	test("pages once for one key, and tells of it", async () => {
		const { ask, say, receiver, later } = endpoint();
		expect(await ask(page)).toEqual({ status: 200, receipt: "P1", state: "delivered", key });
		await later(1);
		expect(await ask(page)).toMatchObject({ receipt: "P1" });
		expect(await say("read")).toEqual({ status: 200, receipt: "P1", state: "delivered", key });
		expect(receiver.pages()).toMatchObject([{ key, title: "SIP trunk down", entity: "Frankfurt", createdAt: start }]);
	});

	test("acknowledges what is open and resolves what is not over; what is over stays over", async () => {
		const { ask, say, later, receiver } = endpoint();
		await ask(page);
		expect(await say("acknowledge")).toMatchObject({ state: "acknowledged", by: "on-call runbooks" });
		await later(1);
		expect(await say("resolve")).toMatchObject({ state: "resolved" });
		for (const action of ["acknowledge", "resolve", "page"]) {
			await later(1);
			expect(await say(action)).toMatchObject({ state: "resolved" });
		}
		expect(receiver.pages()).toMatchObject([{ resolvedAt: start + 1000 }]);
	});

	test.each(["read", "acknowledge", "resolve"])("to %s what there is not is answered 404", async (action) => {
		expect(await endpoint().say(action)).toEqual({ status: 404, error: "unknown key" });
	});

	test("to check is answered, however often", async () => {
		const { say } = endpoint();
		expect(await say("check")).toEqual({ status: 200, state: "ready" });
		expect(await say("check")).toEqual({ status: 200, state: "ready" });
	});

	test.each([
		"text",
		"[]",
		{ ...page, schema: "genesyscloud-runbooks/page/2" },
		{ ...page, action: "ring" },
		{ ...page, key: "" },
		{ ...page, key: "k".repeat(101) },
		{ ...page, title: "t".repeat(131) },
		{ ...page, details: { tier: 1 } },
	])("that is none is answered 400: %j", async (order) => {
		const { ask, receiver } = endpoint();
		expect(await ask(order)).toEqual({ status: 400, error: "malformed" });
		expect(receiver.pages()).toEqual([]);
	});
});

describe("a request", () => {
	test.each([
		{ name: "with another secret", change: { secret: "PLANTED-secret" } },
		{ name: "without a signature", change: { signature: "" } },
		{ name: "without a timestamp", change: { timestamp: "" } },
		{ name: "with a timestamp that is none", change: { timestamp: "now" } },
		{ name: "of more than five minutes ago", change: { timestamp: String(start / 1000 - 301) } },
		{ name: "of more than five minutes ahead", change: { timestamp: String(start / 1000 + 301) } },
	])("$name is answered 401, and nothing is done", async ({ change }) => {
		const { ask, receiver } = endpoint();
		expect(await ask(page, change)).toEqual({ status: 401, error: "signature" });
		expect(receiver.pages()).toEqual([]);
	});

	test.each([-300, 300])("whose timestamp is %d s off is believed", async (seconds) => {
		expect(await endpoint().ask(page, { timestamp: String(start / 1000 + seconds) })).toMatchObject({ status: 200 });
	});

	test("whose body was changed on the way is answered 401", async () => {
		const { ask, signed } = endpoint();
		const signature = signed(page).headers.get("x-runbooks-signature") ?? "";
		expect(await ask({ ...page, key: "another" }, { signature })).toMatchObject({ status: 401 });
	});

	test("that comes a second time changes nothing", async () => {
		const { ask, signed, answerTo, later, receiver } = endpoint();
		await ask(page);
		const acknowledgement = signed({ schema, action: "acknowledge", key });
		const copy = acknowledgement.clone();
		await answerTo(acknowledgement);
		receiver.change("own-pager", "delivered", "Ada");
		await later(200);
		expect(await answerTo(copy)).toMatchObject({ status: 200, state: "delivered" });
		await later(700);
		expect(await ask({ schema, action: "acknowledge", key })).toMatchObject({ state: "acknowledged" });
	});

	test("to another address or by another method is answered 404, and one to an endpoint whose secret was revoked 401", async () => {
		const { ask, receiver } = endpoint();
		expect(await ask(page, { url: "https://pager.customer.example/other" })).toMatchObject({ status: 404 });
		expect(await ask(page, { method: "GET" })).toMatchObject({ status: 404 });
		const end = receiver.revoke("own-pager");
		expect(await ask(page)).toMatchObject({ status: 401 });
		end();
		expect(await ask(page)).toMatchObject({ status: 200 });
	});
});

describe("the emulator", () => {
	function opened() {
		const clock = new VirtualClock(start);
		const account = signedWebhook.open({ clock, ...signedWebhook.demo });
		const secret = account.secrets["signedWebhook-own-pager-signingSecret"] ?? "";
		const send = async (order: Readonly<Record<string, unknown>>) => {
			const body = JSON.stringify(order);
			const timestamp = String(clock.now() / 1000);
			const signature = `v1=${createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex")}`;
			const headers = { "x-runbooks-timestamp": timestamp, "x-runbooks-signature": signature };
			return (await account.fetch(new Request(url, { method: "POST", headers, body }))).status;
		};
		return { account, send, later: (seconds: number) => clock.run(clock.now() + seconds * 1000) };
	}

	test("shows what people did with what arrived", async () => {
		const { account, send, later } = opened();
		await send(page);
		await later(1);
		expect([account.acknowledge("own-pager", "Ada"), account.acknowledge("own-pager", "Ada")]).toEqual([1, 0]);
		const arrival = { place: "own-pager", kind: "page", at: start, text: "SIP trunk down", arrived: true };
		const record = { key, source: "Frankfurt", details: { tier: "1" } };
		expect(account.arrivals()).toEqual([{ ...arrival, record, answeredAt: start + 1000 }]);
		expect(account.unacknowledge("own-pager", "Ada")).toBe(1);
		expect(account.arrivals()).toEqual([{ ...arrival, record }]);
		expect(account.act("resolve", "own-pager", "Ada")).toBe(1);
		expect(account.arrivals()).toEqual([{ ...arrival, record, resolvedAt: start + 1000 }]);
		await send({ ...page, key: `${key}r2` });
		expect([account.act("delete", "own-pager", "Ada"), account.act("delete", "own-pager", "Ada")]).toEqual([1, 0]);
		expect(account.arrivals()[1]).toMatchObject({ resolvedAt: start + 1000 });
		expect(() => account.act("merge", "own-pager", "Ada")).toThrow("expected resolve or delete, got merge");
	});

	test("answers with what is broken, loses what it has said yes to, and has no other faults", async () => {
		const { account, send, later } = opened();
		const ends = [account.begin({ does: "answers", status: 503 })];
		expect(await send(page)).toBe(503);
		for (const end of ends) end();
		const found = account.begin({ does: "loses" });
		expect(await send(page)).toBe(200);
		expect(account.arrivals()).toEqual([]);
		found();
		await later(1);
		expect(await send(page)).toBe(200);
		expect(account.arrivals()).toHaveLength(1);
		const end = account.refuse("own-pager");
		expect(await send(page)).toBe(401);
		end();
		expect(() => account.begin({ does: "groups" })).toThrow("Expected a fault of the signed webhook, got groups");
	});
});
