import type { Incident } from "../../functions/pipeline/model/incident.ts";
import { carryOutAct } from "../../functions/pipeline/operate/flow.ts";
import type { Happens } from "../scenario/scenario.ts";
import type { OfflineWorld } from "./offlineWorld.ts";

type Operates = Extract<Happens, { do: "operates" }>;

/** An operator acts by the command on the newest incident of what they name, by the command's own rules, on the stack's ledger. */
export async function operateByHand(world: OfflineWorld, { act, by, why, trunk, queue }: Operates): Promise<void> {
	const { aws, clock, settings, timeline } = world;
	const [table] = aws.state.tables;
	if (table === undefined) throw new Error("operates: expected the stack to declare the ledger's table, got none");
	const { ledger } = table;
	const incidents = ledger.items().flatMap(({ key, value }) => (key.startsWith("inc:") ? [value as Incident] : []));
	const wanted = newest(incidents, trunk ?? queue);
	const ports = { ledger, clock, settings: settings.runtime };
	const { reason } = wanted === undefined ? { reason: "no-such-incident" } : await carryOutAct(ports, wanted, { act, by, why }, "do");
	timeline.log({
		who: "person",
		what: "operated",
		...(wanted === undefined ? {} : { incident: wanted.key, occurrence: wanted.occurrence }),
		outcome: reason,
		detail: `${by}: ${act}: ${why}`,
	});
}

const newest = (incidents: readonly Incident[], name: string | undefined): Incident | undefined =>
	incidents
		.filter(({ entityName, storedAs }) => storedAs === undefined && (name === undefined || entityName === name))
		.toSorted((one, other) => one.openedAt - other.openedAt)
		.at(-1);
