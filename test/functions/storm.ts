import { memoryLedger } from "../../functions/edges/memory/ledger.ts";
import { memoryQueue } from "../../functions/edges/memory/queue.ts";
import { pauseAfterLostRace } from "../../functions/edges/timers.ts";
import { sideBySide } from "../../functions/pipeline/limits/sideBySide.ts";
import type { Incident } from "../../functions/pipeline/model/incident.ts";
import type { Ledger } from "../../functions/pipeline/ports.ts";
import { VirtualClock } from "../../rehearsal/world/clock.ts";
import { seeded } from "../../rehearsal/world/random.ts";
import { reading, seconds, settings } from "./pipeline/fixtures.ts";
import { setUp } from "./webhookWorld.ts";

/** As many normalizers run at once. */
const atOnce = 50;

/** A storm of webhooks on a table whose calls take 4 to 12 ms of virtual time: so many functions really meet at one item. */
export function storming(seed: number, over = 5) {
	const clock = new VirtualClock(seconds(0));
	const next = seeded(seed);
	const memory = memoryLedger(clock);
	const written = new Map<string, number>();
	const lost = { races: 0 };
	const later = async <T>(work: () => Promise<T>): Promise<T> => {
		await clock.sleep(4 + 8 * next());
		return work();
	};
	const note = (keys: readonly string[], outcome: "written" | "conflict") => {
		if (outcome === "conflict") lost.races += 1;
		else for (const key of keys) written.set(key, (written.get(key) ?? 0) + 1);
		return outcome;
	};
	const ledger: Ledger = {
		read: (key) => later(() => memory.read(key)),
		write: (key, ...rest) => later(async () => note([key], await memory.write(key, ...rest))),
		transact: (writes) =>
			later(async () =>
				note(
					writes.map(({ key }) => key),
					await memory.transact(writes),
				),
			),
		due: (...asked) => later(() => memory.due(...asked)),
		pause: (tried) => pauseAfterLostRace({ sleep: (milliseconds) => clock.sleep(milliseconds), random: next }, tried),
	};
	const queue = memoryQueue(clock);
	const runbooks = { "trunk-down": { ...settings.runbooks["trunk-down"], breachesToOpen: 1 } } as typeof settings.runbooks;
	const world = setUp({ clock, ledger, queue, settings: { ...settings, runbooks, grouping: { over, withinSeconds: 120 } } });
	/** Sends readings of these trunks, as many at once as there are normalizers, and says how each was answered. */
	const send = async (trunks: readonly number[], observedAt = clock.now()): Promise<readonly unknown[]> => {
		const answers: unknown[] = [];
		clock.spawn(() =>
			sideBySide(trunks, atOnce, async (trunk) => {
				const entity = { id: `base-${trunk}`, name: `Trunk ${trunk}` };
				const body = JSON.stringify(reading({ entity, source: "webhook", observedAt }));
				// The function URL answers 502 then, and the sender repeats it.
				answers.push(
					await world.post(body).then(
						({ outcome }) => outcome,
						(error: unknown) => String(error),
					),
				);
			}),
		);
		await clock.run(clock.now() + 60_000);
		return answers;
	};
	const incidents = (): readonly Incident[] =>
		memory.items().flatMap(({ key, value }) => (key.startsWith("inc:1:") ? [value as Incident] : []));
	const writes = (prefix = ""): number => [...written].reduce((sum, [key, count]) => sum + (key.startsWith(prefix) ? count : 0), 0);
	return { send, incidents, writes, lost, logged: world.logged, pages: () => queue.bodies() };
}
