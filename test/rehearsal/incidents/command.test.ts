import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Incident } from "../../../functions/pipeline/model/incident.ts";
import { incident, page, remediation } from "../../functions/pipeline/fixtures.ts";
import { incidents, inProcessOfItsOwn, type Served, served } from "./served.ts";

const minute = 60_000;
const now = Date.now();
const ago = (minutes: number): number => now - minutes * minute;
const by = ["--by", "Ada", "--why", "I am at the carrier"];

const keyOf = (id: string): string => `inc:1:dev:trunk-down:${id}`;
const proven = page({ state: "proven", intendedAt: ago(9), lastAttemptAt: ago(9), acceptedAt: ago(9), provenAt: ago(9), receipt: "Q17" });
const failing = (id: string, change: Partial<Incident> = {}): Incident =>
	incident({
		key: keyOf(id),
		entityId: id,
		entityName: `Trunk ${id}`,
		openedAt: ago(10),
		lastSeenAt: ago(1),
		polledAt: ago(1),
		tier: 1,
		pages: [proven],
		...change,
	});

let world: Served;
beforeAll(async () => {
	world = await served();
});
afterAll(() => world.close());

describe("npm run incidents, as an operator uses it", () => {
	test("lists what is open, the worst first, within 80 columns, and what is closed", async () => {
		await world.put(failing("listed", { entityName: "a name of many words, ".repeat(12), severity: "low" }));
		await world.put(failing("worst", { severity: "critical", acknowledged: { at: ago(2), by: "Bob", tier: 1, channel: "pagerduty" } }));
		await world.put(failing("past", { state: "closed", recoveredAt: ago(5), closedAt: ago(4) }));
		const { status, out } = await world.run("list");
		expect(status).toBe(0);
		const lines = out.trimEnd().split("\n");
		expect(lines.filter((line) => line.length > 80)).toEqual([]);
		expect(lines.slice(0, 5)).toEqual([
			keyOf("worst"),
			"  CRITICAL trunk-down: Trunk worst",
			expect.stringMatching(/^ {2}since \d{4}-\d\d-\d\d \d\d:\d\d UTC, 10 minutes ago$/),
			expect.stringMatching(/^ {2}acknowledged by Bob at \d\d:\d\d UTC$/),
			"",
		]);
		expect(lines).toContain(keyOf("listed"));
		expect(out).not.toContain(keyOf("past"));
		const closed = JSON.parse((await world.run("list", "--closed", "--json")).out);
		expect(closed).toEqual([expect.objectContaining({ key: keyOf("past"), state: "closed", entity: { id: "past", name: "Trunk past" } })]);
	});

	test("shows everything of one, and never its approval link", async () => {
		const link = "https://hook.test/approve?signature=s3cret";
		const remedy = { ...offered, expiresAt: now + minute, link };
		await world.put(failing("shown", { remedy, takenOver: { at: ago(8), reason: "not-launched" } }));
		const { status, out } = await world.run("show", keyOf("shown"));
		expect(status).toBe(0);
		for (const line of [
			"HIGH trunk-down: Trunk shown",
			"State: paged: tier 1",
			/^Overseer: took over at \d\d:\d\d UTC \(not launched\)$/m,
			/^- \d\d:\d\d UTC tier 1, pagerduty: reached at \d\d:\d\d UTC by the workflow, receipt Q17$/m,
			/^- tier 2 is paged at the next tick, unless somebody answers \(not acknowledged\)$/m,
		])
			expect(out.replaceAll("\n  ", " ")).toMatch(line);
		const json = (await world.run("show", keyOf("shown"), "--json")).out;
		expect(JSON.parse(json)).toMatchObject({
			key: keyOf("shown"),
			state: "paged",
			pages: [{ tier: 1, channel: "pagerduty", state: "proven", receipt: "Q17", informs: false }],
			remedy: { kind: "webhook", state: "offered", mode: "approve" },
			next: [{ what: "next-tier", tier: 2, reason: "not-acknowledged" }],
		});
		expect(`${out}${json}`).not.toContain("s3cret");
	});

	test("acknowledges once, after a dry run that changes nothing; twice is no error", async () => {
		const key = keyOf("acknowledged");
		await world.put(failing("acknowledged"));
		const dry = await world.run("acknowledge", key, ...by, "--dry-run");
		expect([dry.status, dry.out.includes("Would be so: Acknowledged")]).toEqual([0, true]);
		expect((await world.read(key))?.acknowledged).toBeUndefined();
		const { status, out } = await world.run("acknowledge", key, ...by);
		expect([status, out.startsWith(`${key}, occurrence 1\nAcknowledged: nobody else is paged for it`)]).toEqual([0, true]);
		const { acknowledged, acts } = (await world.read(key)) ?? {};
		expect(acknowledged).toMatchObject({ by: "Ada", channel: "by hand" });
		expect(acts).toMatchObject([{ did: "acknowledged", by: "Ada", why: "I am at the carrier" }]);
		const again = await world.run("acknowledge", key, "--by", "Bob", "--why", "me too", "--json");
		expect([again.status, JSON.parse(again.out)]).toEqual([0, expect.objectContaining({ reason: "already-acknowledged", dryRun: false })]);
	});

	test("resolves what is not seen any more, and notes what is", async () => {
		await world.put(failing("seen"));
		await world.put(failing("gone", { lastSeenAt: ago(30), polledAt: ago(30) }));
		await world.ledger.write("poller:1:dev", { firstSeenAt: ago(100), okAt: now + 5 * minute, failures: 0 }, 0);
		const noted = await world.run("resolve", keyOf("seen"), ...by);
		expect([noted.status, noted.out.includes("Noted, and not closed: it is still seen to fail")]).toEqual([0, true]);
		expect(await world.read(keyOf("seen"))).toMatchObject({ state: "open", acts: [{ did: "noted" }] });
		const resolved = await world.run("resolve", keyOf("gone"), ...by);
		expect([resolved.status, resolved.out.includes("Resolved by hand")]).toEqual([0, true]);
		expect(await world.read(keyOf("gone"))).toMatchObject({ state: "recovered", acts: [{ did: "resolved" }] });
	});

	test("has everybody told again, also after the last tier, but not twice within a minute", async () => {
		const key = keyOf("again");
		await world.put(failing("again", { tier: 2, exhausted: ago(1) }));
		const { status, out } = await world.run("again", key, ...by);
		expect([status, out.includes("begins at tier 1 within a minute: round 2")]).toEqual([0, true]);
		expect(await world.read(key)).toMatchObject({ round: 2, tier: 1 });
		const second = await world.run("again", key, ...by);
		expect([second.status, second.out.includes("a round began within the last minute")]).toEqual([1, true]);
	});

	test("says of what is closed that nothing is done, and ends with 1", async () => {
		await world.put(failing("closed", { state: "closed", closedAt: ago(4) }));
		const { status, out } = await world.run("acknowledge", keyOf("closed"), ...by);
		expect([status, out.includes("Not done: it was closed at")]).toEqual([1, true]);
	});
});

