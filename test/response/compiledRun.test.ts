import { describe, expect, test } from "vitest";
import { provenBounds } from "../../architect/lint.ts";
import { type Answer, type CallResult, type Effect, simulate } from "../../architect/simulate.ts";
import { workflow } from "./compiled.ts";

const launched = Date.UTC(2026, 0, 31, 6, 30);

const ok = (outputs: Record<string, string | number | boolean | boolean[]> = {}): CallResult => ({ kind: "success", outputs });

/** PagerDuty knows of no such page. */
const nothingThere: CallResult = ok({ incidentKey: "", serviceId: "", status: "", createdAt: "" });

const failed: CallResult = { kind: "failure", outputs: { errorCode: "bad.gateway", status: 503 } };

const late: CallResult = { kind: "timeout" };

interface Logged {
	readonly action: string;
	readonly what: string;
	readonly at: number;
	readonly inputs: Readonly<Record<string, unknown>>;
}

type World = (call: Logged) => CallResult | undefined;

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
	const logged: Logged[] = [];
	let now = launched;
	let step = run.next();
	while (!step.done) {
		step = run.next(answer(step.value));
	}
	return {
		outcome: step.value,
		logged,
		lines: logged.map(({ at, action, what }) => `${at} ${action.split(" ")[0]}${what === "" ? "" : ` ${what}`}`),
	};

	function answer(effect: Effect): Answer {
		if (effect.kind === "wait") {
			now += effect.seconds * 1000;
			return { now };
		}
		if (effect.kind === "ask") throw new Error(`Expected a call, got ${effect.type}`);
		const call = { action: effect.dataAction, what: String(effect.inputs.what ?? ""), at: (now - launched) / 1000, inputs: effect.inputs };
		logged.push(call);
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
		const summary = (world: World) => play(world).logged.find(({ action }) => action.startsWith("Trigger"))?.inputs.summary;
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
