import type { Instant } from "../model/incident.ts";
import { momentOf, property, textAt } from "../normalize/fields.ts";
import { type EventSettings, type EventTopic, eventTopics } from "./settings.ts";

/** One event of the partner bus. */
export interface BusEvent {
	readonly topic: EventTopic;
	/** The id in its topic's name. */
	readonly entityId: string;
	/** When Genesys Cloud told it; a clock that runs ahead counts as now. */
	readonly at: Instant;
	readonly body: object;
}

/** What a message of the buffer queue is: an event, one of a topic that nobody chose, or nothing that can be understood, and why. */
export type ReadEvent = { readonly event: BusEvent } | { readonly leftOut: "not-chosen" } | { readonly problem: string };

/** Amazon EventBridge takes events of at most 256 KB. */
const mostCharacters = 262_144;

/**
 * Reads the text of a message: `{ "detail-type", time, detail: { topicName, version, timestamp, eventBody } }`, as the vendor's blueprint
 * aws-eventbridge-oauth-client-delete shows it. A problem names a place and what was expected there, and repeats nothing of the event.
 */
export function readEvent(text: string, settings: EventSettings, now: Instant): ReadEvent {
	if (text.length > mostCharacters) return { problem: `expected an event of at most ${mostCharacters} characters, got ${text.length}` };
	const event = parsed(text);
	const detail = property(event, "detail");
	const name = textAt(detail, "topicName");
	if (name === undefined) return { problem: "detail.topicName: expected the name of a topic, got nothing" };
	const found = topicOf(name, settings);
	if (found === undefined) return { leftOut: "not-chosen" };
	if (textAt(detail, "version") !== settings.version)
		return { problem: `detail.version: expected ${JSON.stringify(settings.version)}, as the settings say, got another` };
	const at = momentOf(property(detail, "timestamp")) ?? momentOf(property(event, "time"));
	if (at === undefined) return { problem: "detail.timestamp: expected a moment, got none" };
	const body = property(detail, "eventBody");
	if (typeof body !== "object" || body === null) return { problem: "detail.eventBody: expected an object, got something else" };
	return { event: { ...found, at: Math.min(at, now), body } };
}

/** The pattern of a topic's name: each part in braces is an id. */
const namePattern = (topic: string): RegExp => {
	const parts = topic.split(/\{[^}]*\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
	return new RegExp(`^${parts.join("([^.]+)")}$`);
};

function topicOf(name: string, { topics }: EventSettings): Pick<BusEvent, "topic" | "entityId"> | undefined {
	for (const topic of eventTopics) {
		const chosen = topics[topic];
		const match = chosen && namePattern(chosen.topic).exec(name);
		if (match) return { topic, entityId: match[1] ?? "" };
	}
	return undefined;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
