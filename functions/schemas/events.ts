import * as z from "zod";
import { type EventSettings, opensWords } from "../pipeline/listen/settings.ts";
import { watchedConditions } from "../pipeline/model/incident.ts";
import { choice, section, text } from "./builders.ts";

/** A topic of Genesys Cloud; how it writes the places of ids is its own. */
const topic = (name: string) =>
	text(
		/^v2(\.[A-Za-z0-9_-]+|\.\{[A-Za-z0-9]+\})*\.\{[A-Za-z0-9]+\}(\.[A-Za-z0-9_-]+)*$/,
		"a topic with the place of an id in braces, such as v2.operations.events.{id}",
	)
		.default(name)
		.describe("Its name, as GET /api/v2/notifications/availabletopics of the organization writes it.");

const opens = choice(opensWords)
	.default("at-once")
	.describe("Whether an event of a failure opens its incident at once, or is one look of a streak, like a poll.");

const definitions = z
	.record(
		text(/^.{1,256}$/, "the id or the name of a definition, in quotes"),
		section({
			condition: choice(watchedConditions).describe("The condition that it is about."),
			verdict: choice(["breach", "clear"]).describe("What it says of its entity."),
		}),
		{ error: "a section of definition: condition and verdict" },
	)
	.describe("What each operational event says, by the id or the name of its definition (GET /api/v2/usage/events/definitions).");

export const eventFields = {
	version: text(/^[A-Za-z0-9.]{1,16}$/, 'a version in quotes, such as "2"')
		.default("2")
		.describe("What detail.version says of every event; one of another version is refused, and kept with the dead letters."),
	topics: section({
		trunks: section({ topic: topic("v2.telephony.providers.edges.trunks.{id}"), opens })
			.exactOptional()
			.describe("The state of a trunk instance: trunk-down."),
		"trunk-metrics": section({ topic: topic("v2.telephony.providers.edges.trunks.{id}.metrics") })
			.exactOptional()
			.describe("Its QoS mismatches: trunk-degraded. A breach is one look; the polls tell the end."),
		"queue-observations": section({ topic: topic("v2.analytics.queues.{id}.observations") })
			.exactOptional()
			.describe("What waits in a queue: queue-overflow. A breach is one look; the polls tell the end."),
		operations: section({ topic: topic("v2.operations.events.{id}"), opens, definitions })
			.exactOptional()
			.describe("Operational events, each with a meaning of its own."),
	}).describe("What comes by the bus, each topic only where it is named here."),
};

/** What the listener must know of events. */
export const eventsSchema = section(eventFields) satisfies z.ZodType<EventSettings>;
