import { parentPort, workerData } from "node:worker_threads";
import { playOurs } from "./ours.ts";
import { cases } from "./schedule.ts";
import { ours, rowOf } from "./systems.ts";

/** Plays every case in a thread of its own, so that the receivers of the other side answer in time; posts each row. */
const { seed }: { readonly seed: number } = workerData;
for (const given of cases) {
	for (const { name, channels } of ours) parentPort?.postMessage(rowOf(given, name, await playOurs(given, channels, seed)));
}
