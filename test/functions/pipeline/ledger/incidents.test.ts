import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { memoryLedger } from "../../../../functions/edges/memory/ledger.ts";
import { deduplicate } from "../../../../functions/pipeline/deduplicate/rules.ts";
import {
	changeIncident,
	decideIncident,
	placeIncident,
	readIncident,
	setNextVisit,
} from "../../../../functions/pipeline/ledger/incidents.ts";
import type { Incident } from "../../../../functions/pipeline/model/incident.ts";
import { archiveKey } from "../../../../functions/pipeline/model/keys.ts";
import type { Ledger } from "../../../../functions/pipeline/ports.ts";
import { incident, reading, seconds, settings } from "../fixtures.ts";

const { key } = incident();
const first = { key, occurrence: 1 };

function incidents(wrap: (ledger: Ledger) => Ledger = (ledger) => ledger) {
	const clock = { now: () => seconds(0) };
	const plain = memoryLedger(clock);
	const ports = { ledger: wrap(plain), clock, settings };
	const stored = (at: string) => plain.items().find((item) => item.key === at);
	const value = (at: string): Incident | undefined => stored(at)?.value as Incident | undefined;
	const open = () => placeIncident(ports, key, (existing) => deduplicate(existing, reading(), "open", settings.environment, clock.now()));
	return { ports, plain, stored, value, open };
}

describe("the next visit", () => {
	test("is the overseer's to move: every other writer keeps it", async () => {
		const { ports, plain, stored } = incidents();
		await plain.write(key, incident({ openedAt: seconds(0) }), 0, { dueAt: seconds(0) });
		await setNextVisit(ports, key, seconds(120));
		await changeIncident(ports, first, (item) => ({ ...item, tier: 1 }));
		await placeIncident(ports, key, (existing) => deduplicate(existing, reading(), "open", "dev", seconds(180)));
		expect(stored(key)).toMatchObject({ version: 4, dueAt: seconds(120) });
	});

	test("of a closed incident is never: it expires after so many days instead", async () => {
		const { ports, plain, stored } = incidents();
		await plain.write(key, incident(), 0, { dueAt: seconds(0) });
		await changeIncident(ports, first, (item) => ({ ...item, state: "closed", closedAt: seconds(10) }));
		expect(stored(key)).toMatchObject({ dueAt: undefined, exp: (seconds(10) + 400 * 86_400_000) / 1000 });
		await setNextVisit(ports, key, seconds(60));
		expect(stored(key)?.version).toBe(2);
	});
});

describe("a writer of an earlier occurrence", () => {
	test("writes where its occurrence moved, and leaves the new one alone", async () => {
		const { ports, open, value, stored } = incidents();
		await open();
		await changeIncident(ports, first, (item) => ({ ...item, state: "recovered", recoveredAt: seconds(30) }));
		await open();
		const changed = await changeIncident(ports, first, (item) => ({ ...item, exhausted: seconds(40) }));
		expect(changed).toMatchObject({ occurrence: 1, exhausted: seconds(40) });
		expect(value(archiveKey(key, 1))).toMatchObject({ occurrence: 1, exhausted: seconds(40), storedAs: archiveKey(key, 1) });
		expect(value(key)).toMatchObject({ occurrence: 2, state: "open" });
		expect(value(key)?.exhausted).toBeUndefined();
		expect(stored(key)?.version).toBe(3);
		expect(await readIncident(ports, first)).toMatchObject({ exhausted: seconds(40) });
	});

	test("is told where its occurrence is nowhere", async () => {
		const { ports, plain, value } = incidents();
		await plain.write(key, incident({ occurrence: 3 }), 0);
		expect(await decideIncident(ports, first, (item) => ({ write: item, result: item === undefined }))).toBe(true);
		expect(await changeIncident(ports, first, (item) => ({ ...item, tier: 9 }))).toBeUndefined();
		expect(value(key)?.tier).toBe(0);
	});
});

describe("the next occurrence", () => {
	test("begins in the one transaction in which the one before moves aside", async () => {
		const keys: (readonly string[])[] = [];
		const { ports, open, stored, value } = incidents((ledger) => ({
			...ledger,
			transact: (writes) => {
				keys.push(writes.map((write) => write.key));
				return ledger.transact(writes);
			},
		}));
		await open();
		await changeIncident(ports, first, (item) => ({ ...item, state: "closed", closedAt: seconds(60) }));
		await open();
		expect(keys).toEqual([[archiveKey(key, 1), key]]);
		expect(stored(archiveKey(key, 1))).toMatchObject({ dueAt: undefined, exp: (seconds(60) + 400 * 86_400_000) / 1000 });
		expect(value(key)).toMatchObject({ occurrence: 2, state: "open" });
	});

	test("and its archive are both there or both not, wherever the function dies", async () => {
		let isDead = true;
		const { ports, open, value } = incidents((ledger) => ({
			...ledger,
			transact: async (writes) => (isDead ? Promise.reject(new Error("dead")) : ledger.transact(writes)),
		}));
		await open();
		await changeIncident(ports, first, (item) => ({ ...item, state: "closed", closedAt: seconds(60) }));
		await expect(open()).rejects.toThrow("dead");
		expect([value(key)?.occurrence, value(archiveKey(key, 1))]).toEqual([1, undefined]);
		isDead = false;
		await open();
		expect([value(key)?.occurrence, value(archiveKey(key, 1))?.occurrence]).toEqual([2, 1]);
	});

	test("whoever races: no occurrence is lost, and none is written over", async () => {
		await fc.assert(
			fc.asyncProperty(fc.scheduler(), async (scheduler) => {
				const { ports, open, value } = incidents((ledger) => ({
					...ledger,
					read: (name) => scheduler.schedule(ledger.read(name), "read"),
					write: async (...write) => {
						await scheduler.schedule(Promise.resolve(), "write");
						return ledger.write(...write);
					},
					transact: async (writes) => {
						await scheduler.schedule(Promise.resolve(), "transact");
						return ledger.transact(writes);
					},
				}));
				await scheduler.waitFor(open());
				await scheduler.waitFor(changeIncident(ports, first, (item) => ({ ...item, state: "recovered" })));
				const marked = changeIncident(ports, first, (item) => ({ ...item, exhausted: seconds(9) }));
				await scheduler.waitFor(Promise.all([open(), marked, open()]));
				expect(value(key)).toMatchObject({ occurrence: 2, state: "open" });
				expect(value(key)?.exhausted).toBeUndefined();
				expect(value(archiveKey(key, 1))).toMatchObject({ occurrence: 1, exhausted: seconds(9) });
			}),
			{ numRuns: 200, seed: 1 },
		);
	});
});
