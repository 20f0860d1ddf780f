import { describe, expect, test } from "vitest";
import { lintFlow, provenBounds } from "../../architect/lint.ts";
import { type CallResult, simulate } from "../../architect/simulate.ts";
import { writeFlow } from "../../architect/write.ts";
import { compileResponse } from "../../response/compile.ts";
import type { PlannedRemediation, ResponsePlan } from "../../response/plan.ts";
import { action, pagerDuty, twoTiers } from "./plans.ts";

const remediation: PlannedRemediation = {
	begin: action("Remedies", "Begin 0a", 30),
	check: action("Remedies", "Check 0b", 15),
	undo: action("Remedies", "Undo 0c", 30),
	windowSeconds: 180,
	pollSeconds: 60,
};
const plan: ResponsePlan = { ...twoTiers, remediation };
const workflow = compileResponse(plan);

interface Asked {
	readonly action: string;
	readonly at: number;
	readonly inputs: Readonly<Record<string, unknown>>;
}
type World = (call: Asked) => CallResult | undefined;
const ok = (outputs: Readonly<Record<string, string | boolean | number>> = {}): CallResult => ({ kind: "success", outputs });
const failed: CallResult = { kind: "failure", outputs: { errorCode: "bad.gateway", status: 502 } };
const late: CallResult = { kind: "timeout" };

const inputs = {
	"Flow.launchId": "launch-1",
	"Flow.incidentKey": "inc:1:dev:trunk-down:a",
	"Flow.occurrence": 1,
	"Flow.condition": "trunk-down",
	"Flow.entityId": "a",
	"Flow.entityName": "Frankfurt-1",
	"Flow.severity": "high",
	"Flow.summary": "Trunk down",
	"Flow.openedAt": "2026-01-05T08:00:00Z",
	"Flow.environment": "dev",
};

/** What the workflow does with remedies, and whether it paged, each with its second; every other call is answered by nothing. */
function play(world: World, of = workflow, severity = "high") {
	const start = Date.UTC(2026, 0, 5, 8);
	let now = start;
	const run = simulate(of, { ...inputs, "Flow.severity": severity }, { now });
	const lines: string[] = [];
	const details: string[] = [];
	let step = run.next();
	while (step.done !== true) {
		const effect = step.value;
		if (effect.kind === "wait") {
			now += effect.seconds * 1000;
			step = run.next({ now });
			continue;
		}
		if (effect.kind === "ask") throw new Error(`Expected a call, got ${effect.type}`);
		const at = (now - start) / 1000;
		const verb = effect.dataAction.split(" ")[0] ?? "";
		if (effect.inputs.what === "remediation-skipped") details.push(String(effect.inputs.detail));
		if (["Begin", "Check", "Undo", "Trigger"].includes(verb))
			lines.push(`${at} ${verb}${verb === "Undo" ? ` ${String(effect.inputs.why)}` : ""}`);
		step = run.next({
			now,
			result: world({ action: verb, at, inputs: effect.inputs }) ?? (verb === "Trigger" ? ok({ dedupKey: "k" }) : late),
		});
	}
	return { lines: lines.slice(0, lines.findIndex((line) => line.endsWith("Trigger")) + 1 || undefined), outcome: step.value, details };
}

const begun = ok({ decision: "begun", reason: "acted", approvalUrl: "" });

