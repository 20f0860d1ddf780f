import { describe, expect, test } from "vitest";
import { createTeams } from "../../../rehearsal/vendors/teams/api.ts";
import { teams } from "../../../rehearsal/vendors/teams.ts";
import { VirtualClock } from "../../../rehearsal/world/clock.ts";

const start = Date.UTC(2026, 10, 24, 10);
const block = (text: unknown) => ({ type: "TextBlock", text, wrap: true });
const card = (change: Readonly<Record<string, unknown>> = {}) => ({
	$schema: "http://adaptivecards.io/schemas/adaptive-card.json",
	type: "AdaptiveCard",
	version: "1.4",
	body: [block("HIGH: down"), { type: "FactSet", facts: [{ title: "tier", value: "1" }] }],
	...change,
});
const contentType = "application/vnd.microsoft.card.adaptive";
const message = (content: unknown = card()) => ({ type: "message", attachments: [{ contentType, content }] });

function channel() {
	const clock = new VirtualClock(start);
	const { fetch, world } = createTeams({ clock });
	const address = world.addFlow("operations");
	const post = async (body: unknown, url = address, type = "application/json") => {
		const text = typeof body === "string" ? body : JSON.stringify(body);
		const answer = await fetch(new Request(url, { method: "POST", headers: { "content-type": type }, body: text }));
		return { status: answer.status, headers: answer.headers, text: await answer.text() };
	};
	return { fetch, world, address, post, later: (seconds: number) => clock.run(clock.now() + seconds * 1000) };
}

/** An address with its query changed. */
function withQuery(address: string, change: (query: URLSearchParams) => void): string {
	const url = new URL(address);
	change(url.searchParams);
	return url.href;
}

describe("the webhook", () => {
	test("answers 202 and nothing, and the card is in the channel a little later", async () => {
		const { address, post, later, world } = channel();
		expect(address).toMatch(/^https:\/\/default[0-9a-f]+\.[0-9a-f]{2}\.environment\.api\.powerplatform\.com:443\/powerautomate\//);
		const answer = await post(message(card({ actions: [{ type: "Action.OpenUrl", title: "Open", url: "https://a.example/" }] })));
		expect({ status: answer.status, text: answer.text }).toEqual({ status: 202, text: "" });
		expect(world.posts()).toEqual([]);
		await later(2);
		const posted = { channel: "operations", at: start + 2000, text: "HIGH: down\ntier: 1", links: ["https://a.example/"] };
		expect(world.posts()).toEqual([posted]);
	});

	const ofAnother = (address: string) => address.replace(/workflows\/[0-9a-f]+/, `workflows/${"0".repeat(32)}`);
	test.each([
		{
			name: "no signature",
			change: (address: string) => withQuery(address, (query) => query.delete("sig")),
			status: 401,
			code: "DirectApiAuthorizationRequired",
		},
		{
			name: "a wrong signature",
			change: (address: string) => withQuery(address, (query) => query.set("sig", "wrong")),
			status: 401,
			code: "DirectApiInvalidAuthorizationSignature",
		},
		{ name: "a flow that there is not", change: ofAnother, status: 404, code: "WorkflowNotFound" },
		{ name: "another path", change: (address: string) => new URL("/", address).href, status: 404, code: "RouteNotFound" },
	])("refuses an address with $name", async ({ change, status, code }) => {
		const { address, post } = channel();
		const answer = await post(message(), change(address));
		expect(answer.status).toBe(status);
		expect(JSON.parse(answer.text)).toEqual({ error: { code, message: expect.any(String) } });
	});

	test("takes no GET, and nothing while its flow is turned off", async () => {
		const { address, fetch, post, world } = channel();
		expect((await fetch(new Request(address))).status).toBe(405);
		world.setState("operations", "Disabled");
		const answer = await post(message());
		expect(answer.status).toBe(400);
		expect(JSON.parse(answer.text)).toMatchObject({ error: { code: "WorkflowTriggerIsNotEnabled" } });
		expect(() => world.setState("nowhere", "Enabled")).toThrow('expected a channel with a flow, got "nowhere"');
	});

	test.each([
		{ name: "no JSON", body: "{", type: "application/json" },
		{ name: "a list", body: "[]", type: "application/json" },
		{ name: "a text", body: JSON.stringify(message()), type: "text/plain" },
	])("refuses a body that is $name", async ({ body, type }) => {
		const { address, post } = channel();
		const answer = await post(body, address, type);
		expect(answer.status).toBe(400);
		expect(JSON.parse(answer.text)).toMatchObject({ error: { code: "TriggerInputSchemaMismatch" } });
	});

	test("throttles a flow that is called too often", async () => {
		const { post, later } = channel();
		for (let count = 0; count < 100; count += 1) expect((await post(message())).status).toBe(202);
		const refused = await post(message());
		expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "60"]);
		await later(60);
		expect((await post(message())).status).toBe(202);
	});
});

