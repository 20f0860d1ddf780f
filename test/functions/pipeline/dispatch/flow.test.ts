import { describe, expect, test } from "vitest";
import { memoryLedger } from "../../../../functions/edges/memory/ledger.ts";
import { withExecution, withLaunch, workflowInputs } from "../../../../functions/pipeline/dispatch/rules.ts";
import { leaseSeconds } from "../../../../functions/pipeline/limits/leases.ts";
import type { Incident } from "../../../../functions/pipeline/model/incident.ts";
import { leasesKey } from "../../../../functions/pipeline/model/keys.ts";
import { EdgeError, type Entry, failureReasons, type Ledger, type PageOrder } from "../../../../functions/pipeline/ports.ts";
import { dispatch } from "../../../../functions/pipeline/run.ts";
import type { RuntimeSettings } from "../../../../functions/pipeline/settings.ts";
import { incident, page, plainLinks, policy, seconds, settings } from "../fixtures.ts";
import { interfering, overwrite } from "../interference.ts";

const key = incident().key;
const message = { incidentKey: key, occurrence: 1 };
const leases = leasesKey("dev");
const until = seconds(leaseSeconds(policy));
const lease = (launchId: string, change = {}) => ({ launchId, incidentKey: key, until, ...change });
const about = { incident: key, occurrence: 1 };

interface Options {
	readonly item?: Incident | undefined;
	readonly held?: readonly ReturnType<typeof lease>[];
	readonly settings?: Partial<RuntimeSettings>;
	readonly launch?: () => Promise<string>;
	/** Something between the dispatcher and its ledger. */
	readonly wrap?: (ledger: Ledger) => Ledger;
}

/** A dispatcher over memory, at its one moment. */
async function dispatcher(options: Options = {}) {
	const clock = { now: () => seconds(60) };
	const plain = memoryLedger(clock);
	const logged: Entry[] = [];
	const launched: unknown[][] = [];
	const sent: PageOrder[] = [];
	const queued: unknown[][] = [];
	let ids = 0;
	const unused = () => Promise.reject(new Error("Expected nothing to be read or resolved"));
	const ports = {
		settings: { ...settings, ...options.settings },
		clock,
		ledger: options.wrap?.(plain) ?? plain,
		acknowledgeLinks: plainLinks,
		journal: { log: (entry: Entry) => void logged.push(entry) },
		queue: { send: async (...asked: unknown[]) => void queued.push(asked) },
		newId: () => {
			ids += 1;
			return `launch-${ids}`;
		},
		workflows: {
			launch: async (...asked: unknown[]) => {
				launched.push(asked);
				return options.launch === undefined ? "execution-1" : options.launch();
			},
			status: unused,
		},
		pagers: () => ({
			send: async (order: PageOrder) => {
				sent.push(order);
				return { receipt: "receipt-1" };
			},
			read: unused,
			resolve: unused,
		}),
	};
	const first = "item" in options ? options.item : incident();
	if (first !== undefined) await plain.write(key, first, 0, { dueAt: first.openedAt });
	if (options.held !== undefined) await plain.write(leases, { held: options.held }, 0);
	const item = async (): Promise<Incident> => (await plain.read(key))?.value as Incident;
	const held = async () => (await plain.read(leases))?.value;
	const dueAt = () => plain.items().find((each) => each.key === key)?.dueAt;
	return { ports, item, held, logged, launched, sent, queued, dueAt, run: (which = message) => dispatch(ports, which) };
}

const failing = (reason: (typeof failureReasons)[number], retry: boolean) => () =>
	Promise.reject(new EdgeError(reason, `it is ${reason}`, { retry }));
const acknowledged = { at: seconds(30), by: "Ada", tier: 1, channel: "sms" };

