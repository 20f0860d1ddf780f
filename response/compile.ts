import type { Action, Sequence, Variable, Workflow } from "../architect/model.ts";
import { asker, callVariables, forgetFailure, record } from "./ledger.ts";
import { call, end, exp, go, lit, quoted, remember, set, update, variable, when } from "./parts.ts";
import type { ResponsePlan } from "./plan.ts";
import { remedyVariables, tryRemedy } from "./remediate.ts";
import { pageTier, tierState } from "./tier.ts";

/** What a page says of a health that nobody read. */
const unread = "as the summary says";
const claimState = "Claim";
const remediateState = "Remediate";
const endState = "End";

/**
 * The response workflow of an escalation policy: claim, look, page tier after tier, release. Equal plans give equal workflows.
 * Throws an Error that names the field when the plan cannot be a bounded workflow.
 */
export function compileResponse(plan: ResponsePlan): Workflow {
	refuseUnbounded(plan);
	return {
		name: plan.flowName,
		description: plan.description,
		...(plan.division === undefined ? {} : { division: plan.division }),
		defaultLanguage: "en-us",
		startUp: claimState,
		variables: flowVariables(plan),
		states: [claim(plan), remediate(plan), ...plan.tiers.map((tier, index) => pageTier(plan, tier, index + 1, endState)), release(plan)],
		tasks: [],
	};
}

function refuseUnbounded(plan: ResponsePlan): void {
	const whole = ["attemptsPerChannel", "proofSeconds", "readBackSeconds", "acknowledgeSeconds", "acknowledgePollSeconds"] as const;
	for (const field of whole) {
		if (!Number.isInteger(plan[field]) || plan[field] < 1)
			throw new Error(`Expected ${field} to be a whole number from 1, got ${plan[field]}.`);
	}
	const window = plan.remediation?.windowSeconds ?? 0;
	const poll = plan.remediation?.pollSeconds ?? 1;
	if (!Number.isInteger(window) || window < 0 || !Number.isInteger(poll) || poll < 1)
		throw new Error(`Expected a remediation window in whole seconds from 0 and a poll in whole seconds from 1, got ${window} and ${poll}.`);
	const waits = plan.waitsSeconds;
	if (waits.length !== plan.attemptsPerChannel - 1 || waits.some((seconds) => !Number.isInteger(seconds) || seconds < 1)) {
		throw new Error(
			`Expected waitsSeconds to hold ${plan.attemptsPerChannel - 1} whole numbers from 1 (one fewer than attempts), got [${waits.join(", ")}].`,
		);
	}
	if (plan.tiers.length === 0 || plan.tiers.some((tier) => tier.channels.length === 0)) {
		throw new Error("Expected at least one tier, and at least one channel in each, got an empty one.");
	}
}

const inputNames = [
	"launchId",
	"incidentKey",
	"condition",
	"entityId",
	"entityName",
	"severity",
	"summary",
	"shortText",
	"title",
	"body",
	"spoken",
	"reason",
	"children",
	"openedAt",
	"environment",
];

function flowVariables(plan: ResponsePlan): Variable[] {
	return [
		...inputNames.map((name) => variable("string", `Flow.${name}`, undefined, "input")),
		variable("integer", "Flow.occurrence", undefined, "input"),
		variable("integer", "Flow.retryCount", 0),
		variable("integer", "Flow.maxRetries", plan.attemptsPerChannel),
		variable("integer", "Flow.escalationTier", 0),
		variable("dateTime", "Flow.lastAttemptTimestamp"),
		variable("string", "Flow.health", unread),
		...(plan.remediation === undefined ? [] : [variable("string", "Flow.approval", "")]),
		variable("string", "Flow.outcome", "unfinished", "output"),
		variable("integer", "Flow.tierReached", 0, "output"),
	];
}

function claim(plan: ResponsePlan): Sequence {
	const load = (name: string): string => `If(IsSet(State.${name}), State.${name}, 0) >= ${plan.skipRemediationFromLeases}`;
	const urgent = `Flow.severity == "critical" or ${load("leasesInUse")} or ${load("openIncidents")}`;
	return {
		name: "Claim",
		refId: claimState,
		variables: [
			...callVariables,
			variable("string", "State.answer", ""),
			variable("string", "State.reason", ""),
			variable("integer", "State.openIncidents", 0),
			variable("integer", "State.leasesInUse", 0),
			variable("string", "State.credentials", "unknown"),
			variable("boolean", "State.refused", false),
		],
		actions: [
			claimIncident(plan),
			update("Forget how the claim went", ...forgetFailure),
			checkCredentials(plan),
			record("Record the credentials", plan.actions.record, { what: "credentials-checked", detail: exp("State.credentials") }),
			when("Are the credentials refused?", "State.refused == true", refusedCredentials(plan)),
			when("Straight to people?", urgent, [go("Page at once", tierState(1))], [go("Look first", remediateState)]),
		],
	};
}

