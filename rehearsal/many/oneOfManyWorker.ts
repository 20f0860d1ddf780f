import { parentPort } from "node:worker_threads";
import { createPlayer, type OneOfMany } from "./oneOfMany.ts";

/** One thread of many rehearsals: plays what it is given, and says what came of it. */
const player = createPlayer();

parentPort?.on("message", (one: OneOfMany) => {
	player(one).then(
		(came) => parentPort?.postMessage(came),
		(error: unknown) => {
			// The thread ends by it, and with it all the rehearsals.
			setImmediate(() => {
				throw error;
			});
		},
	);
});
