import { describe, expect, test } from "vitest";
import { openOrRecover, processReading } from "../../../../functions/pipeline/deduplicate/flow.ts";
import { groupKey } from "../../../../functions/pipeline/group/rules.ts";
import { readItem } from "../../../../functions/pipeline/ledger/store.ts";
import type { Incident, Reading } from "../../../../functions/pipeline/model/incident.ts";
import { silencesKey } from "../../../../functions/pipeline/model/keys.ts";
import { EdgeError, type Entry, type Ledger } from "../../../../functions/pipeline/ports.ts";
import { oversee } from "../../../../functions/pipeline/run.ts";
import { readSilences } from "../../../../functions/pipeline/silence/flow.ts";
import { beginSilence, endSilence, listSilences } from "../../../../functions/pipeline/silence/operate.ts";
import { incident, reading, seconds, settings } from "../fixtures.ts";
import { type Start, world } from "../world.ts";

const { key } = incident();
const byHand = (change = {}) => ({
	id: "hand-1",
	why: "the carrier calls",
	who: "Ada",
	match: { entity: ["Frankfurt-*"] },
	from: seconds(0),
	until: seconds(600),
	...change,
});
const confirmed = (change: Partial<Reading> = {}): Reading => reading({ confirmed: true, source: "webhook", ...change });

/** The usual world, with all that its journal is told. */
async function heard(start?: Start) {
	const made = await world(start);
	const logged: Entry[] = [];
	return { ...made, logged, ports: { ...made.ports, journal: { log: (entry: Entry) => void logged.push(entry) } } };
}

type Made = Awaited<ReturnType<typeof heard>>;
const operating = ({ ports, ledger }: Made) => ({ ledger, clock: ports.clock, environment: "dev" });
const stored = (made: Made, which = key) => readItem<Incident>(made.ledger, which);

describe("silences by hand", () => {
	test("stand in one item, which ends with the last of them", async () => {
		const made = await heard();
		const ports = operating(made);
		expect(await beginSilence(ports, byHand())).toBe("begun");
		expect(await beginSilence(ports, byHand({ id: "hand-2", until: seconds(900) }))).toBe("begun");
		expect((await listSilences(ports)).map(({ id }) => id)).toEqual(["hand-1", "hand-2"]);
		expect(made.ledger.items().find((item) => item.key === silencesKey("dev"))?.exp).toBe(seconds(900) / 1000);
		expect([await endSilence(ports, "hand-2"), await endSilence(ports, "hand-2")]).toEqual(["ended", "unknown"]);
		made.at(600);
		expect(await listSilences(ports)).toEqual([]);
	});

	test("are a hundred at most at once; those that are over make room", async () => {
		const made = await heard();
		const ports = operating(made);
		for (let number = 1; number <= 100; number += 1) await beginSilence(ports, byHand({ id: `hand-${number}` }));
		expect(await beginSilence(ports, byHand({ id: "one-more" }))).toBe("full");
		made.at(601);
		expect(await beginSilence(ports, byHand({ id: "one-more", until: seconds(900) }))).toBe("begun");
	});
});

describe("a failure that opens inside a silence", () => {
	test("is in the ledger with its reason, and nobody is asked to respond", async () => {
		const made = await heard();
		await beginSilence(operating(made), byHand());
		await processReading(made.ports, confirmed());
		expect(await stored(made)).toMatchObject({
			state: "open",
			policy: "default",
			silenced: { name: "hand-1", why: "the carrier calls", who: "Ada", since: seconds(0), until: seconds(600) },
		});
		expect(made.ports.queue.bodies()).toEqual([]);
		expect(made.logged.find(({ what }) => what === "silenced")).toEqual({
			what: "silenced",
			incident: key,
			occurrence: 1,
			outcome: "hand-1",
			detail: "until 2026-01-05T08:10:00.000Z: the carrier calls (Ada); not paged: primary by pagerduty, else sms",
		});
	});

	test("is counted into no group", async () => {
		const made = await heard();
		await beginSilence(operating(made), byHand());
		for (let number = 1; number <= 8; number += 1)
			await processReading(made.ports, confirmed({ entity: { id: `base-${number}`, name: `Frankfurt-${number}` } }));
		expect(await stored(made, groupKey("dev", "trunk-down", 1))).toBeUndefined();
	});

	test("is paged where the ledger does not say what is silenced by hand", async () => {
		const made = await heard();
		await beginSilence(operating(made), byHand());
		const silentless: Ledger = {
			...made.ledger,
			read: async (asked) => {
				if (asked === silencesKey("dev")) throw new EdgeError("timeout", "expected an answer, got none", { retry: true });
				return made.ledger.read(asked);
			},
		};
		await processReading({ ...made.ports, ledger: silentless }, confirmed());
		expect(made.ports.queue.bodies()).toHaveLength(1);
		expect(made.logged.find(({ what }) => what === "error")?.detail).toMatch(/^the silences by hand could not be read/);
	});
});

describe("at a tick", () => {
	test("what still fails when the silence is over is queued by the routes of that moment, once", async () => {
		const made = await heard();
		await beginSilence(operating(made), byHand());
		await processReading(made.ports, confirmed());
		made.at(540);
		await oversee(made.ports);
		expect(made.ports.queue.bodies()).toEqual([]);
		made.at(600);
		await oversee(made.ports);
		const message = JSON.stringify({ incidentKey: key, occurrence: 1 });
		expect(made.ports.queue.bodies()).toEqual([message]);
		expect(await stored(made)).toMatchObject({ occurrence: 1, silenceEndedAt: seconds(600) });
		expect(made.logged.filter(({ what }) => what === "silence-ended")).toHaveLength(1);
		made.at(630);
		await oversee(made.ports);
		expect(made.ports.queue.bodies()).toEqual([message]);
	});

	test("one read says what is silent, however many incidents there are", async () => {
		const made = await heard();
		for (let number = 1; number <= 4; number += 1)
			await openOrRecover(made.ports, reading({ entity: { id: `base-${number}`, name: `F-${number}` } }), "open", {
				silences: await readSilences(made.ports),
			});
		let asked = 0;
		const counting: Ledger = {
			...made.ledger,
			read: async (which) => {
				if (which === silencesKey("dev")) asked += 1;
				return made.ledger.read(which);
			},
		};
		await oversee({ ...made.ports, ledger: counting });
		expect(asked).toBe(1);
	});

	test("what is wrong with ourselves is silenced by its name, and told when that ends", async () => {
		const made = await heard({
			settings: {
				...settings,
				windows: [
					{
						name: "upgrade",
						why: "upgrade",
						who: "Ida",
						match: { condition: ["detector-silent"] },
						zone: "UTC",
						start: "2026-01-05T08:00",
						minutes: 20,
					},
				],
			},
			poller: { firstSeenAt: seconds(-3600), okAt: seconds(-600), failures: 0 },
		});
		made.at(60);
		await oversee(made.ports);
		const own = made.ledger.items().find((item) => item.key.startsWith("inc:"));
		expect(own?.value).toMatchObject({ condition: "detector-silent", silenced: { name: "upgrade" }, pages: [] });
		made.at(1200);
		await oversee(made.ports);
		expect((await stored(made, own?.key))?.pages).toMatchObject([{ tier: 1, by: "overseer" }]);
	});
});
