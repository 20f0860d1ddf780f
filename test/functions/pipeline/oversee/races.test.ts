import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { memoryLedger } from "../../../../functions/edges/memory/ledger.ts";
import { memoryQueue } from "../../../../functions/edges/memory/queue.ts";
import type { Leases } from "../../../../functions/pipeline/limits/leases.ts";
import type { Incident } from "../../../../functions/pipeline/model/incident.ts";
import { leasesKey } from "../../../../functions/pipeline/model/keys.ts";
import { EdgeError, type Entry, type Ledger, type PageOrder, type Pager, type Workflows } from "../../../../functions/pipeline/ports.ts";
import { answerClaim, answerRecord, answerRelease, dispatch, oversee, receive } from "../../../../functions/pipeline/run.ts";
import { endless, incident, noRemedies, plainLinks, reading, seconds, settings, validCredentials } from "../fixtures.ts";

const key = incident().key;
const message = { incidentKey: key, occurrence: 1 };

/** Ports over one ledger in memory, with everything recorded that leaves the system. */
function setUp(
	options: { readonly ledger?: (ledger: Ledger) => Ledger; readonly launch?: Workflows["launch"]; readonly leases?: number } = {},
) {
	let now = seconds(0);
	let ids = 0;
	const clock = { now: () => now };
	const plain = memoryLedger(clock);
	const logged: Entry[] = [];
	const launched: string[] = [];
	const sent: PageOrder[] = [];
	const pager: Pager = {
		send: async (order) => {
			sent.push(order);
			return { receipt: order.dedupKey };
		},
		read: async (order) =>
			sent.some(({ dedupKey }) => dedupKey === order.dedupKey) ? { state: "delivered", receipt: order.dedupKey } : { state: "absent" },
		acknowledge: async () => undefined,
		resolve: async (order) => ({ receipt: order.dedupKey }),
	};
	const ports = {
		settings: { ...settings, limits: { ...settings.limits, incidentsInResponse: options.leases ?? 10 } },
		clock,
		deadline: endless,
		ledger: options.ledger?.(plain) ?? plain,
		queue: memoryQueue(clock),
		journal: { log: (entry: Entry) => void logged.push(entry) },
		newId: () => {
			ids += 1;
			return `launch-${ids}`;
		},
		workflows: {
			launch:
				options.launch ??
				(async (_policy, inputs: Readonly<Record<string, string | number>>) => {
					launched.push(String(inputs["Flow.launchId"]));
					return `execution-of-${String(inputs["Flow.launchId"])}`;
				}),
			status: async () => ({ status: "running" as const }),
		},
		pagers: () => pager,
		remedies: noRemedies,
		credentials: validCredentials,
		acknowledgeLinks: plainLinks,
		trunks: { trunks: async () => [] },
	};
	const open = (): Promise<unknown> => plain.write(key, incident(), 0, { dueAt: seconds(0) });
	const item = async (): Promise<Incident> => (await plain.read(key))?.value as Incident;
	const leases = async (): Promise<Leases | undefined> => (await plain.read(leasesKey("dev")))?.value as Leases | undefined;
	return { ports, plain, logged, launched, sent, open, item, leases, advance: (by: number) => (now += by * 1000) };
}

const asker = (launchId: string) => ({ launchId, incidentKey: key, occurrence: 1 });
const sending = (launchId: string) => ({
	...asker(launchId),
	what: "page-sending" as const,
	channel: "pagerduty",
	tier: 1,
	attempt: 1,
	receipt: "",
	detail: "",
});

