import type { Settings } from "../../components/settings/settings.ts";
import type { Scenario, ScenarioTrunk } from "../scenario/scenario.ts";

/** What the stack watches is there before anything is deployed: the organization was not made by the program. */
export const watchedQueues = ({ runtime }: Settings): Scenario["queues"] =>
	(runtime.runbooks["queue-overflow"]?.queues ?? []).map(({ name }) => ({ name, onQueue: 0 }));

/** So are the trunks that its queues are fed by, where the scenario says nothing of them. */
export function withFeeds({ runtime }: Settings, trunks: readonly ScenarioTrunk[]): readonly ScenarioTrunk[] {
	const named = new Set(trunks.map(({ name }) => name));
	const overflow = runtime.runbooks["queue-overflow"];
	const feeds = overflow?.enabled === true ? overflow.queues.flatMap(({ fedBy = [] }) => fedBy) : [];
	const others = new Set(feeds.filter((feed) => !named.has(feed)));
	return [...trunks, ...[...others].map((name) => ({ name, edges: 1 }))];
}
