import type { Action, Sequence, Variable } from "../architect/model.ts";
import { pageChannel, readVariableNames } from "./channel.ts";
import { answerOutputs, answerVariables, asker, callVariables, forgetAnswer, record, stopCases } from "./ledger.ts";
import { call, exp, go, leaveLoop, lit, quoted, remember, repeat, set, update, variable, wait, when } from "./parts.ts";
import type { PlannedTier, ResponsePlan } from "./plan.ts";

/** The refId of a tier's state; tiers count from 1. */
export const tierState = (tier: number): string => `PageTier${tier}`;

/** One tier: its channels in order until one is proven, then the wait for an acknowledgement, then the next tier or the end. */
export function pageTier(plan: ResponsePlan, planned: PlannedTier, tier: number, endState: string): Sequence {
	const channels = planned.channels.map((channel) => pageChannel({ plan, tier, channel }));
	return {
		name: `Page tier ${tier}`,
		refId: tierState(tier),
		variables: tierVariables(planned),
		actions: [
			update(
				`Enter tier ${tier}`,
				set("integer", "Flow.escalationTier", lit(tier)),
				set("dateTime", "State.intendedAt", exp("GetCurrentDateTimeUtc()")),
				set("string", "State.dedupKey", exp(`Append(Flow.incidentKey, ":", ToString(Flow.occurrence), ${quoted(`:${tier}`)})`)),
			),
			...channels,
			when(`Was tier ${tier} reached?`, "State.proven == true and State.stop == false", acknowledgement(plan, tier), lastRead(plan, tier)),
			when(`Is the response over in tier ${tier}?`, "State.stop == true", [go("End the response", endState)], next(plan, tier, endState)),
		],
	};
}

function tierVariables(planned: PlannedTier): Variable[] {
	const own = [
		...callVariables,
		...answerVariables,
		variable("string", "State.dedupKey", ""),
		variable("dateTime", "State.intendedAt"),
		variable("boolean", "State.proven", false),
		variable("boolean", "State.accepted", false),
		variable("boolean", "State.doubtful", false),
		variable("boolean", "State.stop", false),
		variable("string", "State.receipt", ""),
		variable("string", "State.failure", ""),
		variable("integer", "State.attemptIndex", 0),
		variable("integer", "State.readIndex", 0),
		variable("integer", "State.pollIndex", 0),
	];
	const taken = new Set(own.map((each) => each.name.toLowerCase()));
	const read = readVariableNames(planned.channels);
	const clash = read.find((name) => taken.has(name.toLowerCase()));
	if (clash !== undefined)
		throw new Error(
			`Expected read outputs of tier "${planned.name}" to use variables of their own, got ${clash}, which the workflow uses itself.`,
		);
	return [...own, ...read.map((name) => variable("string", name, ""))];
}

/** Asks the ledger every poll interval, and once more when the whole wait is over: the sum of the waits is exact. */
function acknowledgement(plan: ResponsePlan, tier: number): Action[] {
	const rounds = Math.floor(plan.acknowledgeSeconds / plan.acknowledgePollSeconds);
	const rest = plan.acknowledgeSeconds - rounds * plan.acknowledgePollSeconds;
	const poll = (seconds: number, leave: readonly Action[]) => [
		wait(`Wait for somebody of tier ${tier}`, seconds),
		update(`Forget the last answer in tier ${tier}`, ...forgetAnswer),
		readLedger(plan, tier, leave),
	];
	const polls = repeat(
		`Until somebody of tier ${tier} acknowledges`,
		"State.pollIndex",
		lit(rounds),
		poll(plan.acknowledgePollSeconds, [leaveLoop("No more waiting")]),
	);
	return [
		...(rounds > 0 ? [polls] : []),
		...(rest > 0 ? [when(`Is the rest of the wait of tier ${tier} needed?`, "State.stop == false", poll(rest, []))] : []),
	];
}

/** A tier that nobody could be reached in took its time: whether anybody answered meanwhile is asked before the next one, or the end. */
function lastRead(plan: ResponsePlan, tier: number): Action[] {
	const look = [update(`Forget the last answer before leaving tier ${tier}`, ...forgetAnswer), readLedger(plan, tier, [])];
	return [when(`Is tier ${tier} to be left unreached?`, "State.stop == false", look)];
}

function readLedger(plan: ResponsePlan, tier: number, leave: readonly Action[]): Action {
	return call({
		name: `Has somebody of tier ${tier} acknowledged?`,
		action: plan.actions.read,
		inputs: { ...asker, tier: lit(tier) },
		outputs: answerOutputs,
		...remember("Ledger", "State.ledger"),
		success: [
			{
				kind: "switch",
				name: `What the ledger says in tier ${tier}`,
				style: "firstTrue",
				cases: stopCases("State.proceed == false", leave),
			},
		],
	});
}

function next(plan: ResponsePlan, tier: number, endState: string): Action[] {
	if (tier < plan.tiers.length) {
		return [
			record(`Record the escalation to tier ${tier + 1}`, plan.actions.record, { what: "escalated", tier: tier + 1 }),
			go(`Escalate to tier ${tier + 1}`, tierState(tier + 1)),
		];
	}
	return [
		update("No tier is left", set("string", "Flow.outcome", lit("exhausted"))),
		record("Record that all tiers are exhausted", plan.actions.record, { what: "exhausted", tier }),
		go("End the response", endState),
	];
}
