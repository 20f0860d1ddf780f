import { describe, expect, test } from "vitest";
import { branchesOf, everyStep } from "../../architect/lint/steps.ts";
import { lintFlow, provenBounds } from "../../architect/lint.ts";
import type { Action, CallData } from "../../architect/model.ts";
import { writeFlow } from "../../architect/write.ts";
import { compileResponse } from "../../response/compile.ts";
import type { ResponsePlan } from "../../response/plan.ts";
import { workflow } from "./compiled.ts";
import { twoTiers } from "./plans.ts";

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
			"Flow.title string",
			"Flow.body string",
			"Flow.spoken string",
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
		expect(provenBounds(workflow)).toEqual({ actions: 434, seconds: 1945 });
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
