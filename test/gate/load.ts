import { Worker } from "node:worker_threads";

/** Busy for as long as it lives. A thread, because it ends with this process, however that ends. */
const busy = "for (;;) Math.sqrt(Math.random());";

/** Keeps the machine busy with so many threads until it is ended. */
export function startLoad(threads: number): () => Promise<void> {
	const workers = Array.from({ length: threads }, () => new Worker(busy, { eval: true }));
	return async () => {
		await Promise.all(workers.map((worker) => worker.terminate()));
	};
}
