/** Every time here is of the policy, in seconds: what it is on a clock depends on the scale. */

/** Something that fails, and stays so to the end. */
export interface Failure {
	readonly name: string;
	readonly atSeconds: number;
}

/** Ten of them, at different places within the minute between two readings. */
export const failures: readonly Failure[] = Array.from({ length: 10 }, (_, index) => ({
	name: `Trunk-${String(index + 1).padStart(2, "0")}`,
	atSeconds: 60 + index * 33,
}));

export const readingSeconds = 60;
/** A failure is one from this reading on that finds it. */
const readingsToConfirm = 2;

/** When whoever receives is at fault: the first failures are confirmed as it begins, the last after its end. */
export const fault = { fromSeconds: 120, untilSeconds: 420 } as const;
export const restart = { killedSeconds: 270, backSeconds: 330 } as const;
export const flood = { fromSeconds: 240, forSeconds: 60, times: 10_000 } as const;

/** When Alertmanager tells again what it has told already. */
export const repeatSeconds = 3600;
/** Long enough for one repetition of the last failure's notice, which Alertmanager may put off by a `group_interval`. */
export const lastsSeconds = 4560;

export const cases = [
	{ name: "nothing is broken", kind: "nothing" },
	{ name: "receiver answers 503 for 5 minutes", kind: "unavailable" },
	{ name: "receiver hangs for 5 minutes", kind: "hangs" },
	{ name: "accepted and lost for 5 minutes", kind: "loses" },
	{ name: "taken, answer lost, for 5 minutes", kind: "drops-answers" },
	{ name: "killed half-way, back after a minute", kind: "restart" },
	{ name: "10,000 duplicates in a minute", kind: "flood" },
] as const;

export type Case = (typeof cases)[number];
export type CaseKind = Case["kind"];

/** The first reading at which a failure is confirmed. */
export const confirmedSeconds = ({ atSeconds }: Failure): number =>
	Math.ceil(atSeconds / readingSeconds) * readingSeconds + (readingsToConfirm - 1) * readingSeconds;
