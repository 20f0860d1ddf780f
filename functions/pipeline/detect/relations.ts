import type { Streak } from "../confirm/streak.ts";
import type { Counted } from "../confirm/streakShard.ts";
import type { Relations } from "../deduplicate/flow.ts";
import { readItem } from "../ledger/store.ts";
import { readStreak } from "../ledger/streaks.ts";
import { callsAtOnce, sideBySide } from "../limits/sideBySide.ts";
import type { Child, Incident } from "../model/incident.ts";
import { incidentKey } from "../model/keys.ts";
import type { Ports } from "../ports.ts";
import type { Observation } from "./observation.ts";
import { inhibitions, type Place, possibleParents } from "./topology.ts";

type RelationPorts = Pick<Ports, "settings" | "clock" | "ledger">;

export const keyOf = ({ settings }: Pick<Ports, "settings">, { condition, id }: Place): string =>
	incidentKey({ environment: settings.environment, condition, entityId: id });

/** What the topology says of each observation, by its incident's key. `listed` are the incidents that are not closed, where somebody could list them. */
export async function relationsOf(
	ports: RelationPorts,
	observations: readonly Observation[],
	counted: readonly Counted[],
	listed: ReadonlySet<string> | undefined,
): Promise<ReadonlyMap<string, Relations>> {
	const open = await openAmong(ports, observations, counted, listed);
	const inhibited = inhibitions(observations, (place) => open.has(keyOf(ports, place)));
	const byKey = new Map<string, Relations & { readonly children: Child[] }>();
	const relationsAt = (key: string) => {
		const relations = byKey.get(key) ?? { children: [] };
		byKey.set(key, relations);
		return relations;
	};
	for (const [child, { parent, reason }] of inhibited) {
		const key = keyOf(ports, child);
		const parentKey = keyOf(ports, parent);
		relationsAt(parentKey).children.push({ key, condition: child.condition, name: child.name, since: ports.clock.now() });
		byKey.set(key, { ...relationsAt(key), inhibitedBy: { reason, parentKey } });
	}
	return byKey;
}

/**
 * The keys, among what breaches and what might explain it, that have an open incident which still says something of the present. Whatever is
 * open is on the due list from its opening on, so only what is listed is read: nothing for what has no incident.
 */
async function openAmong(
	ports: RelationPorts,
	observations: readonly Observation[],
	counted: readonly Counted[],
	listed: ReadonlySet<string> | undefined,
): Promise<ReadonlySet<string>> {
	const parents = possibleParents(observations);
	const children = parents.length === 0 ? [] : observations.filter(({ verdict }) => verdict === "breach");
	const places = [...new Map([...parents, ...children].map((place) => [keyOf(ports, place), place] as const))];
	const before = new Map(
		counted.map(({ reading, step }) => [keyOf(ports, { condition: reading.condition, id: reading.entity.id } as Place), step?.before]),
	);
	const open = new Set<string>();
	await sideBySide(
		places.filter(([key]) => listed?.has(key) ?? true),
		callsAtOnce,
		async ([key, place]) => {
			const incident = await readItem<Incident>(ports.ledger, key);
			if (incident?.state !== "open" || incident.calmSince !== undefined) return;
			if (!isLongClear(ports, place, before.has(key) ? before.get(key) : await streakOf(ports, place))) open.add(key);
		},
	);
	return open;
}

const streakOf = ({ ledger, settings }: RelationPorts, { condition, id }: Place): Promise<Streak | undefined> =>
	readStreak(ledger, { environment: settings.environment, condition, entityId: id });

/** An incident that only flap damping keeps open explains nothing that fails now: its entity is well. */
function isLongClear({ settings }: RelationPorts, { condition }: Place, streak: Streak | undefined): boolean {
	const runbook = settings.runbooks[condition];
	return runbook !== undefined && streak !== undefined && streak.clears >= runbook.clearsToClose;
}
