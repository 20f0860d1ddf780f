import { parentPort } from "node:worker_threads";
import { draw } from "./draw.ts";
import type { News, Order } from "./messages.ts";
import { createPlayer, playSeed } from "./playSeed.ts";
import { shrink } from "./shrink.ts";

/** One thread of a campaign: plays what it is given. */
const player = createPlayer();
const report = (news: News): void => parentPort?.postMessage(news);

async function work(order: Order): Promise<void> {
	if (order.kind === "play") {
		for (const seed of order.seeds) report({ kind: "outcome", outcome: await playSeed(player, seed, order.draw) });
	} else {
		const { seed, invariant } = order;
		report({ kind: "shrunk", seed, shrunk: await shrink(player, seed, draw(seed, order.draw), invariant) });
	}
	report({ kind: "free" });
}

parentPort?.on("message", (order: Order) => {
	work(order).catch((error: unknown) => {
		// The thread ends by it, and with it the campaign.
		setImmediate(() => {
			throw error;
		});
	});
});
