import { refusedInQuiet } from "./checks/credentials.ts";
import { unconfirmed } from "./checks/detection.ts";
import { drillsEndless, drillsHarmful, drillsInTheWay, drillsUntold } from "./checks/drills.ts";
import { doubled, endUnsent, leftOpen, lost, neverClosed } from "./checks/ends.ts";
import { leaked, leasesKept, outlived, overBudget, tooLarge, tooManyCalls, tooManyMessages } from "./checks/limits.ts";
import { forgotten } from "./checks/owed.ts";
import { answersUnseen, notEscalated, pagedAfterAnswer, pagedLate, pagedWhileClear, unpaged } from "./checks/paging.ts";
import { relapsesUnsent } from "./checks/relapse.ts";
import { leftAlone } from "./checks/silence.ts";
import { silencesBroken } from "./checks/silenced.ts";
import { forged } from "./checks/telling.ts";
import type { Facts } from "./facts.ts";
import type { Violation } from "./violation.ts";

export interface Invariant {
	readonly name: string;
	/** One sentence that a person on call understands. */
	readonly sentence: string;
	/** Pure: everything that it may look at is in the facts. */
	readonly violations: (facts: Facts) => readonly Violation[];
}

/** What must hold in every world, whatever happens in it: stated here and nowhere else. A bound is longer by the time that faults cover. */
export const invariants: readonly Invariant[] = [
	{
		name: "confirmed",
		sentence: "A failure that stood for its streak, with nothing else broken, has an incident.",
		violations: unconfirmed,
	},
	{ name: "kept", sentence: "Every occurrence that was opened is in the ledger.", violations: lost },
	{ name: "paged", sentence: "Every incident has a proven page within the policy's bound, or a recorded reason.", violations: unpaged },
	{
		name: "paged-at-once",
		sentence: "With nothing broken and nothing in the way, the proven page is there within minutes.",
		violations: pagedLate,
	},
	{
		name: "escalated",
		sentence: "A tier that does not answer is followed by the next one within the policy's bound.",
		violations: notEscalated,
	},
	{
		name: "asked-again",
		sentence: "While a confirmed failure is unacknowledged after the last tier, somebody is paged at least every `repeatSeconds`.",
		violations: leftAlone,
	},
	{
		name: "relapse-told",
		sentence: "What was clear for its calm number while it was held open and fails again is a new page, which says so.",
		violations: relapsesUnsent,
	},
	{
		name: "owed-until-told",
		sentence: "What a vendor did not take is tried again in growing steps until somebody has it or it is given up by a named error.",
		violations: forgotten,
	},
	{
		name: "credentials-watched",
		sentence: "A credential that is refused for longer than the time between two checks has an incident.",
		violations: refusedInQuiet,
	},
	{
		name: "silence-kept",
		sentence: "Nobody is paged for what a silence silences; it is recorded, and no longer silent within two ticks of the silence's end.",
		violations: silencesBroken,
	},
	{ name: "answer-seen", sentence: "An answer at a vendor is taken notice of within two ticks.", violations: answersUnseen },
	{ name: "nobody-else-answers", sentence: "Nobody acknowledges anything by a webhook that is forged.", violations: forged },
	{ name: "not-paged-after", sentence: "Nobody is paged for what is closed or acknowledged, beyond a tick.", violations: pagedAfterAnswer },
	{
		name: "not-paged-while-clear",
		sentence: "Nobody is paged for what has been clear for its calm number, beyond a tick.",
		violations: pagedWhileClear,
	},
	{ name: "one-incident", sentence: "No vendor holds two open incidents for one incident, occurrence and tier.", violations: doubled },
	{ name: "end-told", sentence: "Every phone that was told of a failure is told its end.", violations: endUnsent },
	{ name: "nothing-left-open", sentence: "Nothing stays open at a vendor after the ledger has closed.", violations: leftOpen },
	{
		name: "closed",
		sentence: "What has recovered is closed, at the latest when the patience with its proofs is over.",
		violations: neverClosed,
	},
	{
		name: "drill-harmless",
		sentence: "A drill begins no remedy, is never silent or grouped, and asks people once.",
		violations: drillsHarmful,
	},
	{
		name: "drill-behind-failures",
		sentence: "No drill begins while a workflow answers a failure, and half of the leases are left to failures.",
		violations: drillsInTheWay,
	},
	{ name: "drill-ends", sentence: "A drill ends by itself, at the latest when its policy has had its time.", violations: drillsEndless },
	{ name: "drill-told", sentence: "A drill that failed, or was missed, is an incident.", violations: drillsUntold },
	{ name: "few-calls", sentence: "Calls of each vendor stay under a bound for each open incident and minute.", violations: tooManyCalls },
	{
		name: "in-budget",
		sentence: "Calls of Genesys Cloud stay within the share of its limit that the settings allow.",
		violations: overBudget,
	},
	{
		name: "few-messages",
		sentence: "No phone gets more texts of one incident, in each round, than the policy's attempts.",
		violations: tooManyMessages,
	},
	{ name: "in-time", sentence: "No function outlives its timeout.", violations: outlived },
	{
		name: "leases-return",
		sentence: "A lease is free again, at the latest when no workflow of its incident can run any more.",
		violations: leasesKept,
	},
	{ name: "small-items", sentence: "No item of the ledger reaches 64 KB, after 24 hours either.", violations: tooLarge },
	{ name: "no-secret", sentence: "No secret stands in the timeline, the logs or the ledger.", violations: leaked },
];
