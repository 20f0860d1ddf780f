import { type DrillPorts, readDrills, standingOfDrill } from "../../functions/pipeline/drill/operate.ts";
import type { DrillOutcome } from "../../functions/pipeline/drill/records.ts";
import { EdgeError } from "../../functions/pipeline/ports.ts";
import type { EmulatorClock } from "../world/clock.ts";
import { progressText } from "./text.ts";

const everyMilliseconds = 5000;
/** Reads in a row that may fail: the network of whoever waits is not the drill's. */
const mostFailures = 12;

/** How somebody waits for a drill. */
export interface Waiting {
	readonly clock: Pick<EmulatorClock, "now" | "sleep">;
	/** How long at most. */
	readonly milliseconds: number;
	/** Tells what is new. */
	readonly say: (text: string) => void;
}

/** Follows a drill to what came of it; undefined where that took too long, or the ledger knows nothing of it. Throws EdgeError. */
export async function followDrill(ports: DrillPorts, id: string, { clock, milliseconds, say }: Waiting): Promise<DrillOutcome | undefined> {
	const until = clock.now() + milliseconds;
	let [said, failures] = ["", 0];
	for (;;) {
		try {
			const standing = standingOfDrill(await readDrills(ports), id);
			failures = 0;
			if (standing.state === "ended") return standing.drill;
			const text = progressText(standing);
			if (text !== said) say(text);
			if (standing.state === "unknown") return undefined;
			said = text;
		} catch (error) {
			failures += 1;
			if (!(error instanceof EdgeError && error.retry) || failures >= mostFailures) throw error;
		}
		if (clock.now() >= until) return undefined;
		await clock.sleep(everyMilliseconds);
	}
}
