import { overseerRunbook } from "./condition.ts";

/** The way of a page does not hold: told by another policy than the one that was tried. */
export const drillFailed = overseerRunbook({
	name: "drill-failed",
	why: "A page of this policy may reach nobody: a failure would be detected, and people would not hear of it in time.",
	detects:
		"A drill has a page that is not proven drills.provenWithinSeconds after it was wanted, or it came to no end, or its scheduled time passed without it; the next drill of the policy that passes ends it.",
	severity: "high",
	tells: "Which policy, what is not proven, and when the drill was; never by the policy itself where there is another.",
	entity: { id: "policy", name: "Drill of a policy" },
});
