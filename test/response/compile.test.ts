import { describe, expect, test } from "vitest";
import { branchesOf, everyStep } from "../../architect/lint/steps.ts";
import { lintFlow, provenBounds } from "../../architect/lint.ts";
import type { Action, CallData } from "../../architect/model.ts";
import { type Answer, type CallResult, type Effect, simulate } from "../../architect/simulate.ts";
import { writeFlow } from "../../architect/write.ts";
import { compileResponse } from "../../response/compile.ts";
import type { ResponsePlan } from "../../response/plan.ts";
import { twoTiers } from "./plans.ts";

const workflow = compileResponse(twoTiers);
const steps = everyStep(workflow);

function inState(refId: string): Action[] {
	return steps.filter(({ owner }) => owner.sequence.refId === refId).map(({ action }) => action);
}

function named(name: string): Action | undefined {
	return steps.find(({ action }) => action.name === name)?.action;
}

describe("the compiled workflow", () => {
	test("is equal for equal plans", () => {
		expect(compileResponse(structuredClone(twoTiers))).toEqual(workflow);
	});

	test("asks for the health only of what the health check can read", () => {
		const narrow = everyStep(compileResponse({ ...twoTiers, healthCheckFor: ["trunk-down", "trunk-degraded"] }));
		const [decision] = narrow.filter(({ action }) => action.name === "Can its health be read?").map(({ action }) => action);
		if (decision?.kind !== "decision") throw new Error("expected a decision, got none");
		expect(decision.condition).toEqual({ kind: "exp", exp: 'Flow.condition == "trunk-down" or Flow.condition == "trunk-degraded"' });
		expect(decision.yes?.map(({ name }) => name)).toEqual(["Read the health"]);
		expect(decision.no).toBeUndefined();
		expect(steps.some(({ action }) => action.name === "Can its health be read?")).toBe(false);
		const unread = everyStep(compileResponse({ ...twoTiers, healthCheckFor: [] }));
		expect(unread.some(({ action }) => action.name === "Read the health")).toBe(false);
	});

	test("forgets how the claim went before the credentials are checked: its refusal is none of theirs", () => {
		const names = inState("Claim").map(({ name }) => name);
		const place = names.indexOf("Forget how the claim went");
		expect(names.indexOf("Claim the incident")).toBeLessThan(place);
		expect(names[place + 1]).toBe("Check the credentials");
		expect(named("Forget how the claim went")).toMatchObject({
			statements: [
				{ variable: "State.errorCode", value: { kind: "lit", lit: "" } },
				{ variable: "State.httpStatus", value: { kind: "lit", lit: 0 } },
			],
		});
	});

	test("has one state after the other", () => {
		expect(workflow.states.map((state) => state.refId)).toEqual(["Claim", "Remediate", "PageTier1", "PageTier2", "End"]);
		expect(workflow.startUp).toBe("Claim");
		expect(workflow.tasks).toEqual([]);
	});

	test("takes the inputs of the launch and gives outcome and tier back", () => {
		const of = (role: "isInput" | "isOutput") => workflow.variables.filter((each) => each[role]).map(({ name, type }) => `${name} ${type}`);
		expect(of("isInput")).toEqual([
			"Flow.launchId string",
			"Flow.incidentKey string",
			"Flow.condition string",
			"Flow.entityId string",
			"Flow.entityName string",
			"Flow.severity string",
			"Flow.summary string",
			"Flow.shortText string",
			"Flow.reason string",
			"Flow.children string",
			"Flow.openedAt string",
			"Flow.environment string",
			"Flow.occurrence integer",
		]);
		expect(of("isOutput")).toEqual(["Flow.outcome string", "Flow.tierReached integer"]);
	});

	test("counts at most the plan's attempts, in Flow.maxRetries", () => {
		expect(workflow.variables.find((each) => each.name === "Flow.maxRetries")?.initialValue).toEqual({ kind: "lit", lit: 3 });
		const attempts = steps.filter(({ action }) => action.kind === "loop" && action.name.startsWith("Attempts"));
		expect(attempts.map(({ action }) => action.kind === "loop" && action.loopCount)).toEqual(
			["pagerduty, tier 1", "sms, tier 1", "pagerduty, tier 2"].map(() => ({ kind: "exp", exp: "Flow.maxRetries" })),
		);
	});

	test("waits 30 seconds and 1 minute between the attempts, whole minutes as minutes", () => {
		const waits = inState("PageTier1").flatMap((action) =>
			action.kind === "wait" ? [`${action.name}: ${JSON.stringify(action.duration)}`] : [],
		);
		expect(waits.filter((each) => each.includes("at pagerduty"))).toEqual([
			'Wait after attempt 1 at pagerduty, tier 1: {"kind":"lit","lit":{"seconds":30}}',
			'Wait after attempt 2 at pagerduty, tier 1: {"kind":"lit","lit":{"minutes":1}}',
		]);
	});

	test("reads back every 10 seconds for 60, and asks for an acknowledgement each minute for 5", () => {
		expect(named("Reads of sms, tier 1")).toMatchObject({ kind: "loop", loopCount: { lit: 6 } });
		expect(named("Give sms, tier 1 time")).toMatchObject({ duration: { lit: { seconds: 10 } } });
		expect(named("Until somebody of tier 1 acknowledges")).toMatchObject({ loopCount: { lit: 5 } });
		expect(named("Wait for somebody of tier 1")).toMatchObject({ duration: { lit: { minutes: 1 } } });
	});

	test("handles every path of every call with at least one action", () => {
		const calls = steps.filter(({ action }) => action.kind === "callData");
		expect(calls.length).toBeGreaterThan(20);
		expect(calls.flatMap(({ action }) => branchesOf(action).filter((branch) => (branch.actions ?? []).length === 0))).toEqual([]);
	});

	test("gives each call the timeout of its data action", () => {
		const timeouts = steps.flatMap(({ action }) =>
			action.kind === "callData" ? [`${action.category} ${JSON.stringify(action.timeout)}`] : [],
		);
		expect([...new Set(timeouts)].toSorted()).toEqual([
			'Genesys Cloud {"kind":"lit","lit":{"seconds":10}}',
			'Ledger {"kind":"lit","lit":{"seconds":5}}',
			'PagerDuty backup {"kind":"lit","lit":{"seconds":10}}',
			'PagerDuty primary {"kind":"lit","lit":{"seconds":10}}',
			'Twilio {"kind":"lit","lit":{"seconds":10}}',
		]);
	});

	test("asks the ledger before each page and gives it every field of a record", () => {
		const ask = named("May sms, tier 1 be paged?") as CallData;
		expect(ask.inputs).toEqual({
			launchId: { kind: "exp", exp: "Flow.launchId" },
			incidentKey: { kind: "exp", exp: "Flow.incidentKey" },
			occurrence: { kind: "exp", exp: "Flow.occurrence" },
			what: { kind: "lit", lit: "page-sending" },
			channel: { kind: "lit", lit: "sms" },
			tier: { kind: "lit", lit: 1 },
			attempt: { kind: "exp", exp: "Flow.retryCount" },
			receipt: { kind: "lit", lit: "" },
			detail: { kind: "lit", lit: "" },
		});
	});

	test("is lint-clean when it is ours", () => {
		expect(lintFlow(writeFlow(workflow), { file: "response.yaml", ours: true })).toEqual([]);
	});

	test("has a proven longest run", () => {
		expect(provenBounds(workflow)).toEqual({ actions: 424, seconds: 1945 });
	});

	test("waits the rest of an acknowledgement that is no multiple of the poll", () => {
		const odd = compileResponse({ ...twoTiers, acknowledgeSeconds: 90 });
		const waits = everyStep(odd).flatMap(({ action }) =>
			action.name === "Wait for somebody of tier 2" && action.kind === "wait" ? [action.duration] : [],
		);
		expect(waits).toEqual([
			{ kind: "lit", lit: { minutes: 1 } },
			{ kind: "lit", lit: { seconds: 30 } },
		]);
		expect(lintFlow(writeFlow(odd), { file: "response.yaml", ours: true })).toEqual([]);
	});

	const brief: ResponsePlan = {
		...twoTiers,
		attemptsPerChannel: 1,
		waitsSeconds: [],
		acknowledgeSeconds: 30,
		tiers: twoTiers.tiers.slice(0, 1),
	};
	test("is lint-clean with one attempt, one tier and a wait shorter than the poll", () => {
		expect(lintFlow(writeFlow(compileResponse(brief)), { file: "response.yaml", ours: true })).toEqual([]);
	});

	test.each([
		{ name: "no attempts", plan: { attemptsPerChannel: 0 }, error: "Expected attemptsPerChannel to be a whole number from 1, got 0." },
		{
			name: "as many waits as attempts",
			plan: { waitsSeconds: [1, 2, 3] },
			error: "Expected waitsSeconds to hold 2 whole numbers from 1 (one fewer than attempts), got [1, 2, 3].",
		},
		{ name: "no tier", plan: { tiers: [] }, error: "Expected at least one tier, and at least one channel in each, got an empty one." },
		{ name: "half a second", plan: { readBackSeconds: 0.5 }, error: "Expected readBackSeconds to be a whole number from 1, got 0.5." },
	])("refuses a plan with $name", ({ plan, error }) => {
		expect(() => compileResponse({ ...twoTiers, ...plan })).toThrow(new Error(error));
	});
});

