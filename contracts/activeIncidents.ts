import type { ValuesOf } from "./contract.ts";

/** The columns of the data table of active incidents: what the overseer writes, and flows look up. Instants are ISO 8601 in UTC, to the second. */
export const activeIncidentColumns = {
	/** `any`, a condition, or `<condition>:<entity id>`: a look-up knows no other way than the exact key. */
	key: "string",
	/** Whether callers may be told: false while a silence holds, or while what failed is clear and only watched. */
	announce: "boolean",
	condition: "string",
	entityId: "string",
	entityName: "string",
	/** critical, high, medium or low. */
	severity: "string",
	since: "string",
	/** By whom people are paged for it. */
	policy: "string",
	/** How many incidents stand behind the row. */
	incidents: "integer",
	/** When the row was last written. */
	updated: "string",
	/** A flow ignores the row from then on: nobody has renewed it. */
	until: "string",
	/** Who keeps the row. A row that says anything else is never touched. */
	writtenBy: "string",
} as const;

/** One row as the table holds it. */
export type ActiveIncidentRow = ValuesOf<typeof activeIncidentColumns>;

/** The key of the row that is there while anything is. */
export const anyIncidentKey = "any";