const offered = {
	state: "offered",
	reason: "approval-needed",
	mode: "approve",
	remedy: remediation().remedy,
	by: "overseer",
	undoAttempts: 0,
} as const;

describe("npm run incidents, used wrongly", () => {
	test.each([
		{ args: [], said: "missing required argument 'what'" },
		{ args: ["lst"], said: "Allowed choices are list, show, acknowledge, resolve, again, dlq" },
		{ args: ["show"], said: "Expected the key of an incident behind show, got none" },
		{ args: ["list", "inc:1"], said: 'Expected nothing behind list, got "inc:1"' },
		{
			args: ["acknowledge", "inc:1"],
			said: "Expected --by <name> and --why <reason> for acknowledge, got no --by and no --why",
		},
		{ args: ["resolve", "inc:1", "--by", "Ada"], said: "got no --why" },
		{ args: ["again", "inc:1", "--by", " ", "--why", "x"], said: "Expected a name, one line of 1 to 64 characters, got 0" },
		{ args: ["dlq", "--redrive"], said: "Expected --by <name> and --why <reason> for dlq" },
		{ args: ["dlq", "--redrive", "--drop", "x", ...by], said: "Expected --redrive or --drop, got both" },
		{ args: ["show", "inc:1", "--closed"], said: "Expected --closed with list only, got it with show" },
		{ args: ["list", "--endpoint", "https://elsewhere.example"], said: "Expected an address of this machine" },
		{ args: ["list", "--stack", "nowhere"], said: "allowed: dev, prod" },
	])("$args: exit status 2, and what is expected", async ({ args, said }) => {
		const { status, out, err } = await incidents(...args);
		expect([status, out]).toEqual([2, ""]);
		expect(err).toContain(said);
	});

	test("a key that is not there: the nearest that is open comes first", async () => {
		await world.put(failing("nearest-one"));
		const { status, err } = await world.run("acknowledge", keyOf("nearest-onn"), ...by);
		expect(status).toBe(2);
		expect(err).toContain(`Expected the key of an incident, one of ${keyOf("nearest-one")}`);
	});

	test("a table that is not there is said without a stack trace", async () => {
		const lost = await world.run("list", "--table", "no-such-table");
		expect([lost.status, lost.out]).toEqual([2, ""]);
		expect(lost.err).toMatch(/^DynamoDB: expected to read what is due, got ResourceNotFoundException \(table no-such-table in http:.*\n$/);
	});
});

describe("npm run incidents, in a process of its own", () => {
	test("asks AWS in the region of the stack's settings, and says what is missing where there are no credentials", async () => {
		const { status, out, err } = await inProcessOfItsOwn("list", "--stack", "prod");
		expect([status, out]).toEqual([2, ""]);
		expect(err.replaceAll(/\s+/g, " ")).toMatch(
			/^DynamoDB: expected to read what is due, got CredentialsProviderError \(table [a-z-]+-prod-incidents in eu-central-1\); expected AWS credentials/,
		);
	});

	test("ends by itself, with the exit status of what it did", async () => {
		await world.put(failing("by-process"));
		const acted = await inProcessOfItsOwn("acknowledge", keyOf("by-process"), ...by, "--endpoint", world.endpoint);
		expect([acted.status, acted.err]).toEqual([0, ""]);
		expect((await world.read(keyOf("by-process")))?.acknowledged?.by).toBe("Ada");
	});
});
