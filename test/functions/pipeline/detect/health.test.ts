import { describe, expect, test } from "vitest";
import { afterPoll, selfCheck, selfReading } from "../../../../functions/pipeline/detect/health.ts";
import { seconds } from "../fixtures.ts";

describe("selfCheck", () => {
	const limits = { detectorSilentSeconds: 300, failedPollsToOpen: 3 };
	const polled = (failures: number, reason: "forbidden" | "unreachable", last: number) => ({
		firstSeenAt: seconds(0),
		okAt: seconds(0),
		failures,
		failedAt: seconds(last),
		failure: reason,
		detail: "why",
	});
	const open = (health: Parameters<typeof selfCheck>[0], at: number): readonly string[] =>
		selfCheck(health, limits, seconds(at))
			.filter(({ signal }) => signal === "open")
			.map(({ condition }) => condition);

	test.each([
		{ name: "a poll a minute ago", health: { firstSeenAt: seconds(0), okAt: seconds(60), failures: 0 }, at: 120, says: [] },
		{ name: "never a poll", health: { firstSeenAt: seconds(0), failures: 0 }, at: 300, says: ["detector-silent"] },
		{ name: "a second before that", health: { firstSeenAt: seconds(0), failures: 0 }, at: 299, says: [] },
		{ name: "two failed polls", health: polled(2, "forbidden", 120), at: 120, says: [] },
		{ name: "three refusals", health: polled(3, "forbidden", 180), at: 180, says: ["credentials-failing"] },
		{ name: "three times no answer", health: polled(3, "unreachable", 180), at: 180, says: ["platform-unreachable"] },
		{ name: "failures, then silence", health: polled(3, "unreachable", 180), at: 480, says: ["detector-silent"] },
	])("$name → $says", ({ health, at, says }) => {
		expect(open(health, at)).toEqual(says);
	});

	test("polls are counted in a row, and a good one starts again", () => {
		const failed = { reason: "unreachable", detail: "no route" } as const;
		const two = afterPoll(afterPoll(undefined, failed, seconds(0)), failed, seconds(60));
		expect(two).toEqual({ firstSeenAt: seconds(0), failures: 2, failedAt: seconds(60), failure: "unreachable", detail: "no route" });
		expect(afterPoll(two, undefined, seconds(120))).toEqual({ firstSeenAt: seconds(0), okAt: seconds(120), failures: 0 });
	});

	test.each([
		{ reason: "unauthorized", opens: "credentials-failing" },
		{ reason: "forbidden", opens: "credentials-failing" },
		{ reason: "misconfigured", opens: "credentials-failing" },
		{ reason: "rejected", opens: "credentials-failing" },
		{ reason: "not-found", opens: "credentials-failing" },
		{ reason: "unreachable", opens: "platform-unreachable" },
		{ reason: "timeout", opens: "platform-unreachable" },
		{ reason: "rate-limited", opens: "platform-unreachable" },
		{ reason: "unavailable", opens: "platform-unreachable" },
		{ reason: "malformed", opens: "platform-unreachable" },
		{ reason: "budget-spent", opens: "detector-silent" },
		{ reason: "circuit-open", opens: "platform-unreachable" },
	] as const)("three polls that end in $reason: $opens", ({ reason, opens }) => {
		expect(open({ ...polled(3, "forbidden", 180), failure: reason }, 180)).toEqual([opens]);
	});

	test.each([
		{ reason: "unavailable", opens: "detector-silent" },
		{ reason: "timeout", opens: "detector-silent" },
		{ reason: "forbidden", opens: "credentials-failing" },
	] as const)("the same where the poll read something else: $reason is $opens", ({ reason, opens }) => {
		const health = { ...polled(3, "forbidden", 180), failure: reason, partly: true as const };
		expect(open(health, 180)).toEqual([opens]);
		expect(open({ ...health, failures: 2 }, 180)).toEqual([]);
	});

	test("a detector that sees a part says which failure hides the rest", () => {
		const health = { ...polled(3, "unreachable", 180), partly: true as const };
		expect(selfCheck(health, limits, seconds(180))[0]?.reason).toBe("it sees only a part: 3 polls failed in a row: why");
		expect(afterPoll(health, { reason: "timeout", detail: "none" }, seconds(240))).not.toHaveProperty("partly");
	});

	test("a failure without a reason is not ours", () => {
		expect(open({ firstSeenAt: seconds(0), failures: 3, failedAt: seconds(180) }, 180)).toEqual(["platform-unreachable"]);
	});

	test.each([
		{ name: "in the vendor's words", change: {}, why: "3 polls failed in a row: why" },
		{ name: "by its reason", change: { detail: undefined }, why: "3 polls failed in a row: forbidden" },
		{ name: "without either", change: { detail: undefined, failure: undefined }, why: "3 polls failed in a row: no detail" },
	])("the person on call reads why, $name", ({ change, why }) => {
		const known = JSON.parse(JSON.stringify({ ...polled(3, "forbidden", 180), ...change }));
		expect(selfCheck(known, limits, seconds(240)).map(({ reason }) => reason)).toEqual([why]);
	});

	test("and that all is well", () => {
		const reason = "the last poll read all that it watches";
		expect(selfCheck({ firstSeenAt: seconds(0), okAt: seconds(60), failures: 0 }, limits, seconds(120))).toEqual([
			{ condition: "detector-silent", signal: "close", reason },
			{ condition: "credentials-failing", signal: "close", reason },
			{ condition: "platform-unreachable", signal: "close", reason },
		]);
	});

	test("a silent poller says nothing of the platform or the credentials: what is open stays open", () => {
		expect(selfCheck(polled(3, "unreachable", 180), limits, seconds(480))).toEqual([
			{ condition: "detector-silent", signal: "open", reason: "the poller has reported nothing for 300 s" },
		]);
	});

	test("polls that go on failing in another way close nothing: what fails in part and in whole by turns is no news at every poll", () => {
		const signals = (failures: number, partly: boolean) =>
			selfCheck({ ...polled(failures, "unreachable", 180), ...(partly ? { partly } : {}) }, limits, seconds(180)).map(
				({ condition, signal }) => `${condition} ${signal}`,
			);
		expect([signals(3, true), signals(4, false), signals(5, true)]).toEqual([
			["detector-silent open"],
			["platform-unreachable open"],
			["detector-silent open"],
		]);
		expect(signals(0, false)).toEqual(["detector-silent close", "credentials-failing close", "platform-unreachable close"]);
	});

	test("silence counts from the poller's last word, good or bad", () => {
		const health = { ...polled(1, "forbidden", 100), okAt: seconds(50) };
		expect([open(health, 399), open(health, 400)]).toEqual([[], ["detector-silent"]]);
		expect(open({ ...health, okAt: seconds(150) }, 449)).toEqual([]);
	});

	test("a failed poll remembers the last good one", () => {
		const ok = afterPoll(undefined, undefined, seconds(0));
		const failed = afterPoll(ok, { reason: "timeout", detail: "no answer" }, seconds(60));
		expect(failed).toEqual({
			firstSeenAt: seconds(0),
			okAt: seconds(0),
			failures: 1,
			failedAt: seconds(60),
			failure: "timeout",
			detail: "no answer",
		});
	});

	test("each check is a reading of an entity of its own", () => {
		const health = polled(3, "forbidden", 180);
		const readings = (known: typeof health) =>
			selfCheck(known, limits, seconds(180)).map((check) => selfReading(check, known, seconds(180)));
		const well = readings({ ...health, failures: 0 });
		expect(well.map(({ condition, entity, verdict }) => `${condition} ${entity.id} ${verdict}`)).toEqual([
			"detector-silent poller clear",
			"credentials-failing detector clear",
			"platform-unreachable genesys-cloud clear",
		]);
		expect(readings(health)).toEqual([
			{
				schema: "genesyscloud-runbooks/reading/1",
				condition: "credentials-failing",
				entity: { id: "detector", name: "The detector's credentials for Genesys Cloud" },
				severity: "critical",
				verdict: "breach",
				reason: "3 polls failed in a row: why",
				observedAt: seconds(180),
				metrics: { failures: 3 },
				source: "overseer",
				raw: health,
			},
		]);
		expect(well.map(({ entity }) => entity.name)).toEqual(["The poller", "The detector's credentials for Genesys Cloud", "Genesys Cloud"]);
	});
});
