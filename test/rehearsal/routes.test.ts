import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { ladderLines, stepsOf } from "../../rehearsal/report/ladder.ts";
import { policy } from "../functions/pipeline/fixtures.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

function routes(...args: readonly string[]) {
	const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "./assert-node.mjs", "rehearsal/routes.ts", ...args], {
		cwd: root,
		encoding: "utf8",
	});
	return { status, out: stdout.trimEnd().split("\n"), err: stderr };
}

describe("npm run routes", () => {
	test("prints the routes in order and each policy as a ladder", () => {
		const { status, out } = routes();
		expect(status).toBe(0);
		expect(out.slice(0, 6)).toEqual([
			"Routes of stack dev: the first that fits decides",
			"  1  condition credentials-failing, entity pagerduty-it-operations* → telephony",
			"  2  condition credentials-failing → it-operations",
			"  3  everything else → telephony",
			"",
			"Policy telephony",
		]);
		expect(out).toContain("Policy it-operations");
	});

	test("says of one failure which route takes it, and who is paged", () => {
		const asked = ["--condition", "credentials-failing", "--entity", "twilio", "--at", "2026-11-28T03:00Z"];
		expect(routes(...asked).out.slice(0, 2)).toEqual([
			"At 2026-11-28T03:00:00.000Z: route 2: condition credentials-failing → policy it-operations, severity critical",
			"  0 s: tier 1 it-operations: pagerduty it-operations (proof within 60 s)",
		]);
		const { out } = routes(
			"--stack",
			"prod",
			"--json",
			"--condition",
			"queue-overflow",
			"--queue",
			"Sales",
			"--at",
			"2026-11-28T03:00:00+01:00",
		);
		expect(JSON.parse(out.join(""))).toMatchObject({
			at: "2026-11-28T02:00:00.000Z",
			condition: "queue-overflow",
			severity: "medium",
			entities: [{ id: "Sales", name: "Sales" }],
			routed: { policy: "telephony", route: 3, reason: "default" },
			pages: [
				{ atSeconds: 0, tier: 1, name: "primary", channels: ["pagerduty primary", "sms +15555550111"] },
				{ atSeconds: 300, tier: 2, name: "secondary", channels: ["pagerduty secondary", "sms +15555550112"] },
			],
		});
	});

	test("takes the site and the division of what fails", () => {
		const { out } = routes("--json", "--condition", "trunk-down", "--site", "Berlin", "--division", "Home");
		const entities = [{ id: "", name: "", location: { site: { id: "Berlin", name: "Berlin" }, division: { id: "Home", name: "Home" } } }];
		expect(JSON.parse(out.join(""))).toMatchObject({ entities });
	});

	test.each([
		{
			name: "a condition that is none",
			args: ["--condition", "trunk-dwn"],
			says: /Expected a condition, one of trunk-down, edge-offline, .*, got "trunk-dwn"/,
		},
		{
			name: "a severity that is none",
			args: ["--condition", "trunk-down", "--severity", "hihg"],
			says: /Expected a severity, one of high, critical, medium, low, got "hihg"/,
		},
		{
			name: "an instant without a zone",
			args: ["--condition", "trunk-down", "--at", "2026-11-28T03:00"],
			says: /an instant with its zone/,
		},
		{ name: "an entity without a condition", args: ["--entity", "Frankfurt-1"], says: /Expected --condition beside --entity, got none/ },
		{ name: "a stack that is none", args: ["--stack", "staging"], says: /got "staging"; allowed: dev, prod/ },
		{
			name: "a day that does not exist",
			args: ["--condition", "trunk-down", "--at", "2026-02-30T03:00Z"],
			says: /an instant with its zone/,
		},
		{
			name: "a queue of what is about none",
			args: ["--condition", "trunk-down", "--queue", "Support"],
			says: /--queue beside a condition that is about queues, queue-overflow, got trunk-down/,
		},
		{
			name: "entity and queue",
			args: ["--condition", "trunk-down", "--entity", "a", "--queue", "b"],
			says: /--entity or --queue, got both/,
		},
	])("is refused with status 2 for $name", ({ args, says }) => {
		const { status, err } = routes(...args);
		expect(status).toBe(2);
		expect(err).toMatch(says);
	});
});

describe("a policy as a ladder", () => {
	test("says when each tier is paged, by what, and how it goes on", () => {
		expect(ladderLines(policy)).toEqual([
			"0 s: tier 1 primary: pagerduty primary (proof within 60 s, else sms +15555550101)",
			"then 300 s without an answer: tier 2 secondary: pagerduty secondary (proof within 60 s)",
			"3600 s after the last tier without an answer: routed anew, at most 24 times a day",
			"an answer holds for 14400 s, one by which a page was ended by hand for 900 s; then whoever gave it is asked first",
		]);
		expect(ladderLines({ ...policy, repeatsADay: 0 })[2]).toBe("after the last tier nobody is asked again");
		expect(stepsOf(policy).map(({ atSeconds }) => atSeconds)).toEqual([0, 300]);
	});
});
