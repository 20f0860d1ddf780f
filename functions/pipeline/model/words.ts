/** Milliseconds since the epoch, always passed in: no rule reads a clock. */
export type Instant = number;

export const severities = ["critical", "high", "medium", "low"] as const;
export type Severity = (typeof severities)[number];

/** What one look at one entity said. "no-data" is a state of its own, never "clear" and never "breach". */
export type Verdict = "breach" | "clear" | "no-data";
