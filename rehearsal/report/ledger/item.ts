import * as z from "zod";

const instant = z.number().nonnegative();

const page = z.looseObject({
	purpose: z.enum(["page", "acknowledgement", "recovery"]),
	tier: z.number().int().positive(),
	round: z.number().int().positive().optional(),
	channel: z.string(),
	state: z.string(),
	by: z.string(),
	attempts: z.number().int().nonnegative(),
	acceptances: z.number().optional(),
	intendedAt: instant,
	lastAttemptAt: instant,
	acceptedAt: instant.optional(),
	provenAt: instant.optional(),
	presumedAt: instant.optional(),
	failure: z.string().optional(),
});
export type ItemPage = z.output<typeof page>;

/** What a report needs of an incident's item in the ledger; all else may be there, or not: a later version writes more, an earlier one wrote less. */
export const incidentItem = z.looseObject({
	key: z.string(),
	environment: z.string(),
	condition: z.string(),
	entityName: z.string(),
	severity: z.string(),
	summary: z.string(),
	occurrence: z.number().int().positive(),
	state: z.enum(["open", "recovered", "closed"]),
	openedAt: instant,
	recoveredAt: instant.optional(),
	closedAt: instant.optional(),
	heldSince: instant.optional(),
	waitingSince: instant.optional(),
	stale: instant.optional(),
	exhausted: instant.optional(),
	repeatedAt: z.array(instant).optional(),
	policy: z.string().optional(),
	routed: z.looseObject({ words: z.string() }).optional(),
	acknowledged: z
		.looseObject({ at: instant, by: z.string(), tier: z.number().int().optional(), channel: z.string().optional() })
		.optional(),
	launch: z
		.looseObject({ at: instant, claimedAt: instant.optional(), endedAt: instant.optional(), outcome: z.string().optional() })
		.optional(),
	takenOver: z.looseObject({ at: instant, reason: z.string() }).optional(),
	remedy: z
		.looseObject({
			state: z.string(),
			reason: z.string(),
			by: z.string(),
			actedAt: instant.optional(),
			verifiedAt: instant.optional(),
			undoTriedAt: instant.optional(),
		})
		.optional(),
	memberOf: z.looseObject({ key: z.string() }).optional(),
	members: z.looseObject({ joined: z.number(), failing: z.number() }).optional(),
	reading: z.looseObject({ source: z.string() }).optional(),
	pages: z.array(page),
	notices: z.array(page).optional(),
});
export type IncidentItem = z.output<typeof incidentItem>;
