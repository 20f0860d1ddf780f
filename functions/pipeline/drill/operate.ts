import { change, readItem } from "../ledger/store.ts";
import { drillsKey } from "../model/keys.ts";
import type { Ports } from "../ports.ts";
import { type DrillOutcome, type DrillRequest, type DrillsItem, noDrills, type RunningDrill, withRequest } from "./records.ts";

/** What a person needs to ask for a drill, and to see what came of it. */
export interface DrillPorts extends Pick<Ports, "ledger"> {
	/** The stack's name. */
	readonly environment: string;
}

/** Asks for a drill, which the overseer begins within a minute; "full" where too many wait already. Throws EdgeError. */
export const requestDrill = ({ ledger, environment }: DrillPorts, request: DrillRequest): Promise<"asked" | "full"> =>
	change<DrillsItem, "asked" | "full">(ledger, drillsKey(environment), (item = noDrills) => {
		const write = withRequest(item, request);
		return write === undefined ? { result: "full" } : { write, result: "asked" };
	});

/** Everything that is known of a stack's drills. Throws EdgeError. */
export const readDrills = async ({ ledger, environment }: DrillPorts): Promise<DrillsItem> =>
	(await readItem<DrillsItem>(ledger, drillsKey(environment))) ?? noDrills;

/** Where a drill stands that was asked for. */
export type DrillStanding =
	| { readonly state: "waiting"; readonly drill: DrillRequest }
	| { readonly state: "running"; readonly drill: RunningDrill }
	| { readonly state: "ended"; readonly drill: DrillOutcome }
	| { readonly state: "unknown" };

export function standingOfDrill({ requests, running, ended }: DrillsItem, id: string): DrillStanding {
	const over = ended.find((drill) => drill.id === id);
	if (over !== undefined) return { state: "ended", drill: over };
	const begun = running.find((drill) => drill.id === id);
	if (begun !== undefined) return { state: "running", drill: begun };
	const wanted = requests.find((drill) => drill.id === id);
	return wanted === undefined ? { state: "unknown" } : { state: "waiting", drill: wanted };
}
