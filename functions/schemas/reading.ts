import * as z from "zod";
import { conditions, type Reading, severities } from "../pipeline/incident.ts";

/** What an entity's id or name may hold: it becomes part of the incident key, so no space. */
const entityId = z
	.string()
	.regex(/^[A-Za-z0-9:._-]{1,64}$/)
	.describe("The entity's own id: for a trunk the id of its trunk base. At most 64 of [A-Za-z0-9:._-]: it is part of the incident key.");

/**
 * The R3 document: one reading of one entity, as the poller makes it, a webhook delivers it and an event bus brings it.
 * Published as JSON Schema (`readingJsonSchema`), so that anyone can send one.
 */
export const reading = z
	.strictObject({
		schema: z.literal("genesyscloud-runbooks/reading/1").describe("Names this document and its version."),
		condition: z.enum(conditions).describe("What was looked for."),
		entity: z
			.strictObject({ id: entityId, name: z.string().min(1).max(256).describe("As people know it.") })
			.describe("What was looked at."),
		severity: z.enum(severities).describe("How bad it is if it is so."),
		verdict: z.enum(["breach", "clear", "no-data"]).describe("What this one look said. `no-data` is neither healthy nor down."),
		reason: z.string().min(1).max(256).describe("Why the verdict is what it is."),
		observedAt: z.number().int().nonnegative().describe("Milliseconds since the Unix epoch."),
		metrics: z.record(z.string(), z.number()).describe("The numbers that the verdict rests on, by name, with the unit in the name."),
		source: z.enum(["poller", "webhook", "event-bus", "overseer"]).describe("Who looked."),
		raw: z.unknown().describe("The reading as it came, for the person who doubts the summary. Any JSON."),
	})
	.meta({
		title: "Reading",
		description: "One reading of one entity by the on-call runbooks for Genesys Cloud.",
	}) satisfies z.ZodType<Reading>;

/** The JSON Schema (draft 2020-12) of the reading document, as it is published for those who send webhooks. */
export function readingJsonSchema(): Record<string, unknown> {
	return { ...z.toJSONSchema(reading, { io: "input" }) };
}
