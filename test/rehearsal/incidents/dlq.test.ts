import { afterAll, beforeAll, expect, test } from "vitest";
import { incident } from "../../functions/pipeline/fixtures.ts";
import { type Served, served } from "./served.ts";

const by = ["--by", "Ada", "--why", "the role is mended"];
const open = incident({ openedAt: Date.now() - 600_000, lastSeenAt: Date.now() });
const message = { incidentKey: open.key, occurrence: 1 };

let world: Served;
beforeAll(async () => {
	world = await served();
	await world.put(open);
});
afterAll(() => world.close());

test("no dead letter is one line", async () => {
	expect(await world.run("dlq")).toEqual({ status: 0, out: "There is no dead letter.\n", err: "" });
});

test("dead letters are listed with their incident, sent back with a record, and what is no message of ours stays until it is dropped", async () => {
	await world.bury(JSON.stringify(message));
	await world.bury("{}");
	const { count, letters } = JSON.parse((await world.run("dlq", "--json")).out);
	expect(count).toBe(2);
	expect(letters).toEqual([
		{ id: expect.any(String), incident: open.key, occurrence: 1, sentAt: expect.any(String), standing: "launch" },
		{ id: expect.any(String), sentAt: expect.any(String), standing: "malformed" },
	]);

	const dry = await world.run("dlq", "--redrive", ...by, "--dry-run");
	expect([dry.status, dry.out.includes("would be sent back"), (await world.bodies("dead")).length]).toEqual([1, true, 2]);
	expect((await world.read(open.key))?.acts).toBeUndefined();

	const back = await world.run("dlq", "--redrive", ...by);
	expect([back.status, back.out.includes("left there")]).toEqual([1, true]);
	expect(await world.bodies("dispatch")).toEqual([JSON.stringify(message)]);
	expect(await world.bodies("dead")).toEqual(["{}"]);
	expect((await world.read(open.key))?.acts).toMatchObject([{ did: "redriven", by: "Ada", why: "the role is mended" }]);

	const [, malformed] = letters;
	const wrong = await world.run("dlq", "--drop", "no-such-id", ...by);
	expect([wrong.status, wrong.err.includes(`Expected the id of a dead letter, one of ${malformed.id}`)]).toEqual([2, true]);
	const dropped = await world.run("dlq", "--drop", malformed.id, ...by);
	expect([dropped.status, dropped.out.includes("; deleted")]).toEqual([0, true]);
	expect(await world.bodies("dead")).toEqual([]);
	expect((await world.ledger.read(`dropped:1:dev:${malformed.id}`))?.value).toMatchObject({ by: "Ada", body: "{}" });
});

test("a redrive is bounded, and a letter that is dropped is recorded at its incident", async () => {
	for (let sent = 0; sent < 3; sent += 1) await world.bury(JSON.stringify(message));
	const { letters } = JSON.parse((await world.run("dlq", "--redrive", "--most", "2", "--json", ...by)).out);
	expect(letters).toHaveLength(2);
	const [left] = JSON.parse((await world.run("dlq", "--json")).out).letters;
	expect((await world.run("dlq", "--drop", left.id, ...by)).status).toBe(0);
	expect(await world.bodies("dead")).toEqual([]);
	expect((await world.read(open.key))?.acts?.at(-1)).toMatchObject({ did: "dropped", by: "Ada" });
});
