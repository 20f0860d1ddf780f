import type { Ledger } from "../../functions/pipeline/ports.ts";
import { readStackFile, withSettings } from "../../rehearsal/scenario/stackFile.ts";
import { createOfflineWorld, type OfflineWorld } from "../../rehearsal/world/offlineWorld.ts";

/** How much there is to look at: trunk instances sit on two edges each. */
export interface Estate {
	readonly trunkInstances: number;
	readonly edges: number;
	readonly queues: number;
}

/** What one poll cost. */
export interface PollCost {
	readonly reads: number;
	readonly writes: number;
	/** Requests of the Genesys Cloud API. */
	readonly requests: number;
	readonly seconds: number;
}

const pageSize = 100;

/** The fewest requests that page and batch sizes allow: every listing, the metrics of every trunk, the numbers of every queue. */
export function fewestRequests({ trunkInstances, edges, queues }: Estate): number {
	const [ofTrunks, ofEdges, ofQueues] = [trunkInstances, edges, queues].map((count) => Math.ceil(count / pageSize));
	return 2 * (ofTrunks ?? 0) + (ofEdges ?? 0) + 2 * (ofQueues ?? 0);
}

/** A deployed world in which a call of the ledger takes 5 ms and a request 150 ms, with a poller that watches all of that. */
export async function worldOf({ trunkInstances, edges, queues }: Estate) {
	const count = { reads: 0, writes: 0 };
	const names = Array.from({ length: queues }, (_, index) => ({ name: `Queue-${index}` }));
	const on = { enabled: true };
	const runbooks = { "trunk-degraded": on, "edge-offline": on, "queue-overflow": { ...on, queues: names } };
	const edgeName = (index: number): string => `Edge-${index % edges}`;
	const world = await createOfflineWorld({
		file: withSettings(readStackFile("dev"), { runbooks }),
		seed: 1,
		trunks: Array.from({ length: trunkInstances / 2 }, (_, index) => ({
			name: `Trunk-${index}`,
			edges: 2,
			on: [edgeName(2 * index), edgeName(2 * index + 1)],
		})),
		latency: { ledger: [5, 5], queue: [10, 10], aws: [10, 10], http: [150, 150] },
	});
	for (const { ledger } of world.aws.state.tables) Object.assign(ledger, counted({ ...ledger }, count));
	world.latency.begin();
	const requests = requestsOf(world);
	const [poller] = world.aws.schedules().filter(({ functionName }) => functionName.endsWith("-poller"));
	if (poller === undefined) throw new Error("Expected a schedule of the poller");
	/** Plays one poll, a minute after the one before, and says what it cost. */
	const poll = async (): Promise<PollCost> => {
		const began = world.clock.now();
		Object.assign(count, { reads: 0, writes: 0 });
		const before = requests();
		let ended = began;
		world.clock.spawn(async () => {
			// What fails is in the health, or in the troubles of the world.
			await world.aws.runSchedule(poller).catch(() => undefined);
			ended = world.clock.now();
		});
		await world.clock.run(began + 60_000);
		return { ...count, requests: requests() - before, seconds: (ended - began) / 1000 };
	};
	/** The polls until everything is known to be well. */
	const settle = async (): Promise<void> => {
		for (let turn = 0; turn < 4; turn += 1) await poll();
	};
	const pass = (seconds: number): Promise<void> => world.clock.run(world.clock.now() + seconds * 1000);
	return { world, poll, settle, pass };
}

/** A ledger that counts what reaches it: a query is a read, each write of a transaction a write. */
function counted(ledger: Ledger, count: { reads: number; writes: number }): Ledger {
	const read = <T>(work: () => Promise<T>): Promise<T> => {
		count.reads += 1;
		return work();
	};
	const write = <T>(writes: number, work: () => Promise<T>): Promise<T> => {
		count.writes += writes;
		return work();
	};
	return {
		...ledger,
		read: (key) => read(() => ledger.read(key)),
		due: (...asked) => read(() => ledger.due(...asked)),
		write: (...written) => write(1, () => ledger.write(...written)),
		transact: (writes) => write(writes.length, () => ledger.transact(writes)),
	};
}

/** Each way of a request draws its time: the requests of the API are half of the draws, without those for a token. */
function requestsOf({ latency }: OfflineWorld): () => number {
	let ways = 0;
	const plain = latency.oneWay.bind(latency);
	latency.oneWay = (service) => {
		if (service === "http") ways += 1;
		return plain(service);
	};
	return () => ways / 2;
}
