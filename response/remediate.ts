import type { Action, Variable } from "../architect/model.ts";
import { asker, forgetFailure, record } from "./ledger.ts";
import { call, exp, go, leaveLoop, lit, remember, repeat, set, update, variable, wait, when } from "./parts.ts";
import type { PlannedRemediation, ResponsePlan } from "./plan.ts";

/** What the Remediate state needs beside its own when a runbook may act. */
export const remedyVariables: readonly Variable[] = [
	variable("string", "State.decision", ""),
	variable("string", "State.remedy", ""),
	variable("string", "State.remedyReason", ""),
	variable("string", "State.verdict", ""),
	variable("integer", "State.checkIndex", 0),
];

/**
 * Asks for a remedy, waits for its window, and ends the response where it helped. Whatever else comes back, or nothing, leads on to the page:
 * a remedy that did not help is undone first. An offered remedy leaves its approval link in `Flow.approval`.
 */
export function tryRemedy(plan: ResponsePlan, remediation: PlannedRemediation, endState: string): Action[] {
	const begun = 'State.decision == "begun"';
	const window = remediation.windowSeconds > 0 ? [when("Has a remedy begun?", begun, waitForHelp(remediation, endState))] : [];
	return [begin(plan, remediation), ...window];
}

/** The remediator records itself why it did nothing; where it could not be asked, the ledger hears it from here. */
function begin(plan: ResponsePlan, remediation: PlannedRemediation): Action {
	const { success, failure, timeout } = remember("Remediator", "State.remedy");
	const unasked = record("Record that no remedy was begun", plan.actions.record, {
		what: "remediation-skipped",
		detail: exp("State.remedy"),
	});
	return call({
		name: "Begin a remedy",
		action: remediation.begin,
		inputs: asker,
		outputs: { decision: "State.decision", reason: "State.remedyReason", approvalUrl: "Flow.approval" },
		success,
		failure: [...failure, unasked],
		timeout: [...timeout, { ...unasked, name: "Record that no remedy was confirmed" }],
	});
}

function waitForHelp(remediation: PlannedRemediation, endState: string): Action[] {
	const { windowSeconds, pollSeconds } = remediation;
	return [
		repeat("Until the remedy has helped", "State.checkIndex", lit(Math.ceil(windowSeconds / pollSeconds)), [
			wait("Give the remedy time", pollSeconds),
			update("Forget the last verdict", set("string", "State.verdict", lit("")), ...forgetFailure),
			check(remediation),
		]),
		when("Did the remedy help?", 'State.verdict == "helped"', [
			update("The remedy helped", set("string", "Flow.outcome", lit("remediated"))),
			go("Nobody has to be paged", endState),
		]),
		when("Is the incident no longer ours?", 'State.verdict == "gone"', [
			update("Somebody else responds now", set("string", "Flow.outcome", lit("not-owner"))),
			go("Leave it to them", endState),
		]),
		undo(remediation),
	];
}

/** A check that fails is asked again a poll later; the end of the loop counts as "not helped". */
function check(remediation: PlannedRemediation): Action {
	const { success, failure, timeout } = remember("Check", "State.remedy");
	const final = 'State.verdict == "helped" or State.verdict == "gone" or State.verdict == "not-helped"';
	return call({
		name: "Has the remedy helped?",
		action: remediation.check,
		inputs: asker,
		outputs: { verdict: "State.verdict", reason: "State.remedyReason" },
		success: [...success, when("Is the verdict final?", final, [leaveLoop("The verdict is final")])],
		failure,
		timeout,
	});
}

/** Where even this fails, the overseer undoes it; people are paged at once in any case. */
function undo(remediation: PlannedRemediation): Action {
	return call({
		name: "Undo the remedy",
		action: remediation.undo,
		inputs: { ...asker, why: exp('If(IsNotSetOrEmpty(State.remedyReason), "not-helped", State.remedyReason)') },
		...remember("Undo", "State.remedy"),
	});
}
