import type * as z from "zod";
import { watchedRunbooks } from "../../conditions/runbooks.ts";
import { type EventTopic, eventTopics } from "../../functions/pipeline/listen/settings.ts";
import type { WatchedCondition } from "../../functions/pipeline/model/incident.ts";
import { property } from "../../functions/pipeline/normalize/fields.ts";
import { section, text } from "../../functions/schemas/builders.ts";
import { eventFields } from "../../functions/schemas/events.ts";
import { record } from "./parts.ts";
import { configPath, type Problem, shown } from "./problems.ts";

/** What a stack may say of events by Amazon EventBridge. */
export const eventsSettings = section({
	sourceSuffix: text(/^[A-Za-z0-9._-]{1,64}$/, "at most 64 of [A-Za-z0-9._-]")
		.exactOptional()
		.describe(
			"The last part of the event source's name, which no other integration of the organization may have; by default names.prefix and the stack.",
		),
	...eventFields,
}).describe(
	"Events of Genesys Cloud by Amazon EventBridge, beside the polls: an integration of type amazon-eventbridge-source, and a partner event bus in the account and region of the stack.",
);

export type ConfiguredEvents = z.infer<typeof eventsSettings>;

/** What each topic that has a meaning of its own tells of. */
const conditionOfTopic: Readonly<Record<Exclude<EventTopic, "operations">, WatchedCondition>> = {
	trunks: "trunk-down",
	"trunk-metrics": "trunk-degraded",
	"queue-observations": "queue-overflow",
};

/** A bus that carries nothing, two topics that cannot be told apart, and events of conditions that nobody answers. */
export function eventProblems({ events, runbooks }: Readonly<Record<string, unknown>>): readonly Problem[] {
	if (typeof events !== "object" || events === null) return [];
	const topics = record(record(events).topics);
	const path = (...rest: readonly string[]): string => configPath(["events", "topics", ...rest]);
	const named = eventTopics.filter((topic) => topics[topic] !== undefined);
	if (named.length === 0)
		return [{ path: path(), expected: `at least one of ${eventTopics.join(", ")}`, got: shown(record(events).topics) }];
	const definitions = record(property(topics.operations, "definitions"));
	const none = named.includes("operations") && Object.keys(definitions).length === 0;
	return [
		...(none
			? [
					{
						path: path("operations", "definitions"),
						expected: "at least one definition",
						got: shown(property(topics.operations, "definitions")),
					},
				]
			: []),
		...twice(named.map((topic) => [topic, property(topics[topic], "topic")])).map((topic) => ({
			path: path(topic, "topic"),
			expected: "a topic that no other section here has",
			got: shown(property(topics[topic], "topic")),
		})),
		...unanswered(named, definitions, runbooks).map(({ path: at, ...rest }) => ({ path: path(...at), ...rest })),
	];
}

function twice(given: readonly (readonly [string, unknown])[]): readonly string[] {
	const texts = given.filter(([, name]) => name !== undefined);
	return texts.flatMap(([topic, name], index) => (texts.findIndex(([, other]) => other === name) < index ? [topic] : []));
}

function unanswered(named: readonly EventTopic[], definitions: Readonly<Record<string, unknown>>, runbooks: unknown) {
	const answered: readonly string[] = watchedRunbooks
		.filter(({ name, enabled }) => (record(record(runbooks)[name]).enabled ?? enabled) === true)
		.map(({ name }) => name);
	const own = named.flatMap((topic) => (topic === "operations" ? [] : [{ path: [topic], condition: conditionOfTopic[topic] }]));
	const meant = Object.entries(definitions).map(([word, meaning]) => ({
		path: ["operations", "definitions", word, "condition"],
		condition: property(meaning, "condition"),
	}));
	const isKnown = (condition: unknown): boolean => watchedRunbooks.some(({ name }) => name === condition);
	return [...own, ...meant]
		.filter(({ condition }) => isKnown(condition) && !answered.some((name) => name === condition))
		.map(({ path, condition }) => ({
			path,
			expected: `its runbook ${String(condition)} to be enabled: without it the polls list none of its entities`,
			got: `only ${answered.join(", ") || "none"}`,
		}));
}

/** What the listener takes along. */
export const runtimeEvents = ({ version, topics }: ConfiguredEvents): z.infer<z.ZodObject<typeof eventFields>> => ({ version, topics });
