import type { Condition, Verdict } from "../model/incident.ts";

/** The topics of Genesys Cloud that tell of what the polls watch, in our words. */
export const eventTopics = ["trunks", "trunk-metrics", "queue-observations", "operations"] as const;
export type EventTopic = (typeof eventTopics)[number];

/** What an event of a failure counts as: a whole streak, so that its incident opens at once, or one look, like a poll. */
export const opensWords = ["at-once", "like-a-poll"] as const;

/** One topic by the name under which Genesys Cloud offers it; each part in braces stands for an id. */
interface TopicName {
	readonly topic: string;
}

interface StateTopic extends TopicName {
	readonly opens: (typeof opensWords)[number];
}

/** What an operational event says, by the id or the name of its definition. */
export interface OperationMeaning {
	readonly condition: Condition;
	readonly verdict: Exclude<Verdict, "no-data">;
}

/** What comes by Amazon EventBridge, as the listener must know it. */
export interface EventSettings {
	/** What `detail.version` says of every event: the bodies of another one may have other fields. */
	readonly version: string;
	readonly topics: {
		readonly trunks?: StateTopic;
		readonly "trunk-metrics"?: TopicName;
		readonly "queue-observations"?: TopicName;
		readonly operations?: StateTopic & { readonly definitions: Readonly<Record<string, OperationMeaning>> };
	};
}
