import { beginSilence, endSilence, type OperatePorts } from "../../functions/pipeline/silence/operate.ts";
import type { Happens } from "../scenario/scenario.ts";
import { matchText } from "../silence/listed.ts";
import type { OfflineWorld } from "./offlineWorld.ts";

/** Somebody silences failures by hand, or ends such a silence: with credentials of his own, as `npm run silence` does. */
export async function silenceByHand(world: OfflineWorld, verb: Extract<Happens, { do: "silences" | "ends-silence" }>): Promise<void> {
	const ports = operatePorts(world);
	const { silence: id, by: who } = verb;
	if (verb.do === "ends-silence") {
		const ended = await endSilence(ports, id);
		world.timeline.log({ who: "person", what: verb.do, outcome: id, detail: ended === "ended" ? `by ${who}` : `by ${who}: it was over` });
		return;
	}
	const { match, lasts, why } = verb;
	const from = world.clock.now();
	const begun = await beginSilence(ports, { id, why, who, match, from, until: from + lasts * 1000 });
	if (begun === "full") throw new Error("silences: expected fewer silences at once");
	world.timeline.log({ who: "person", what: verb.do, outcome: id, detail: `${matchText(match)}: ${why} (${who})` });
}

function operatePorts({ aws, clock, settings }: OfflineWorld): OperatePorts {
	const [table] = aws.state.tables;
	if (table === undefined) throw new Error("silences: expected the table of the ledger, got none");
	return { ledger: table.ledger, clock, environment: settings.runtime.environment };
}
