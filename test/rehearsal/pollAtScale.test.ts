import { expect, test } from "vitest";
import { scheduleVerb } from "../../rehearsal/world/inject.ts";
import { fewestRequests, worldOf } from "../bench/pollAtScale.ts";

const small = { trunkInstances: 100, edges: 4, queues: 10 };
const larger = { trunkInstances: 800, edges: 32, queues: 300 };

test("a healthy poll costs the ledger the same for eight times as much, now and a day later, and the API no more than it must", async () => {
	const costs = [];
	for (const estate of [small, larger]) {
		const { world, poll, settle, pass } = await worldOf(estate);
		await settle();
		const { requests, seconds, ...ledger } = await poll();
		expect(requests).toBe(fewestRequests(estate));
		expect(seconds).toBeLessThan(2);
		await pass(86_400);
		await poll();
		expect(await poll()).toMatchObject({ requests, ...ledger });
		expect(world.troubles).toEqual([]);
		costs.push(ledger);
	}
	expect(costs).toEqual([
		{ reads: 11, writes: 3 },
		{ reads: 11, writes: 3 },
	]);
});

test("trunks that fail at once, more than a page of them, are opened within the poll, and everything ends within the function", async () => {
	const { world, poll, settle } = await worldOf({ trunkInstances: 400, edges: 16, queues: 10 });
	await settle();
	for (let index = 0; index < 150; index += 1) world.genesys.world.setTrunk(`Trunk-${index}`, "down");
	await poll();
	const { seconds } = await poll();
	const opened = world.timeline.events.filter(({ what }) => what === "incident-opened");
	// One more pages for them all.
	expect(opened).toHaveLength(151);
	expect(seconds).toBeLessThan(5);
	expect(world.timeline.events.filter(({ what }) => what === "killed")).toEqual([]);
});

test.each([
	{ name: "the ledger", fault: { do: "hangs", system: "ledger", for: 170 } },
	{ name: "the API", fault: { do: "hangs", system: "genesys", host: "api", for: 170 } },
	{
		name: "one path of the API",
		fault: { do: "hangs", system: "genesys", path: "/api/v2/telephony/providers/edges/trunks/metrics", for: 170 },
	},
	{ name: "an API that is slow", fault: { do: "slow", system: "genesys", host: "api", seconds: 9, for: 170 } },
] as const)("no poll outlives its function while $name hangs, and all is well a poll later", async ({ fault }) => {
	const { world, poll, settle } = await worldOf(small);
	await settle();
	scheduleVerb(world, { at: 0, ...fault }, world.clock.now(), "fault");
	for (let turn = 0; turn < 3; turn += 1) expect((await poll()).seconds).toBeLessThan(50);
	await poll();
	await poll();
	expect(world.timeline.events.filter(({ what }) => what === "killed")).toEqual([]);
	const health = world.aws.state.tables[0]?.ledger.items().find(({ key }) => key === "poller:1:dev");
	expect(health?.value).toMatchObject({ failures: 0 });
});
