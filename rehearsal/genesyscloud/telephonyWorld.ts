import type { Edge, Place, Queue, State, Trunk } from "./state.ts";

export type TrunkCondition = "up" | "down" | "disabled" | "outOfService";

export interface NewTrunk {
	readonly base: { readonly id?: string; readonly name: string };
	readonly instances: number;
	/** As many names as instances. */
	readonly edges?: readonly string[];
	/** The name of the site of its edges, as far as they are new; by default they are at the one that every organization has here. */
	readonly site?: string;
	/** The name of its division; home by default. */
	readonly division?: string;
}

export interface QueueChange {
	readonly waiting?: number;
	readonly interacting?: number;
	readonly onQueueUsers?: number;
	/** How long the one that has waited longest has waited already; the others came after it, evenly. */
	readonly oldestSeconds?: number;
}

export interface NewQueue extends QueueChange {
	readonly id?: string;
	readonly name: string;
	/** The name of its division; home by default. */
	readonly division?: string;
}

/** What can be done to trunks and edges without the API. */
export interface TelephonyWorld {
	/** One trunk for each instance: the trunk base × an edge, of its own or one of those named, which others may share. Returns the base's id. */
	addTrunk(trunk: NewTrunk): string;
	/** `instances`: how many of the base's trunks change, from the first one; all when absent. */
	setTrunk(baseName: string, condition: TrunkCondition, instances?: number): void;
	/** All instances of the base are gone from the listings. */
	deleteTrunk(baseName: string): void;
	setTrunkMetrics(
		baseName: string,
		metrics: { readonly qosMismatches?: number; readonly inboundCalls?: number; readonly outboundCalls?: number },
	): void;
	/** The trunk stays connected while this many of its proxies do not answer OPTIONS, or while mismatches are counted in each minute; on all its edges. */
	degradeTrunk(
		baseName: string,
		how: { readonly proxies?: number; readonly proxiesFailing?: number; readonly mismatchesPerMinute?: number },
	): void;
	/** Offline: every trunk on it loses its connection, and gets it back once the edge is online again. */
	setEdge(name: string, online: boolean): void;
}

/** What can be done to queues without the API. */
export interface QueueWorld {
	/** Returns the queue's id. */
	addQueue(queue: NewQueue): string;
	setQueue(name: string, activity: QueueChange): void;
}

/** Changes the trunks and edges of this organization. */
export function telephonyWorld(state: State): TelephonyWorld {
	const change = (baseName: string, changed: (trunk: Trunk) => Trunk, instances?: number): void => {
		const ofBase = [...state.trunks.values()].filter((trunk) => trunk.base.name === baseName);
		if (ofBase.length === 0) throw new Error(`expected a trunk base, got ${baseName}; allowed: ${trunkNames(state)}`);
		for (const trunk of ofBase.slice(0, instances)) state.trunks.set(trunk.id, changed(trunk));
	};
	return {
		addTrunk: (trunk) => addTrunk(state, trunk),
		setTrunk: (baseName, condition, instances) =>
			change(
				baseName,
				(trunk) => ({ ...settled(trunk, state.clock.now()), ...conditions[condition], ...(condition === "up" ? whole : {}) }),
				instances,
			),
		deleteTrunk: (baseName) => {
			for (const trunk of state.trunks.values()) if (trunk.base.name === baseName) state.trunks.delete(trunk.id);
		},
		setTrunkMetrics: (baseName, metrics) => change(baseName, (trunk) => ({ ...trunk, ...metrics })),
		degradeTrunk: (baseName, how) => change(baseName, (trunk) => ({ ...settled(trunk, state.clock.now()), ...how })),
		setEdge: (name, online) => setEdge(state, name, online),
	};
}

/** What is counted by the minute, as a level from now on. */
const settled = (trunk: Trunk, now: number): Trunk => ({ ...trunk, qosMismatches: mismatchesOf(trunk, now), since: now });

/** The vendor's gauge as it stands now. */
export const mismatchesOf = ({ qosMismatches, mismatchesPerMinute, since }: Trunk, now: number): number =>
	qosMismatches + mismatchesPerMinute * Math.floor((now - since) / 60_000);

