/** Milliseconds since the epoch, always passed in: no rule reads a clock. */
export type Instant = number;

/** Something of Genesys Cloud by its id and its name. */
export interface Named {
	readonly id: string;
	readonly name: string;
}

/** Where an entity is in the organization. */
export interface Location {
	/** The one site that it is at; absent where it is at several, or at none that is known. */
	readonly site?: Named;
	readonly division?: Named;
}

export const severities = ["critical", "high", "medium", "low"] as const;
export type Severity = (typeof severities)[number];

/** What one look at one entity said. "no-data" is a state of its own, never "clear" and never "breach". */
export type Verdict = "breach" | "clear" | "no-data";
