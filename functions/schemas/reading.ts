import * as z from "zod";
import { boundedNumber, maximumMetricName, maximumMetrics } from "../pipeline/model/bounds.ts";
import { conditions, type Reading, severities } from "../pipeline/model/incident.ts";
import { entityIdPattern } from "../pipeline/normalize/alert.ts";

/** What an entity's id or name may hold: it becomes part of the incident key, so no space. */
const entityId = z
	.string()
	.regex(entityIdPattern)
	.describe(
		"The entity's own id: for a trunk the id of its trunk base. At most 64 of [A-Za-z0-9:._-]: it is part of the incident key. `group` and `group-<number>` stand for many entities at once.",
	);

/** The numbers of a reading: every number is taken, and what is beyond the bounds counts as the bound. */
const metrics = z
	.record(z.string().min(1).max(maximumMetricName), z.number().overwrite(boundedNumber))
	.refine((given) => Object.keys(given).length <= maximumMetrics, `Expected at most ${maximumMetrics} metrics`)
	.meta({
		description: `The numbers that the verdict rests on, by name, with the unit in the name: at most ${maximumMetrics}. A number beyond ±${Number.MAX_SAFE_INTEGER} counts as that one, one nearer to 0 than 1e-100 as 0.`,
		maxProperties: maximumMetrics,
	});

/** Text as people wrote it; half a surrogate pair becomes U+FFFD. */
const text = z
	.string()
	.min(1)
	.max(256)
	.overwrite((given) => given.toWellFormed());

const named = z.strictObject({ id: entityId.describe("Its id in Genesys Cloud."), name: text });

/**
 * The R3 document: one reading of one entity, as the poller makes it, a webhook delivers it and an event bus brings it.
 * Published as JSON Schema (`readingJsonSchema`), so that anyone can send one.
 */
export const reading = z
	.strictObject({
		schema: z.literal("genesyscloud-runbooks/reading/1").describe("Names this document and its version."),
		condition: z.enum(conditions).describe("What was looked for."),
		entity: z
			.strictObject({
				id: entityId.describe("Of a trunk it is the id of the trunk base, not that of one instance."),
				name: text.describe("As people know it."),
			})
			.describe("What was looked at."),
		severity: z.enum(severities).describe("How bad it is if it is so."),
		verdict: z.enum(["breach", "clear", "no-data"]).describe("What this one look said. `no-data` is neither healthy nor down."),
		reason: text.describe("Why the verdict is what it is."),
		place: text.exactOptional().describe("Where the entity is, for people: a site or an edge."),
		location: z
			.strictObject({ site: named.exactOptional().describe("The one site that it is at."), division: named.exactOptional() })
			.exactOptional()
			.describe("Where it is in the organization, by the ids and names of Genesys Cloud: routes may ask for it."),
		observedAt: z.number().int().nonnegative().describe("Milliseconds since the Unix epoch."),
		metrics,
		source: z.enum(["poller", "webhook", "event-bus", "overseer"]).describe("Who looked."),
		raw: z
			.unknown()
			.describe(
				"The reading as it came, for the person who doubts the summary. Any JSON: its text is logged as it stands, the first 8192 characters of it, when it opens an incident.",
			),
	})
	.meta({
		title: "Reading",
		description: "One reading of one entity by the on-call runbooks for Genesys Cloud.",
	}) satisfies z.ZodType<Reading>;

/** The JSON Schema (draft 2020-12) of the reading document, as it is published for those who send webhooks. */
export function readingJsonSchema(): Record<string, unknown> {
	return { ...z.toJSONSchema(reading, { io: "input" }) };
}