describe("the Remediate state of a plan that may act", () => {
	test("is as before where no runbook may act", () => {
		const remedies = /remed(y|ies)\b|approval/i;
		expect(JSON.stringify(compileResponse(twoTiers))).not.toMatch(remedies);
		expect(JSON.stringify(workflow)).toMatch(remedies);
	});

	test("has no finding, and a proven bound that holds its window", () => {
		expect(lintFlow(writeFlow(workflow), { file: "flow.yaml" }).filter(({ severity }) => severity === "error")).toEqual([]);
		const [without, withRemedy] = [provenBounds(compileResponse(twoTiers)), provenBounds(workflow)];
		// Three polls with their checks, a begin and an undo.
		expect(withRemedy.seconds - without.seconds).toBeGreaterThanOrEqual(3 * (60 + 15) + 30);
		expect(withRemedy.seconds - without.seconds).toBeLessThanOrEqual(3 * (60 + 15) + 2 * 30 + 10);
	});

	test("ends without a page when the remedy helps", () => {
		const { lines, outcome } = play(({ action: verb, at }) => {
			if (verb === "Begin") return begun;
			return verb === "Check" ? ok({ verdict: at >= 120 ? "helped" : "waiting", reason: "x" }) : undefined;
		});
		expect(lines).toEqual(["0 Begin", "60 Check", "120 Check"]);
		expect(outcome).toMatchObject({
			outcome: "completed",
			exitReason: "remediated",
			outputs: { "Flow.outcome": "remediated", "Flow.tierReached": 0 },
		});
	});

	test("undoes what did not help, tells why, and pages at once", () => {
		const { lines } = play(({ action: verb, at }) => {
			if (verb === "Begin") return begun;
			return verb === "Check"
				? ok({ verdict: at >= 120 ? "not-helped" : "waiting", reason: "remedy-failed" })
				: ok({ undone: true, reason: "" });
		});
		expect(lines).toEqual(["0 Begin", "60 Check", "120 Check", "120 Undo remedy-failed", "120 Trigger"]);
	});

	test.each([
		{ name: "fails", answer: failed },
		{ name: "times out", answer: late },
	])("undoes and pages at the end of the window though every check and the undo $name", ({ answer }) => {
		const { lines, outcome } = play(({ action: verb }) => (verb === "Begin" ? begun : verb === "Trigger" ? undefined : answer));
		expect(lines).toEqual(["0 Begin", "60 Check", "120 Check", "180 Check", "180 Undo acted", "180 Trigger"]);
		expect(outcome.seconds).toBeLessThanOrEqual(provenBounds(workflow).seconds);
	});

	test.each([
		{ name: "says no", answer: ok({ decision: "skipped", reason: "cooldown", approvalUrl: "" }), details: [] },
		{ name: "says nothing", answer: ok(), details: [] },
		{ name: "fails", answer: failed, details: ["failed bad.gateway 502"] },
		{ name: "times out", answer: late, details: ["timeout"] },
	])("pages at once when the remediator $name", ({ answer, details }) => {
		const played = play(({ action: verb }) => (verb === "Begin" ? answer : undefined));
		expect(played.lines).toEqual(["0 Begin", "0 Trigger"]);
		expect(played.details).toEqual(details);
	});

	test("leaves an incident that is no longer its own to whoever has it", () => {
		const { lines, outcome } = play(({ action: verb }) =>
			verb === "Begin" ? begun : verb === "Check" ? ok({ verdict: "gone", reason: "x" }) : undefined,
		);
		expect(lines).toEqual(["0 Begin", "60 Check"]);
		expect(outcome).toMatchObject({ exitReason: "not-owner" });
	});

	test("never tries a remedy when it is critical", () => {
		expect(play(() => undefined, workflow, "critical").lines).toEqual(["0 Trigger"]);
	});

	test("only offers where no runbook acts by itself: no window, and the link in Flow.approval", () => {
		const channel = pagerDuty("primary", "PPRIMARY");
		const asking = { ...channel, sendInputs: { ...channel.sendInputs, details: { kind: "exp", exp: "Flow.approval" } } } as const;
		const tiers = [{ name: "primary", channels: [asking] }];
		const offers = compileResponse({ ...plan, tiers, remediation: { ...remediation, windowSeconds: 0 } });
		expect(JSON.stringify(offers)).not.toContain("Check 0b");
		const details: unknown[] = [];
		const { lines } = play(({ action: verb, inputs: given }) => {
			if (verb === "Trigger") details.push(given.details);
			return verb === "Begin" ? ok({ decision: "offered", reason: "offer", approvalUrl: "https://x.test" }) : undefined;
		}, offers);
		expect(lines).toEqual(["0 Begin", "0 Trigger"]);
		expect(details[0]).toBe("https://x.test");
	});

	test.each([{ windowSeconds: 0.5 }, { windowSeconds: -1 }, { pollSeconds: 0 }])("refuses a window without a bound: %o", (change) => {
		expect(() => compileResponse({ ...plan, remediation: { ...remediation, ...change } })).toThrow(/whole seconds/);
	});
});
