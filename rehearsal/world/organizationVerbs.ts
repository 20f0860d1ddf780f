import type { GenesysWorld } from "../genesyscloud/index.ts";
import type { Happens } from "../scenario/scenario.ts";
import type { FaultVerb } from "./faults.ts";

/** What happens in the organization itself: no fault of a system, no person, no remedy, no webhook. */
export type OrganizationVerb = Exclude<
	Happens,
	| FaultVerb
	| {
			readonly do:
				| "acknowledge"
				| "acknowledge-by-link"
				| "acts"
				| "asks-drill"
				| "intrudes"
				| "operates"
				| "unacknowledge"
				| "remedy-helps"
				| "approve"
				| "webhook"
				| "posts"
				| "calls"
				| "silences"
				| "ends-silence"
				| "kills"
				| "rotates"
				| "deploys-key"
				| "revokes";
	  }
>;

/** Does it, and says what in a few words. */
export function changeOrganization(world: GenesysWorld, verb: OrganizationVerb): string {
	switch (verb.do) {
		case "trunk-down":
			world.setTrunk(verb.trunk, "down", verb.edges);
			return verb.trunk;
		case "trunk-up":
			world.setTrunk(verb.trunk, "up");
			return verb.trunk;
		case "trunk-disabled":
			world.setTrunk(verb.trunk, "disabled");
			return verb.trunk;
		case "trunk-deleted":
			world.deleteTrunk(verb.trunk);
			return verb.trunk;
		case "trunk-degrades": {
			const { trunk, proxies, failing, mismatchesPerMinute } = verb;
			world.degradeTrunk(trunk, { proxies, proxiesFailing: failing, mismatchesPerMinute });
			return `${trunk}: ${failing} of ${proxies} proxies fail, ${mismatchesPerMinute} mismatches a minute`;
		}
		case "edge-offline":
		case "edge-online":
			world.setEdge(verb.edge, verb.do === "edge-online");
			return verb.edge;
		case "queue-fills":
			world.setQueue(verb.queue, { waiting: verb.waiting, oldestSeconds: verb.oldestSeconds });
			return `${verb.queue}: ${verb.waiting} waiting, the first for ${verb.oldestSeconds} s`;
		case "event-repeats":
			world.repeatTrunkEvents(verb.trunk, verb.times);
			return `${verb.trunk}: ${verb.times} times`;
		case "event-unknown":
			world.tellUnknownVersion(verb.trunk, verb.times);
			return `${verb.trunk}: ${verb.times} times`;
		case "queue-drains":
			world.setQueue(verb.queue, { waiting: 0 });
			return verb.queue;
	}
}
