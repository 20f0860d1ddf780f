import { Worker } from "node:worker_threads";
import { roomForTheYoung } from "../many/sideBySide.ts";
import type { DrawOptions } from "./draw.ts";
import type { News, Order } from "./messages.ts";
import type { Outcome } from "./playSeed.ts";
import type { Shrunk } from "./shrink.ts";

export interface Campaign {
	readonly from: number;
	readonly seeds: number;
	readonly threads: number;
	readonly draw: DrawOptions;
	/** So many failing seeds at most are shrunk. */
	readonly shrinks: number;
	readonly finished: (outcome: Outcome) => void;
	readonly shrunk: (seed: number, shrunk: Shrunk) => void;
}

/** Seeds in a row share their settings: one thread plays them, and deploys once. */
const seedsOfOneOrder = 25;

/** Orders in the order of their seeds; what is to be shrunk goes first. */
class Orders {
	readonly #campaign: Campaign;
	readonly #shrinks: Order[] = [];
	readonly #shrunk = new Set<string>();
	#next: number;

	constructor(campaign: Campaign) {
		this.#campaign = campaign;
		this.#next = campaign.from;
	}

	/** One story of each invariant is enough to begin with. */
	broken({ seed, broken: [first] }: Outcome): void {
		if (first === undefined || this.#shrunk.has(first.invariant) || this.#shrunk.size >= this.#campaign.shrinks) return;
		this.#shrunk.add(first.invariant);
		this.#shrinks.push({ kind: "shrink", seed, invariant: first.invariant, draw: this.#campaign.draw });
	}

	next(): Order | undefined {
		const shrink = this.#shrinks.shift();
		if (shrink !== undefined) return shrink;
		const { from, seeds, draw } = this.#campaign;
		const until = Math.min(from + seeds, this.#next + seedsOfOneOrder - (this.#next % seedsOfOneOrder));
		const own = Array.from({ length: until - this.#next }, (_, index) => this.#next + index);
		this.#next = Math.max(this.#next, until);
		return own.length === 0 ? undefined : { kind: "play", seeds: own, draw };
	}
}

/** Plays all seeds on so many threads. Resolves when all are played, or soon after `signal` aborts. Throws what a thread throws. */
export async function playAll(campaign: Campaign, signal: AbortSignal): Promise<void> {
	const orders = new Orders(campaign);
	await Promise.all(Array.from({ length: campaign.threads }, () => employ(campaign, orders, signal)));
}

function employ(campaign: Campaign, orders: Orders, signal: AbortSignal): Promise<void> {
	const worker = new Worker(new URL("./worker.ts", import.meta.url), { resourceLimits: roomForTheYoung });
	return new Promise((resolve, reject) => {
		const end = (): void => void worker.terminate().then(() => resolve(), reject);
		const give = (): void => {
			const order = signal.aborted ? undefined : orders.next();
			if (order === undefined) end();
			else worker.postMessage(order);
		};
		worker.on("error", reject);
		worker.on("message", (news: News) => {
			if (news.kind === "free") give();
			else if (news.kind === "shrunk") campaign.shrunk(news.seed, news.shrunk);
			else {
				campaign.finished(news.outcome);
				orders.broken(news.outcome);
			}
		});
		signal.addEventListener("abort", end);
		give();
	});
}
