import type { Recurrence } from "../silence/settings.ts";

/** A drill of one policy that comes again every week, by the clocks of its zone. */
export interface ScheduledDrill extends Recurrence {
	readonly policy: string;
	/** A name of the IANA time zone database. */
	readonly zone: string;
}

/** What drills of a stack have in common, and which come by themselves. */
export interface DrillSettings {
	/** How long after a page of a drill was wanted it may be unproven. */
	readonly provenWithinSeconds: number;
	/** How long after a drill is answered, or its policy came to its end, it closes itself. */
	readonly closeAfterSeconds: number;
	/** How long after its time a drill may still begin; later it is missed. */
	readonly startWithinSeconds: number;
	/** Who is told of a drill that failed; absent: whoever the routes say, and never the policy that was drilled where there is another. */
	readonly failedPolicy?: string;
	readonly schedule: readonly ScheduledDrill[];
}

/** Where a stack says nothing: drills by hand only. */
export const usualDrills: DrillSettings = { provenWithinSeconds: 900, closeAfterSeconds: 60, startWithinSeconds: 900, schedule: [] };

export const drillSettingsOf = ({ drills }: { readonly drills?: DrillSettings }): DrillSettings => drills ?? usualDrills;

/** By what a scheduled drill is known from one tick to the next: another time is another drill. */
export const scheduleId = ({ policy, days, at, zone }: ScheduledDrill): string => `${policy} ${days.join(",")} ${at} ${zone}`;

/** The same for people. */
export const scheduleWords = ({ days, at, zone }: ScheduledDrill): string => `scheduled: ${days.join(", ")} at ${at} ${zone}`;
