import type { Judged, SaidReading, Snapshot } from "../functions/pipeline/detect/snapshot.ts";
import type { Source } from "../functions/pipeline/detect/sources.ts";
import type { Severity } from "../functions/pipeline/model/words.ts";
import type { Fields, NoFields, ValuesOf } from "./fields.ts";

/** One failure that this system answers, as data: the settings of a stack may change its numbers, never its meaning. */
export interface Runbook<Name extends string = string> {
	/** The condition it answers, and its key under `runbooks` in the stack configuration. */
	readonly name: Name;
	/** What breaks for callers and agents while it lasts. */
	readonly why: string;
	/** What makes a reading a breach, and what makes it "no data". */
	readonly detects: string;
	/** Unless the stack says otherwise. */
	readonly severity: Severity;
	/** What the person who is paged can act on. */
	readonly tells: string;
}

/** A failure that only the overseer can know: always on, never tuned, and never compiled to a workflow. */
export interface OverseerRunbook<Name extends string = string> extends Runbook<Name> {
	readonly decidedBy: "overseer";
	/** What its incident is about, unless whoever opens it says otherwise. */
	readonly entity: { readonly id: string; readonly name: string };
	/** How bad it is, as for the poller's. */
	measures?(metrics: Metrics, settings: ValuesOf<NoFields>): readonly string[];
}

/** The numbers of a reading by their names; any may be missing. */
type Metrics = Readonly<Record<string, number>>;

/** Another failure that explains this one: it pages for both. */
export interface Explanation {
	/** The name of its condition: that of its runbook, which the file imports, so that nothing can explain itself. */
	readonly by: string;
	/** Why, for the record and the timeline. */
	readonly reason: string;
	/** Whether one of the entities must fail, or all of them. */
	readonly when: "any" | "all";
	/** The entities under that condition which could explain it; `called` finds those of this poll by their names or ids, in their order. */
	entities(judged: Judged, called: (words: readonly string[]) => readonly string[]): readonly string[];
}

/** A failure that the poller looks for: a stack can enable and tune it. */
export interface PollerRunbook<Name extends string = string, F extends Fields = NoFields, Permission extends string = string>
	extends Runbook<Name> {
	readonly decidedBy: "poller";
	/** Whether a stack has it without asking. One that needs numbers of its own is off until a stack asks for it. */
	readonly enabled: boolean;
	/** Breaches in a row that open an incident, unless the stack says otherwise. */
	readonly breachesToOpen: number;
	/** Whether its verdict is of one moment, so that a failure may hide between two looks. A health score is already a measure over time. */
	readonly momentary: boolean;
	/** The settings of its own, beside those of every runbook. */
	readonly settings: F;
	/** Whether it compares the levels of this poll with those of the poll before; absent: no. */
	readonly comparesPolls?: boolean;
	/** Whether the first looks at an entity that never failed are told; absent: no, so that a quiet hour stays short. */
	readonly logsFirstReadings?: boolean;
	/** What it looks at. The first lists its entities: one that this listing no longer has is gone, and its incident recovers. */
	readonly sources: readonly [Source, ...Source[]];
	/** What the poller must be allowed to read for it, as the vendor's SDK documentation names it. */
	readonly permissions: readonly Permission[];
	/** What explains it; the first explanation that holds is told. */
	readonly explainedBy: readonly Explanation[];
	/** How many of them at once are called: "<number> <nouns> <fail>", and once some have recovered "<number> of <number> <nouns> <failStill>". */
	readonly many: { readonly nouns: string; readonly fail: string; readonly failStill: string };
	/** Judges every entity that was seen, in a deterministic order. */
	observe(snapshot: Snapshot, settings: ValuesOf<F>): readonly Judged[];
	/** The queues that it looks at, by their names; absent: none. */
	queueNames?(settings: ValuesOf<F>): readonly string[];
	/** What its settings name and the poll did not find, as a sentence; undefined where nothing is wrong. It is told at each poll, which is no failed one. */
	misconfigured?(snapshot: Snapshot, settings: ValuesOf<F>): string | undefined;
	/** One line for a person who has just been woken: what, where, how much of it. */
	say(reading: SaidReading): string;
	/**
	 * How bad it is: each number that tells a person something, with its unit and, where that is known, the limit that it broke. Absent: the numbers
	 * are told by their names.
	 */
	measures?(metrics: Metrics, settings: Partial<ValuesOf<F>>): readonly string[];
}

/** A runbook of the poller as it is written, its name, settings and permissions known to the compiler by their words. */
export const pollerRunbook = <const Name extends string, const F extends Fields, const Permission extends string>(
	runbook: Omit<PollerRunbook<Name, F, Permission>, "decidedBy">,
): PollerRunbook<Name, F, Permission> => ({ decidedBy: "poller", ...runbook });

/** The same for one of the overseer's own. */
export const overseerRunbook = <const Name extends string>(runbook: Omit<OverseerRunbook<Name>, "decidedBy">): OverseerRunbook<Name> => ({
	decidedBy: "overseer",
	...runbook,
});