describe("one incident, one workflow that pages", () => {
	test("a second dispatch of the same incident launches nothing", async () => {
		const { ports, launched, open, logged } = setUp();
		await open();
		await dispatch(ports, message);
		await dispatch(ports, message);
		expect(launched).toEqual(["launch-1"]);
		expect(logged.at(-1)).toMatchObject({ what: "workflow-refused", outcome: "already-launched" });
	});

	test("after a crash between launch and record the new launch owns the incident and the old execution is refused", async () => {
		const { ports, launched, open, leases } = setUp({
			ledger: (ledger) => {
				let broken = false;
				return {
					...ledger,
					read: (name) => ledger.read(name),
					due: (now, limit) => ledger.due(now, limit),
					write: async (name, value, version, options) => {
						const launch = (value as Incident).launch;
						if (!broken && launch?.executionId !== undefined) {
							broken = true;
							throw new EdgeError("unreachable", "the function died here", { retry: true });
						}
						return ledger.write(name, value, version, options);
					},
				};
			},
		});
		await open();
		await expect(dispatch(ports, message)).rejects.toThrow("the function died here");
		await dispatch(ports, message);
		expect(launched).toEqual(["launch-1", "launch-2"]);
		expect(await answerClaim(ports, asker("launch-1"))).toMatchObject({ answer: "not-owner", reason: "other-launch" });
		expect(await answerClaim(ports, asker("launch-2"))).toMatchObject({ answer: "owner", reason: "owner", leasesInUse: 1 });
		expect((await leases())?.held.map(({ launchId }) => launchId)).toEqual(["launch-2"]);
	});

	test("a claim whose answer was lost is answered the same again", async () => {
		const { ports, open } = setUp();
		await open();
		await dispatch(ports, message);
		expect([(await answerClaim(ports, asker("launch-1"))).reason, (await answerClaim(ports, asker("launch-1"))).reason]).toEqual([
			"owner",
			"claimed-again",
		]);
	});

	test("a launch that timed out may be running: its claim counts as long as nothing newer was launched", async () => {
		const { ports, open, leases } = setUp({
			launch: async () => {
				throw new EdgeError("timeout", "no answer", { retry: true });
			},
		});
		await open();
		await expect(dispatch(ports, message)).rejects.toThrow("no answer");
		expect((await leases())?.held).toHaveLength(1);
		expect(await answerClaim(ports, asker("launch-1"))).toMatchObject({ answer: "owner" });
	});

	test("a workflow that was taken over is refused, also when it claims late", async () => {
		const { ports, open, item, advance, sent } = setUp();
		await open();
		await dispatch(ports, message);
		advance(60);
		await oversee(ports);
		expect((await item()).takenOver).toMatchObject({ reason: "not-claimed" });
		expect(await answerClaim(ports, asker("launch-1"))).toMatchObject({ answer: "not-owner", reason: "taken-over" });
		expect(await answerRecord(ports, sending("launch-1"))).toMatchObject({ proceed: false, reason: "taken-over" });
		expect(sent).toHaveLength(1);
	});

	test("a duplicate webhook is one reading and no second incident", async () => {
		const { ports, item } = setUp();
		const observed = (at: number) => reading({ source: "webhook", observedAt: seconds(at) });
		for (const at of [0, 0, 1]) await receive(ports, observed(at));
		expect(await item()).toBeUndefined();
		for (const at of [60, 60, 61]) await receive(ports, observed(at));
		expect((await item()).occurrence).toBe(1);
		expect(ports.queue.bodies()).toHaveLength(1);
	});

	test("dispatchers and claims in any order: exactly one launch may page", async () => {
		await fc.assert(
			fc.asyncProperty(fc.scheduler(), async (scheduler) => {
				const granted: string[] = [];
				const claims: Promise<unknown>[] = [];
				const world = setUp({
					ledger: (ledger) => ({
						...ledger,
						read: (name) => scheduler.schedule(ledger.read(name), "read"),
						write: async (name, value, version, options) => {
							await scheduler.schedule(Promise.resolve(), "before write");
							return ledger.write(name, value, version, options);
						},
					}),
					launch: async (_policy, inputs) => {
						const launchId = String(inputs["Flow.launchId"]);
						claims.push(
							(async () => {
								if ((await answerClaim(world.ports, asker(launchId))).answer !== "owner") return;
								if ((await answerRecord(world.ports, sending(launchId))).proceed) granted.push(launchId);
							})(),
						);
						return `execution-of-${launchId}`;
					},
				});
				await world.open();
				const dispatches = [dispatch(world.ports, message), dispatch(world.ports, message), dispatch(world.ports, message)];
				await scheduler.waitFor(Promise.all(dispatches));
				await scheduler.waitFor(Promise.all(claims));
				expect(granted).toHaveLength(1);
				expect((await world.leases())?.held.length).toBeLessThanOrEqual(1);
			}),
			{ numRuns: 200 },
		);
	});
});

describe("leases", () => {
	test("without a free one the dispatcher pages at once, asks again in a minute, and the workflow finds the page", async () => {
		const { ports, open, item, sent, logged, advance } = setUp({ leases: 1 });
		await open();
		await ports.ledger.write(leasesKey("dev"), { held: [{ launchId: "other", incidentKey: "other", until: seconds(9999) }] }, 0);
		await dispatch(ports, message);
		expect(sent.map(({ dedupKey }) => dedupKey)).toEqual([`${key}:1:1`]);
		expect(logged.map(({ what }) => what)).toEqual(["lease-refused", "page-sent", "queued"]);
		await dispatch(ports, message);
		expect(sent).toHaveLength(1);
		await answerRelease(ports, { launchId: "other", incidentKey: "other", occurrence: 1, outcome: "done", tierReached: 1 });
		advance(60);
		await dispatch(ports, message);
		await oversee(ports);
		await answerClaim(ports, asker("launch-3"));
		expect((await item()).launch).toMatchObject({ id: "launch-3", claimedAt: seconds(60) });
		expect(await answerRecord(ports, sending("launch-3"))).toMatchObject({ proceed: false, reason: "already-proven", proven: true });
	});
});