const launched = Date.UTC(2026, 0, 31, 6, 30);
const ok = (outputs: Record<string, string | number | boolean | boolean[]> = {}): CallResult => ({ kind: "success", outputs });
/** PagerDuty knows of no such page. */
const nothingThere: CallResult = ok({ incidentKey: "", serviceId: "", status: "", createdAt: "" });
const failed: CallResult = { kind: "failure", outputs: { errorCode: "bad.gateway", status: 503 } };
const late: CallResult = { kind: "timeout" };

interface Told {
	readonly action: string;
	readonly what: string;
	readonly at: number;
	readonly inputs: Readonly<Record<string, unknown>>;
}

type World = (call: Told) => CallResult | undefined;

const healthy: World = ({ action, what, inputs }) => {
	if (action.startsWith("Claim")) return ok({ answer: "owner", reason: "owner", openIncidents: 1, leasesInUse: 1 });
	if (action.startsWith("HealthCheck")) return ok({ connected: [false, false], total: 2 });
	if (action.startsWith("Trigger")) return ok({ status: "success", dedupKey: String(inputs.dedupKey) });
	if (action.startsWith("Read 4e")) {
		return ok({
			incidentKey: String(inputs.dedupKey),
			serviceId: String(inputs.serviceId),
			status: "triggered",
			createdAt: "2026-01-31T06:30:00Z",
		});
	}
	if (action.startsWith("Send")) return ok({ sid: "SM1", status: "queued" });
	if (action.startsWith("Read 55")) return ok({ sid: "SM1", status: "delivered", to: "+1", createdAt: "x" });
	return ok({
		proceed: true,
		reason: "owner",
		proven: false,
		acknowledged: false,
		recovered: false,
		provenSecondsAgo: 0,
		receipt: "",
		what,
	});
};