const conditions: Readonly<Record<TrunkCondition, Pick<Trunk, "connected" | "inService" | "enabled">>> = {
	up: { connected: true, inService: true, enabled: true },
	down: { connected: false, inService: true, enabled: true },
	disabled: { connected: false, inService: false, enabled: true },
	outOfService: { connected: false, inService: true, enabled: false },
};

const whole = { proxiesFailing: 0, mismatchesPerMinute: 0 } as const;

/** The name of an edge that only this trunk is on; they are counted from 1. */
export const ownEdgeName = (baseName: string, index: number): string => `${baseName} edge ${index}`;

const headquarters = "Headquarters";

/** The id looks like the name. */
const placeOf = (kind: "site" | "division", name: string): Place => ({ id: `${kind}-${slugOf(name)}`, name });
const slugOf = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
const inDivision = (name: string | undefined): { readonly division?: Place } =>
	name === undefined ? {} : { division: placeOf("division", name) };

function addTrunk(state: State, { base, instances, edges = [], site = headquarters, division }: NewTrunk): string {
	const baseId = base.id ?? state.entityIds.uuid();
	for (let index = 1; index <= instances; index += 1) {
		const edge = edgeFor(state, edges[index - 1], ownEdgeName(base.name, index), placeOf("site", site));
		const calls = { inboundCalls: 0, outboundCalls: 0, qosMismatches: 0, proxies: 1, ...whole };
		const id = state.entityIds.uuid();
		const named = { id, base: { id: baseId, name: base.name }, edge, ...inDivision(division) };
		state.trunks.set(id, { ...named, ...conditions.up, since: state.clock.now(), ...calls });
	}
	return baseId;
}

function edgeFor(state: State, shared: string | undefined, own: string, site: Place): Edge {
	const known = [...state.edges.values()].find(({ name }) => name === shared);
	if (known !== undefined) return known;
	const id = shared === undefined ? state.entityIds.uuid() : `edge-${slugOf(shared)}`;
	const edge: Edge = { id, name: shared ?? own, site, online: true };
	state.edges.set(edge.id, edge);
	return edge;
}

function setEdge(state: State, name: string, online: boolean): void {
	const edge = [...state.edges.values()].find((one) => one.name === name);
	const allowed = [...state.edges.values()].map((one) => one.name).join(", ") || "none";
	if (edge === undefined) throw new Error(`expected an edge, got ${name}; allowed: ${allowed}`);
	state.edges.set(edge.id, { ...edge, online });
	// What was down by itself stays so, and since then.
	for (const trunk of state.trunks.values())
		if (trunk.edge.id === edge.id && trunk.connected) state.trunks.set(trunk.id, settled(trunk, state.clock.now()));
}

/** As the vendor tells it: an edge that is offline connects nothing. */
export const isConnected = (state: State, { connected, edge }: Trunk): boolean => connected && state.edges.get(edge.id)?.online !== false;

function trunkNames(state: State): string {
	return [...new Set([...state.trunks.values()].map((trunk) => trunk.base.name))].join(", ") || "none";
}

/** Changes the queues of this organization. */
export function queueWorld(state: State): QueueWorld {
	return {
		addQueue: (queue) => {
			const added = newQueue(state, queue);
			state.queues.set(added.id, added);
			return added.id;
		},
		setQueue: (name, change) => {
			const queue = [...state.queues.values()].find((one) => one.name === name);
			if (queue === undefined) throw new Error(`expected a queue, got ${name}`);
			state.queues.set(queue.id, changed(queue, change, state.clock.now()));
		},
	};
}

function newQueue(state: State, { id, name, division, ...change }: NewQueue): Queue {
	const idle = {
		id: id ?? state.entityIds.uuid(),
		name,
		...inDivision(division),
		waiting: 0,
		waitingSince: [],
		interacting: 0,
		onQueueUsers: 0,
	};
	return changed(idle, change, state.clock.now());
}

/** Those that wait came evenly between the oldest and now; without an age they have all just come. */
function changed(queue: Queue, { oldestSeconds = 0, ...change }: QueueChange, now: number): Queue {
	if (change.waiting === undefined) return { ...queue, ...change };
	const count = change.waiting;
	const waitingSince = Array.from({ length: count }, (_, index) => now - Math.round((oldestSeconds * 1000 * (count - index)) / count));
	return { ...queue, ...change, waitingSince };
}
