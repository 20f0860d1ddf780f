import { type DocumentedRequest, listOf, oneOf, only, type Schema, someText, textUpTo } from "../documented.ts";

// What the alerts of Opsgenie and of Jira Service Management have alike.

/** Who changes something, and what there is to say of it. */
const said = { user: textUpTo(100), source: textUpTo(100), note: textUpTo(25_000) };

/** A field that is not in here is dropped. The alias is documented with 512 characters, and seen with 250: the shorter one. */
const creation = only(
	{ message: someText(130) },
	{
		...said,
		alias: textUpTo(250),
		description: textUpTo(15_000),
		responders: { type: "array", maxItems: 50 },
		visibleTo: { type: "array", maxItems: 50 },
		actions: listOf(textUpTo(50), 10),
		tags: listOf(textUpTo(50), 20),
		details: { type: "object", additionalProperties: { type: "string" } },
		entity: textUpTo(512),
		priority: oneOf("P1", "P2", "P3", "P4", "P5"),
	},
);

type Alike = Omit<DocumentedRequest, "method" | "path" | "body" | "query">;

/** Creating, acknowledging and closing: `base` is a path as a pattern. */
export const integrationRequests = (base: string, alike: Alike): readonly DocumentedRequest[] => {
	const post = { ...alike, method: "POST" } as const;
	const identifierType: Schema = oneOf("id", "alias", "tiny");
	return [
		{ ...post, path: new RegExp(base), body: { json: creation } },
		{
			...post,
			path: new RegExp(`${base}/[^/]+/(?:acknowledge|close)`),
			query: only({}, { identifierType }),
			body: { json: only({}, said) },
		},
	];
};

export const genieKey = /^GenieKey \S+$/;

/** By which a list can be sorted. */
export const sorting = oneOf(
	...["createdAt", "updatedAt", "tinyId", "alias", "message", "status", "acknowledged", "isSeen", "snoozed", "snoozedUntil"],
	...["count", "lastOccurredAt", "source", "owner", "integration.name", "integration.type"],
	...["report.ackTime", "report.closeTime", "report.acknowledgedBy", "report.closedBy"],
);
