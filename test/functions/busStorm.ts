import { seconds, trunk } from "./pipeline/fixtures.ts";
import { listening, trunkEvent } from "./pipeline/listenWorld.ts";

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);

/** As many messages as the listener is given at once. */
const batchSize = 10;

/** A stack whose polls saw so many trunks well, and an event of each of them that it is down. */
export async function busStorm(count: number) {
	const { polls, deliver, writes, leftOut, opened, queue } = listening();
	const trunks = (connected: boolean) =>
		numbers(count).map((number) =>
			trunk({
				id: `trunk-${number}`,
				name: `Trunk ${number}`,
				trunkBase: { id: `base-${number}`, name: `Trunk ${number}` },
				edge: { id: "edge-a", name: "Edge-A" },
				connected,
				options: [connected, connected],
			}),
		);
	const worlds = { well: { trunks: trunks(true) }, failing: { trunks: trunks(false) } };
	/** One poll, and how many writes it took. */
	const poll = async (world: keyof typeof worlds): Promise<number> => {
		const before = writes.length;
		await polls(1, worlds[world]);
		return writes.length - before;
	};
	for (let turn = 0; turn < 3; turn += 1) await poll("well");
	const events = numbers(count).map((number) => trunkEvent(false, seconds(181), { id: `trunk-${number}` }));
	/** Tells all of it so many times; how many messages stayed in the queue. */
	const tell = async (times: number): Promise<number> => {
		const texts = numbers(times).flatMap(() => events);
		let stayed = 0;
		for (let at = 0; at < texts.length; at += batchSize) stayed += (await deliver(texts.slice(at, at + batchSize))).length;
		return stayed;
	};
	return { poll, tell, writes: () => writes.length, leftOut, opened, pages: () => queue.bodies() };
}
