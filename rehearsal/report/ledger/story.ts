import type { ToldPolicies } from "../policyFacts.ts";
import type { Story } from "../story.ts";
import { eventsOf } from "./events.ts";
import type { IncidentItem } from "./item.ts";

/** The story of incidents as the ledger holds them: at least one, in the order of their opening. Seconds are counted from the first opening. */
export function storyOfItems(items: readonly [IncidentItem, ...IncidentItem[]], policies: ToldPolicies): Story {
	const [first] = items;
	const begins = Math.min(...items.map(({ openedAt }) => openedAt));
	return {
		kind: "incident",
		title: items.length === 1 ? `${first.entityName}: ${first.condition}` : `${items.length} incidents`,
		stack: first.environment,
		expectations: [],
		begins: new Date(begins).toISOString(),
		policies,
		names: new Map(items.map(({ key, entityName }) => [key, entityName])),
		events: eventsOf(items, begins),
	};
}