/** Plays the workflow in a world where calls take no time; tells each call with its second. */
function play(world: World, severity = "high") {
	const inputs = Object.fromEntries([
		...["launchId", "condition", "entityId", "entityName", "openedAt", "environment"].map((name) => [`Flow.${name}`, name] as const),
		["Flow.incidentKey", "inc:1:dev:trunk-down:t1"],
		["Flow.severity", severity],
		["Flow.summary", "Trunk down"],
		["Flow.occurrence", 1],
	]);
	const run = simulate(workflow, inputs, { now: launched });
	const told: Told[] = [];
	let now = launched;
	let step = run.next();
	while (!step.done) {
		step = run.next(answer(step.value));
	}
	return {
		outcome: step.value,
		told,
		lines: told.map(({ at, action, what }) => `${at} ${action.split(" ")[0]}${what === "" ? "" : ` ${what}`}`),
	};

	function answer(effect: Effect): Answer {
		if (effect.kind === "wait") {
			now += effect.seconds * 1000;
			return { now };
		}
		const call = { action: effect.dataAction, what: String(effect.inputs.what ?? ""), at: (now - launched) / 1000, inputs: effect.inputs };
		told.push(call);
		return { now, result: world(call) ?? healthy(call) ?? late };
	}
}

describe("the run of the compiled workflow", () => {
	test("pages by SMS after three failures, proves it, and escalates 300 seconds after the proof", () => {
		const { outcome, lines } = play(({ action }) =>
			action.startsWith("Trigger") ? failed : action.startsWith("Read 4e") ? nothingThere : undefined,
		);
		expect(lines.filter((line) => !/ (?:Read|Claim|CheckCredentials|HealthCheckTrigger|Release)$/.test(line))).toEqual([
			"0 Record credentials-checked",
			"0 Record remediation-skipped",
			"0 Record page-sending",
			"0 Trigger",
			"0 Record page-failed",
			"30 Record page-sending",
			"30 Trigger",
			"30 Record page-failed",
			"90 Record page-sending",
			"90 Trigger",
			"90 Record page-failed",
			"90 Record page-given-up",
			"90 Record page-sending",
			"90 Send",
			"90 Record page-sent",
			"100 Record page-proven",
			"400 Record escalated",
			"400 Record page-sending",
			"400 Trigger",
			"400 Record page-failed",
			"430 Record page-sending",
			"430 Trigger",
			"430 Record page-failed",
			"490 Record page-sending",
			"490 Trigger",
			"490 Record page-failed",
			"490 Record page-given-up",
			"490 Record exhausted",
		]);
		expect(outcome).toMatchObject({
			outcome: "completed",
			exitReason: "exhausted",
			outputs: { "Flow.outcome": "exhausted", "Flow.tierReached": 2 },
		});
	});

	test("a page that was refused, and is there all the same, is found before another channel is used", () => {
		const { lines } = play(({ action }) => (action.startsWith("Trigger") ? failed : undefined));
		const atNinety = lines.filter((line) => line.startsWith("90 "));
		expect(atNinety).toEqual(["90 Record page-sending", "90 Trigger", "90 Record page-failed", "90 Read", "90 Record page-proven"]);
		expect(lines.some((line) => line.includes("Send"))).toBe(false);
	});

	test("a page that was refused for certain is not looked for", () => {
		const refused: CallResult = { kind: "failure", outputs: { errorCode: "bad.request", status: 400 } };
		const { lines } = play(({ action }) => (action.startsWith("Trigger") ? refused : undefined));
		expect(lines.filter((line) => line.startsWith("90 ")).slice(2, 4)).toEqual(["90 Record page-failed", "90 Record page-given-up"]);
	});

	test("stops at the first poll after an acknowledgement", () => {
		const { outcome, lines } = play(({ action, at }) =>
			action === "Read 03" ? ok({ proceed: true, reason: "owner", acknowledged: at >= 75, recovered: false }) : undefined,
		);
		expect(lines.slice(-3)).toEqual(["70 Read", "130 Read", "130 Release"]);
		expect(outcome).toMatchObject({ exitReason: "acknowledged", outputs: { "Flow.tierReached": 1 } });
	});

	test("ends without a page when somebody else is the owner", () => {
		const { outcome, lines } = play(({ action }) =>
			action.startsWith("Claim") ? ok({ answer: "not-owner", reason: "taken-over" }) : undefined,
		);
		expect(lines).toEqual(["0 Claim"]);
		expect(outcome).toMatchObject({ exitReason: "not-owner", outputs: { "Flow.outcome": "refused" } });
	});

	test.each([
		{ name: "fails", result: failed },
		{ name: "times out", result: late },
	])("pages and escalates though every call to the ledger $name", ({ result }) => {
		const { outcome, lines } = play(({ action }) => (/^(?:Claim|Record|Read 03|Release)/.test(action) ? result : undefined));
		expect(lines.filter((line) => line.includes("Trigger"))).toEqual(["0 HealthCheckTrigger", "0 Trigger", "310 Trigger"]);
		expect(outcome).toMatchObject({ outcome: "completed", exitReason: "exhausted" });
	});

	test("goes straight to people when it is critical, and when half of the leases are in use", () => {
		const looked = (lines: readonly string[]) => lines.some((line) => line.includes("HealthCheck"));
		expect(looked(play(healthy, "critical").lines)).toBe(false);
		expect(looked(play(healthy, "high").lines)).toBe(true);
		const busy: World = ({ action }) => (action.startsWith("Claim") ? ok({ answer: "owner", leasesInUse: 8 }) : undefined);
		expect(looked(play(busy).lines)).toBe(false);
	});

	test("tells the health in the page, and says unknown where it could not be read", () => {
		const summary = (world: World) => play(world).told.find(({ action }) => action.startsWith("Trigger"))?.inputs.summary;
		expect(summary(healthy)).toBe("Trunk down (connected on 0 of 2 edges)");
		expect(summary(({ action }) => (action.startsWith("HealthCheck") ? failed : undefined))).toBe("Trunk down (unknown)");
		expect(summary(({ action }) => (action.startsWith("HealthCheck") ? ok() : undefined))).toBe("Trunk down (unknown)");
		const none = ok({ connected: [], total: 0 });
		expect(summary(({ action }) => (action.startsWith("HealthCheck") ? none : undefined))).toBe("Trunk down (unknown)");
	});

	test.each([
		{
			name: "is proven",
			answer: { proceed: false, reason: "already-proven", proven: true },
			follows: ["0 Record page-sending", "60 Read"],
		},
		{
			name: "is accepted",
			answer: { proceed: false, reason: "already-accepted" },
			follows: ["0 Record page-sending", "10 Read", "10 Record page-proven"],
		},
	])("does not page again what $name by another executor", ({ answer, follows }) => {
		const { lines } = play(({ what }) => (what === "page-sending" ? ok({ acknowledged: false, recovered: false, ...answer }) : undefined));
		expect(lines.slice(lines.indexOf("0 Record page-sending"), lines.indexOf("0 Record page-sending") + follows.length)).toEqual(follows);
		expect(lines.some((line) => line.endsWith(" Trigger"))).toBe(false);
	});

	test.each([
		{ answer: { proceed: false, reason: "acknowledged", acknowledged: true, recovered: false }, exitReason: "acknowledged" },
		{ answer: { proceed: false, reason: "not-open", acknowledged: false, recovered: true }, exitReason: "recovered" },
		{ answer: { proceed: false, reason: "taken-over", acknowledged: false, recovered: false }, exitReason: "taken-over" },
	])("sends nothing and releases when the ledger says $exitReason", ({ answer, exitReason }) => {
		const { outcome, lines } = play(({ what }) => (what === "page-sending" ? ok(answer) : undefined));
		expect(lines.slice(-2)).toEqual(["0 Record page-sending", "0 Release"]);
		expect(outcome).toMatchObject({ outcome: "completed", exitReason });
	});

	test("goes to the next channel when a page cannot be read back in time, and to the next tier at once when none is proven", () => {
		const { lines } = play(({ action }) => (/^Read (?:4e|55)/.test(action) ? ok() : undefined));
		expect(lines.filter((line) => /unproven|Send$| Trigger$|escalated/.test(line))).toEqual([
			"0 Trigger",
			"60 Record page-unproven",
			"60 Send",
			"120 Record page-unproven",
			"120 Record escalated",
			"120 Trigger",
			"180 Record page-unproven",
		]);
	});

	test.each([
		{ exitReason: "acknowledged", answer: { proceed: true, reason: "owner", acknowledged: true, recovered: false } },
		{ exitReason: "recovered", answer: { proceed: false, reason: "not-open", acknowledged: false, recovered: true } },
	])("is $exitReason, not exhausted, when that happened while the last tier could not be reached", ({ exitReason, answer }) => {
		const { outcome, lines } = play(({ action, at }) => {
			if (/^Read (?:4e|55)/.test(action)) return ok();
			return action === "Read 03" && at >= 180 ? ok(answer) : undefined;
		});
		expect(lines.slice(-3)).toEqual(["180 Record page-unproven", "180 Read", "180 Release"]);
		expect(outcome).toMatchObject({ exitReason, outputs: { "Flow.tierReached": 2 } });
	});

	test("never runs longer than its proven bounds", () => {
		const { outcome } = play(({ action }) => (/^(?:Trigger|Send)/.test(action) ? late : undefined));
		expect(outcome.actions).toBeLessThanOrEqual(provenBounds(workflow).actions);
		expect(outcome.seconds).toBeLessThanOrEqual(provenBounds(workflow).seconds);
	});
});
