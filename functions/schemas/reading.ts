import * as v from "valibot";
import { boundedNumber, maximumMetricName, maximumMetrics } from "../pipeline/model/bounds.ts";
import { conditions, type Reading, severities } from "../pipeline/model/incident.ts";
import { entityIdPattern } from "../pipeline/normalize/alert.ts";
import { count, filled } from "./contract.ts";

/** What an entity's id or name may hold: it becomes part of the incident key, so no space. */
const entityId = v.pipe(
	v.string(),
	v.regex(entityIdPattern),
	v.description(
		"The entity's own id: for a trunk the id of its trunk base. At most 64 of [A-Za-z0-9:._-]: it is part of the incident key. `group` and `group-<number>` stand for many entities at once.",
	),
);

/** The numbers of a reading: every number is taken, and what is beyond the bounds counts as the bound. */
const metrics = v.pipe(
	v.record(v.pipe(filled, v.maxLength(maximumMetricName)), v.pipe(v.number(), v.finite(), v.transform(boundedNumber))),
	v.maxEntries(maximumMetrics),
	v.description(
		`The numbers that the verdict rests on, by name, with the unit in the name: at most ${maximumMetrics}. A number beyond ±${Number.MAX_SAFE_INTEGER} counts as that one, one nearer to 0 than 1e-100 as 0.`,
	),
);

/** Text as people wrote it; half a surrogate pair becomes U+FFFD. What it is for stands before that: the published schema ends there. */
const text = (about?: string) =>
	v.pipe(
		filled,
		v.maxLength(256),
		v.metadata(about === undefined ? {} : { description: about }),
		v.transform((given) => given.toWellFormed()),
	);

const named = v.strictObject({ id: v.pipe(entityId, v.description("Its id in Genesys Cloud.")), name: text() });

/**
 * The R3 document: one reading of one entity, as the poller makes it, a webhook delivers it and an event bus brings it.
 * Published as JSON Schema (`readingSchema.ts`), so that anyone can send one.
 */
export const reading = v.pipe(
	v.strictObject({
		schema: v.pipe(v.literal("genesyscloud-runbooks/reading/1"), v.description("Names this document and its version.")),
		condition: v.pipe(v.picklist(conditions), v.description("What was looked for.")),
		entity: v.pipe(
			v.strictObject({
				id: v.pipe(entityId, v.description("Of a trunk it is the id of the trunk base, not that of one instance.")),
				name: text("As people know it."),
			}),
			v.description("What was looked at."),
		),
		severity: v.pipe(v.picklist(severities), v.description("How bad it is if it is so.")),
		verdict: v.pipe(
			v.picklist(["breach", "clear", "no-data"]),
			v.description("What this one look said. `no-data` is neither healthy nor down."),
		),
		reason: text("Why the verdict is what it is."),
		place: v.exactOptional(text("Where the entity is, for people: a site or an edge.")),
		location: v.exactOptional(
			v.pipe(
				v.strictObject({
					site: v.exactOptional(v.pipe(named, v.description("The one site that it is at."))),
					division: v.exactOptional(named),
				}),
				v.description("Where it is in the organization, by the ids and names of Genesys Cloud: routes may ask for it."),
			),
		),
		observedAt: v.pipe(count, v.description("Milliseconds since the Unix epoch.")),
		metrics,
		source: v.pipe(v.picklist(["poller", "webhook", "event-bus", "overseer"]), v.description("Who looked.")),
		raw: v.pipe(
			v.unknown(),
			v.description(
				"The reading as it came, for the person who doubts the summary. Any JSON: its text is logged as it stands, the first 8192 characters of it, when it opens an incident.",
			),
		),
	}),
	v.title("Reading"),
	v.description("One reading of one entity by the on-call runbooks for Genesys Cloud."),
) satisfies v.GenericSchema<unknown, Reading>;
