import { expect, test } from "vitest";
import { type MemoryLedger, memoryLedger } from "../../../../functions/edges/memory/ledger.ts";
import type { Incident } from "../../../../functions/pipeline/model/incident.ts";
import { archiveKey, leasesKey } from "../../../../functions/pipeline/model/keys.ts";
import { carryOutAct, recordAct, tellActs } from "../../../../functions/pipeline/operate/flow.ts";
import type { Entry, Ledger } from "../../../../functions/pipeline/ports.ts";
import { incident, seconds, settings } from "../fixtures.ts";

const now = seconds(600);
const clock = { now: () => now };
const asked = { act: "acknowledge", by: "Ada", why: "I am at the carrier" } as const;
const open = incident({ dueAt: seconds(540) });
const key = open.key;

async function ledgerWith(...incidents: readonly Incident[]): Promise<MemoryLedger> {
	const ledger = memoryLedger(clock);
	for (const each of incidents)
		await ledger.write(each.storedAs ?? each.key, each, 0, each.dueAt === undefined ? {} : { dueAt: each.dueAt });
	return ledger;
}

const itemIn = (ledger: MemoryLedger, itemKey = key) => ledger.items().find((item) => item.key === itemKey);
const portsOf = (ledger: Ledger) => ({ ledger, clock, settings });

function journal() {
	const entries: Entry[] = [];
	return { entries, journal: { log: (entry: Entry) => entries.push(entry) } };
}

test("an act is written on the version that was read, and leaves the next visit where it was", async () => {
	const ledger = await ledgerWith(open);
	expect(await carryOutAct(portsOf(ledger), open, asked, "do")).toMatchObject({ reason: "acknowledged" });
	expect(itemIn(ledger)).toMatchObject({ version: 2, dueAt: seconds(540), value: { acknowledged: { by: "Ada", at: now } } });
});

test("to look says the same and writes nothing", async () => {
	const ledger = await ledgerWith(open);
	expect(await carryOutAct(portsOf(ledger), open, asked, "look")).toMatchObject({ reason: "acknowledged" });
	expect(itemIn(ledger)).toMatchObject({ version: 1, value: open });
});

test("where somebody was faster it is decided anew on what they wrote", async () => {
	const ledger = await ledgerWith(open);
	let raced = false;
	const racing: Ledger = {
		...ledger,
		write: async (itemKey, value, version, options) => {
			if (!raced) {
				raced = true;
				await carryOutAct(portsOf(ledger), open, { ...asked, by: "Bob" }, "do");
			}
			return ledger.write(itemKey, value, version, options);
		},
	};
	expect(await carryOutAct(portsOf(racing), open, asked, "do")).toEqual({ reason: "already-acknowledged" });
	expect(itemIn(ledger)?.value).toMatchObject({ acknowledged: { by: "Bob" }, acts: [{ by: "Bob" }] });
});

test("an act on an occurrence that moved aside never touches the one after it", async () => {
	const before = incident({ state: "recovered", recoveredAt: seconds(500), storedAs: archiveKey(key, 1), dueAt: seconds(540) });
	const ledger = await ledgerWith(incident({ occurrence: 2, dueAt: seconds(550) }), before);
	expect(await carryOutAct(portsOf(ledger), { key, occurrence: 1 }, asked, "do")).toEqual({ reason: "over" });
	expect(ledger.items().map(({ version }) => version)).toEqual([1, 1]);
});

test("an incident that is not there is none", async () => {
	const ledger = await ledgerWith();
	expect(await carryOutAct(portsOf(ledger), open, asked, "do")).toEqual({ reason: "no-such-incident" });
	expect(ledger.items()).toEqual([]);
});

test("what was done with a message stands at its incident, also where that is closed and expires", async () => {
	const closed = incident({ state: "closed", closedAt: seconds(100) });
	const ledger = await ledgerWith(closed);
	await recordAct(portsOf(ledger), closed, { did: "dropped", by: "Ada", why: "moot" });
	expect(itemIn(ledger)).toMatchObject({
		value: { state: "closed", acts: [{ did: "dropped", by: "Ada", why: "moot", at: now }] },
		exp: Math.ceil((seconds(100) + settings.limits.keepClosedDays * 86_400_000) / 1000),
	});
});

test("the overseer tells every act once in the journal, with its name and its reason", async () => {
	const acts = [
		{ did: "acknowledged", at: 1, by: "Ada", why: "I have it" },
		{ did: "noted", at: 2, by: "Ada", why: "mended" },
		{ did: "told-again", at: 3, by: "Bob", why: "night shift", round: 2 },
		{ did: "redriven", at: 4, by: "Bob", why: "the role is back" },
		{ did: "resolved", at: 5, by: "Cleo", why: "the probe is gone" },
	] as const;
	const item = incident({ acts, policy: "default", launch: { id: "launch-1", at: seconds(1) } });
	const ledger = await ledgerWith(item);
	const lease = { launchId: "launch-1", incidentKey: key, until: seconds(9000) };
	await ledger.write(leasesKey("dev"), { held: [lease] }, 0);
	const { entries, journal: told } = journal();
	const ports = { ...portsOf(ledger), journal: told };
	const after = await tellActs(ports, item);
	const about = { incident: key, occurrence: 1 };
	expect(entries).toEqual([
		{ ...about, what: "acknowledged", outcome: "by-hand", detail: "by Ada, by hand: I have it" },
		{ ...about, what: "acknowledged", outcome: "resolved", detail: "by Ada, by hand: mended" },
		{ ...about, what: "repeated", outcome: "by-hand", detail: "round 2 of the policy, by Bob, by hand: night shift" },
		{ ...about, what: "routed", outcome: "default" },
		{ ...about, what: "lease-released", outcome: "by-overseer" },
		{ ...about, what: "operated", outcome: "redriven", detail: "by Bob, by hand: the role is back" },
		{ ...about, what: "recovered", outcome: "by-hand", detail: "by Cleo, by hand: the probe is gone" },
	]);
	expect(after.acts).toEqual(acts.map((act) => ({ ...act, told: true })));
	entries.length = 0;
	expect(await tellActs(ports, after)).toBe(after);
	expect(entries).toEqual([]);
	expect(itemIn(ledger)?.version).toBe(2);
});