describe("a dispatched incident", () => {
	test("takes a lease, writes its launch, launches once under the incident's name, and records the execution", async () => {
		const { run, logged, launched, item, held, sent, queued, dueAt } = await dispatcher();
		await run();
		expect(logged).toEqual([
			{ what: "lease-taken", ...about, outcome: "launch" },
			{ what: "workflow-launched", ...about, detail: "execution-1" },
		]);
		expect(launched).toEqual([["default", workflowInputs(settings, incident(), "launch-1"), `${key}:1`]]);
		expect(await item()).toEqual(incident({ launch: { id: "launch-1", at: seconds(60), executionId: "execution-1" } }));
		expect(await held()).toEqual({ held: [lease("launch-1", { until: until + 60_000 })] });
		expect(dueAt()).toBe(seconds(0));
		expect([sent, queued]).toEqual([[], []]);
	});

	test.each([
		{ name: "its own", item: { policy: "it-operations" }, asked: "it-operations" },
		{ name: "the default's, where a later deployment took its own away", item: { policy: "gone" }, asked: "default" },
		{ name: "the default's, where an earlier version opened it", item: {}, asked: "default" },
	])("launches the workflow of its policy: $name", async ({ item, asked }) => {
		const policies = { default: policy, "it-operations": { ...policy, tiers: policy.tiers.slice(1) } };
		const { run, launched } = await dispatcher({ item: incident(item), settings: { policies } });
		await run();
		expect(launched.map(([name]) => name)).toEqual([asked]);
	});

	test("sends the first page of its own policy while no lease is free", async () => {
		const policies = { default: policy, "it-operations": { ...policy, tiers: policy.tiers.slice(1) } };
		const held = Array.from({ length: 10 }, (_, index) => lease(`other-${index}`));
		const { run, sent } = await dispatcher({ item: incident({ policy: "it-operations" }), settings: { policies }, held });
		await run();
		expect(sent.map(({ channel }) => channel)).toEqual(policy.tiers[1]?.channels);
	});

	test("has its launch in the ledger before the workflow is launched: what dies here is found", async () => {
		const { run, item } = await dispatcher({ launch: () => Promise.reject(new TypeError("the function died here")) });
		await expect(run()).rejects.toThrow("the function died here");
		expect((await item()).launch).toEqual({ id: "launch-1", at: seconds(60) });
	});

	test.each([
		{ name: "nobody knows", item: undefined, outcome: "unknown-incident" },
		{ name: "is of another occurrence", item: incident({ occurrence: 2 }), outcome: "other-occurrence" },
		{ name: "has recovered", item: incident({ state: "recovered" }), outcome: "not-open" },
		{ name: "is closed", item: incident({ state: "closed" }), outcome: "not-open" },
		{ name: "somebody has", item: incident({ acknowledged }), outcome: "acknowledged" },
		{ name: "the overseer has", item: incident({ takenOver: { at: seconds(1), reason: "not-launched" } }), outcome: "taken-over" },
		{
			name: "has its workflow",
			item: incident({ launch: { id: "launch-0", at: seconds(0), executionId: "execution-0" } }),
			outcome: "already-launched",
		},
	])("that $name launches nothing: $outcome", async ({ item: given, outcome }) => {
		const { run, logged, launched, held, queued } = await dispatcher({ item: given });
		await run();
		expect(logged).toEqual([{ what: "workflow-refused", ...about, outcome }]);
		expect([launched, queued, await held()]).toEqual([[], [], undefined]);
	});

	test("that somebody acknowledged between the lease and the launch gives its lease back", async () => {
		const { run, logged, launched, held, item } = await dispatcher({
			wrap: interfering(leases, "after", (ledger) => overwrite(ledger, key, { acknowledged })),
		});
		await run();
		expect(logged).toEqual([
			{ what: "lease-taken", ...about, outcome: "launch" },
			{ what: "lease-released", ...about, outcome: "acknowledged" },
		]);
		expect([launched, await held()]).toEqual([[], { held: [] }]);
		expect(await item()).not.toHaveProperty("launch");
	});

	test("whose launch was lost is launched again, and the lost one's lease is free", async () => {
		const lost = incident({ launch: { id: "lost", at: seconds(0) } });
		const { run, logged, held, item } = await dispatcher({ item: lost, held: [lease("lost"), lease("other")] });
		await run();
		expect(logged).toEqual([
			{ what: "lease-taken", ...about, outcome: "launch-again" },
			{ what: "lease-released", ...about, outcome: "launch-lost" },
			{ what: "workflow-launched", ...about, detail: "execution-1" },
		]);
		expect((await item()).launch?.id).toBe("launch-1");
		expect(await held()).toEqual({ held: [lease("other"), lease("launch-1", { until: until + 60_000 })] });
	});

	test("whose lost launch has no lease any more is launched all the same, and nothing is told of that lease", async () => {
		const { run, logged } = await dispatcher({ item: incident({ launch: { id: "lost", at: seconds(0) } }) });
		await run();
		expect(logged.map(({ what }) => what)).toEqual(["lease-taken", "workflow-launched"]);
	});

	test("does not write its execution into a newer launch", async () => {
		const { run, item } = await dispatcher({
			wrap: interfering(key, "after", (ledger) => overwrite(ledger, key, { launch: { id: "newer", at: seconds(61) } })),
		});
		await run();
		expect((await item()).launch).toEqual({ id: "newer", at: seconds(61) });
	});
});