/** Only an explicit "not-owner" stops the response: an unreachable ledger never silences a page. */
function claimIncident(plan: ResponsePlan): Action {
	const refused = [
		update("Refused by the ledger", set("string", "Flow.outcome", lit("refused"))),
		end("Somebody else responds", lit("not-owner")),
	];
	const { success, failure, timeout } = remember("Claim", "State.ledger");
	return call({
		name: "Claim the incident",
		action: plan.actions.claim,
		inputs: asker,
		outputs: {
			answer: "State.answer",
			reason: "State.reason",
			openIncidents: "State.openIncidents",
			leasesInUse: "State.leasesInUse",
		},
		success: [...success, when("Is somebody else the owner?", 'State.answer == "not-owner"', refused)],
		failure,
		timeout,
	});
}

/** Refused is what says 401 or 403; a check that could not be made says nothing of the credentials. */
function checkCredentials(plan: ResponsePlan): Action {
	const { success, failure, timeout } = remember("Credentials", "State.credentials");
	const refused = ["401", "403"].map((status) => `If(IsSet(State.httpStatus), State.httpStatus, 0) == ${status}`).join(" or ");
	return call({
		name: "Check the credentials",
		action: plan.actions.checkCredentials,
		inputs: {},
		success,
		failure: [...failure, update("Are they refused?", set("boolean", "State.refused", exp(refused)))],
		timeout,
	});
}

/** What is configured wrong is not trusted to act, and reads nothing: people are paged at once. The ledger makes an incident of its own of it. */
function refusedCredentials(plan: ResponsePlan): Action[] {
	const skipped = { what: "remediation-skipped", detail: lit("credentials-failing") } as const;
	return [record("Record that credentials are failing", plan.actions.record, skipped), go("Page without a look", tierState(1))];
}

function remediate(plan: ResponsePlan): Sequence {
	return {
		name: "Remediate",
		refId: remediateState,
		variables: [
			...callVariables,
			variable("booleanCollection", "State.connected"),
			variable("integer", "State.total", 0),
			...(plan.remediation === undefined ? [] : remedyVariables),
		],
		actions: [
			...lookStates(plan),
			...(plan.remediation === undefined
				? [record("Record that nothing is remediated", plan.actions.record, { what: "remediation-skipped", detail: lit("observe") })]
				: tryRemedy(plan, plan.remediation, endState)),
			go("Page people", tierState(1)),
		],
	};
}

/** The health check reads a trunk: where the incident is about something else, its summary says all that is known. */
function lookStates(plan: ResponsePlan): Action[] {
	const { healthCheckFor } = plan;
	if (healthCheckFor === undefined) return [readHealth(plan)];
	if (healthCheckFor.length === 0) return [];
	const readable = healthCheckFor.map((condition) => `Flow.condition == ${quoted(condition)}`).join(" or ");
	return [when("Can its health be read?", readable, [readHealth(plan)])];
}

/** `IsSet` takes no collection in the vendor's catalogue; `!=` does, and may be given NOT_SET. A trunk without an instance has no health. */
function readHealth(plan: ResponsePlan): Action {
	const total = "ToString(If(IsSet(State.total), State.total, Count(State.connected)))";
	const edges = `Append("connected on ", ToString(Count(Find(State.connected, true))), " of ", ${total}, " edges")`;
	const health = `If(Count(State.connected) > 0, ${edges}, "unknown")`;
	return call({
		name: "Read the health",
		action: plan.actions.healthCheck,
		inputs: { trunkBaseId: exp("Flow.entityId") },
		outputs: { connected: "State.connected", total: "State.total" },
		success: [
			when(
				"Is the health known?",
				"State.connected != NOT_SET",
				[update("Tell the health", set("string", "Flow.health", exp(health)))],
				[update("The answer holds no health", set("string", "Flow.health", lit("unknown")))],
			),
		],
		failure: [update("The health is unknown", set("string", "Flow.health", lit("unknown")))],
		timeout: [update("The health came too late", set("string", "Flow.health", lit("unknown")))],
	});
}

function release(plan: ResponsePlan): Sequence {
	return {
		name: "End",
		refId: endState,
		variables: [...callVariables],
		actions: [
			update("Tell how far it came", set("integer", "Flow.tierReached", exp("Flow.escalationTier"))),
			call({
				name: "Release the incident",
				action: plan.actions.release,
				inputs: { ...asker, outcome: exp("Flow.outcome"), tierReached: exp("Flow.tierReached") },
				...remember("Release", "State.ledger"),
			}),
			end("End of the response", exp("Flow.outcome")),
		],
	};
}