describe("a run of its flow", () => {
	test.each([
		{ name: "no attachments", body: { text: "HIGH: down" }, problem: "of type 'Null'" },
		{ name: "attachments of nothing", body: { type: "message", attachments: [] }, problem: "No message" },
		{ name: "no message", body: { ...message(), type: "text" }, problem: "No message" },
		{
			name: "another attachment",
			body: { type: "message", attachments: [{ contentType: "text/html", content: "x" }] },
			problem: contentType,
		},
		{ name: "a card of no type", body: message(card({ type: "Card" })), problem: "'AdaptiveCard'" },
		{ name: "a card as text", body: message(JSON.stringify(card())), problem: "'AdaptiveCard'" },
		{ name: "a card of tomorrow", body: message(card({ version: "1.6" })), problem: "'version'" },
		{ name: "a card of no version", body: message(card({ version: 1.4 })), problem: "'version'" },
		{ name: "a card without a body", body: message(card({ body: [] })), problem: "body" },
		{ name: "a block without a text", body: message(card({ body: [block(undefined)] })), problem: "'text'" },
		{ name: "facts of nothing", body: message(card({ body: [{ type: "FactSet", facts: [] }] })), problem: "'facts'" },
		{ name: "an element of tomorrow", body: message(card({ body: [{ type: "Hologram" }] })), problem: "'Hologram'" },
		{ name: "more than 28 KB", body: message(card({ body: [block("x".repeat(28 * 1024))] })), problem: "too large" },
	])("fails with $name, and whoever called hears nothing of it", async ({ body, problem }) => {
		const { post, later, world } = channel();
		expect((await post(body)).status).toBe(202);
		await later(2);
		expect(world.runs()).toEqual([{ channel: "operations", problem: expect.stringContaining(problem) }]);
		expect(world.posts()).toEqual([]);
	});

	test("that posts has no problem", async () => {
		const { post, later, world } = channel();
		await post(message());
		await later(2);
		expect(world.runs()).toEqual([{ channel: "operations" }]);
	});
});

describe("the account", () => {
	const open = () => {
		const clock = new VirtualClock(start);
		const account = teams.open({ clock, account: {}, channels: [{ channel: "operations" }, { channel: "management" }] });
		const post = async (place: string, text: string): Promise<number> => {
			const address = account.secrets[`teams-${place}-webhook`] ?? "";
			const body = JSON.stringify(message(card({ body: [block(text)] })));
			const answer = await account.fetch(new Request(address, { method: "POST", headers: { "content-type": "application/json" }, body }));
			await clock.run(clock.now() + 2000);
			return answer.status;
		};
		return { account, post };
	};

	test("has an address for each channel, on one host", async () => {
		const { account, post } = open();
		const addresses = Object.values(account.secrets);
		expect(new Set(addresses.map((address) => new URL(address).host))).toEqual(new Set(Object.values(account.hosts)));
		await post("management", "HIGH: down");
		await post("operations", "RECOVERED: up");
		expect(account.arrivals()).toMatchObject([
			{ place: "management", kind: "page", text: "HIGH: down", arrived: true },
			{ place: "operations", kind: "end", text: "RECOVERED: up", arrived: true },
		]);
	});

	test("answers, loses and refuses as a scenario wants", async () => {
		const { account, post } = open();
		const down = account.begin({ does: "answers", status: 503 });
		expect(await post("operations", "x")).toBe(503);
		down();
		const again = account.refuse("operations");
		expect([await post("operations", "x"), await post("management", "x")]).toEqual([401, 202]);
		again();
		account.begin({ does: "loses" });
		expect(await post("operations", "x")).toBe(202);
		expect(account.arrivals()).toHaveLength(1);
		expect(() => account.begin({ does: "groups" })).toThrow("Expected a fault of Microsoft Teams, got groups");
	});
});
