import { Worker } from "node:worker_threads";
import type { Came, OneOfMany, Refused } from "./oneOfMany.ts";

/** What a story leaves behind dies young: with more room for it, a tenth of the time goes into something else than collecting it. */
export const roomForTheYoung = { maxYoungGenerationSizeMb: 192 } as const;

type Ended = PromiseWithResolvers<Came | Refused>;

/** Plays all of them on so many threads. What came of each is given in their order, as soon as all before it are over. Throws what a thread throws. */
export async function* sideBySide(many: readonly OneOfMany[], threads: number): AsyncGenerator<Came | Refused> {
	const ended = many.map((): Ended => Promise.withResolvers());
	// Whoever waits for an earlier one hears of it later, or not at all.
	for (const { promise } of ended) promise.catch(() => undefined);
	const open = many.map((one, index) => ({ one, index }));
	const workers = Array.from({ length: threads }, () => employ(open, ended));
	try {
		for (const { promise } of ended) yield await promise;
	} finally {
		await Promise.all(workers.map((worker) => worker.terminate()));
	}
}

/** A thread that takes the next one that is open whenever it has ended one. */
function employ(open: { readonly one: OneOfMany; readonly index: number }[], ended: readonly Ended[]): Worker {
	const worker = new Worker(new URL("./oneOfManyWorker.ts", import.meta.url), { resourceLimits: roomForTheYoung });
	let current: Ended | undefined;
	const give = (): void => {
		const next = open.shift();
		current = next && ended[next.index];
		if (next !== undefined) worker.postMessage(next.one);
	};
	worker.on("message", (came: Came | Refused) => {
		current?.resolve(came);
		give();
	});
	worker.on("error", (error) => {
		for (const each of ended) each.reject(error);
	});
	give();
	return worker;
}