describe("a launch that fails", () => {
	const mayRun = ["timeout", "unreachable"];

	test.each(failureReasons.map((reason) => ({ reason, lease: mayRun.includes(reason) ? "kept" : "given back" })))(
		"for $reason: its lease is $lease",
		async ({ reason, lease: becomes }) => {
			const { run, logged, held, item } = await dispatcher({ launch: failing(reason, false) });
			await run();
			const error = { what: "error", ...about, outcome: reason, detail: `the workflow was not launched: it is ${reason}` };
			const released = { what: "lease-released", ...about, outcome: reason };
			expect(logged.slice(1)).toEqual(becomes === "kept" ? [error] : [error, released]);
			expect(await held()).toEqual({ held: becomes === "kept" ? [lease("launch-1", { until: until + 60_000 })] : [] });
			expect((await item()).launch).toEqual({ id: "launch-1", at: seconds(60) });
		},
	);

	test("is left to the next delivery of the message where that may succeed", async () => {
		const { run, held } = await dispatcher({ launch: failing("unavailable", true) });
		await expect(run()).rejects.toThrow("it is unavailable");
		expect(await held()).toEqual({ held: [] });
	});
});

describe("an incident without a free lease", () => {
	const crowd = Array.from({ length: 10 }, (_, index) => lease(`other-${index}`));

	test("is paged here and now, marked as waiting, and comes again soon", async () => {
		const { run, logged, sent, queued, item, held, launched, dueAt } = await dispatcher({ held: crowd });
		await run();
		expect(logged).toEqual([
			{ what: "lease-refused", ...about, outcome: "none-free" },
			{ what: "page-sent", ...about, channel: "pagerduty", tier: 1, attempt: 1, outcome: "accepted" },
			{ what: "queued", ...about, detail: "again in 14 s, for a lease" },
		]);
		expect(sent.map(({ dedupKey }) => dedupKey)).toEqual([`${key}:1:1`]);
		expect(queued).toEqual([[message, 14]]);
		expect(await item()).toMatchObject({ waitingSince: seconds(60), tier: 1, pages: [{ state: "accepted", by: "dispatcher" }] });
		expect(await item()).not.toHaveProperty("launch");
		expect([launched, await held()]).toEqual([[], { held: crowd }]);
		expect(dueAt()).toBe(seconds(0));
	});

	test("that waits already keeps its first moment and is not paged again", async () => {
		const item = incident({ waitingSince: seconds(-60), pages: [page({ by: "dispatcher", state: "given-up" })] });
		const world = await dispatcher({ item, held: crowd });
		await world.run();
		expect(world.sent).toEqual([]);
		expect(await world.item()).toEqual(item);
		expect(world.queued).toEqual([[message, 20]]);
		expect(world.logged).toEqual([]);
	});

	test.each([
		{ name: "no tier", tiers: [] },
		{ name: "no channel in its first tier", tiers: [{ name: "primary", channels: [] }] },
	])("and with $name waits for its turn unpaged", async ({ tiers }) => {
		const { run, logged, queued } = await dispatcher({ held: crowd, settings: { policies: { default: { ...policy, tiers } } } });
		await run();
		expect(logged.map(({ what }) => what)).toEqual(["lease-refused", "queued"]);
		expect(queued).toHaveLength(1);
	});

	test("gets one when the settings have more of them, or when one has run out", async () => {
		const more = await dispatcher({ held: crowd, settings: { limits: { ...settings.limits, incidentsInResponse: 11 } } });
		await more.run();
		expect(more.launched).toHaveLength(1);
		const over = await dispatcher({ held: [...crowd.slice(1), lease("over", { until: seconds(60) })] });
		await over.run();
		expect(over.launched).toHaveLength(1);
	});

	test("has waited once it is launched: its patience counts from there", () => {
		const waited = withLaunch(incident({ waitingSince: seconds(-60) }), "launch-1", seconds(60));
		expect(waited).toEqual(incident({ waitedUntil: seconds(60), launch: { id: "launch-1", at: seconds(60) } }));
		expect(waited).not.toHaveProperty("waitingSince");
		expect(withLaunch(incident(), "launch-1", seconds(60))).not.toHaveProperty("waitedUntil");
	});
});

test("an execution belongs to its own launch, and to no incident without one", () => {
	const launched = incident({ launch: { id: "launch-1", at: seconds(0) } });
	expect(withExecution(launched, "launch-1", "e")).toEqual(incident({ launch: { id: "launch-1", at: seconds(0), executionId: "e" } }));
	expect(withExecution(launched, "launch-2", "e")).toBeUndefined();
	expect(withExecution(incident(), "launch-1", "e")).toBeUndefined();
});

test("the workflow is told the children with the summary", () => {
	const children = [{ key: "k", condition: "queue-overflow", name: "Support", since: seconds(0) }] as const;
	expect(workflowInputs(settings, incident({ children }), "launch-1")["Flow.summary"]).toBe(
		"[DEV] SIP trunk Frankfurt-1 is down; with it: Support (queue-overflow)",
	);
});
