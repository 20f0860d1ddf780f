import { requestDrill } from "../../functions/pipeline/drill/operate.ts";
import type { Happens } from "../scenario/scenario.ts";
import type { OfflineWorld } from "./offlineWorld.ts";

/** Somebody asks for a drill: with credentials of his own, as `npm run drill` does. */
export async function askForDrill(world: OfflineWorld, { policy, by }: Extract<Happens, { do: "asks-drill" }>): Promise<void> {
	const { aws, clock, settings, timeline } = world;
	const [table] = aws.state.tables;
	if (table === undefined) throw new Error("asks-drill: expected the table of the ledger, got none");
	const at = clock.now();
	const ports = { ledger: table.ledger, environment: settings.runtime.environment };
	const asked = await requestDrill(ports, { id: `drill-${at}`, policy, by, at });
	if (asked === "full") throw new Error("asks-drill: expected fewer drills at once");
	timeline.log({ who: "person", what: "asks-drill", outcome: policy, detail: `by ${by}` });
}
