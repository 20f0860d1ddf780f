import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test, vi } from "vitest";
import { fitted } from "../../commands/terminal.ts";
import { assumptions } from "../../doctor/assumptions.ts";
import { judgeAccount, judgeConcurrency } from "../../doctor/aws/judge.ts";
import { type Finding, statusOf } from "../../doctor/finding.ts";
import { judgeNames, judgePlace } from "../../doctor/genesys/judge.ts";
import { progress } from "../../doctor/progress.ts";
import { jsonReport, terminalReport } from "../../doctor/report.ts";
import { judgeCheck, judgeCredential } from "../../doctor/vendors/judge.ts";
import { failure } from "../../functions/edges/http/http.ts";
import type { FailureReason, TrunkInstance } from "../../functions/pipeline/ports.ts";
import { pagerduty } from "../../vendors/pagerduty.ts";
import { readTextFiles } from "../architecture/files.ts";

const finding = (id: string, verdict: Finding["verdict"], rest: Partial<Finding> = {}): Finding => ({
	...{ id, group: "AWS", what: id, verdict, why: "" },
	...rest,
});

describe("the report", () => {
	const address = `https://apps.mypurecloud.de/${"a".repeat(60)}`;
	const findings = [
		finding("one", "holds"),
		finding("two", "does-not-hold", { why: "it is other", remedy: `Look at ${address} and then at the rest of it, word by word.` }),
		finding("three", "not-checked", { group: "Vendors", why: "nobody could" }),
	];

	test("groups in their order, signs, what to do, the count; an address stays whole", () => {
		expect(fitted(terminalReport(findings), undefined, 80)).toBe(
			[
				"Vendors",
				"  – three: nobody could",
				"",
				"AWS",
				"  ✓ one",
				"  ✗ two: it is other",
				"      → Look at",
				address,
				"        and then at the rest of it, word by word.",
				"",
				"1 hold, 1 do not, 1 not checked",
			].join("\n"),
		);
	});

	test("as JSON: the verdict, the counts and every finding", () => {
		expect(JSON.parse(jsonReport("dev", findings))).toEqual({
			stack: "dev",
			verdict: "does-not-hold",
			holds: 1,
			doesNotHold: 1,
			notChecked: 1,
			findings,
		});
	});

	test("what was not checked is no failure", () => {
		expect([statusOf(findings), statusOf([finding("a", "not-checked")])]).toEqual([1, 0]);
	});
});

describe("names that are taken", () => {
	const needs = { roles: new Map([["runbooks-dev detector", "ours"]]), flows: ["runbooks-dev telephony"], actions: ["PagerDuty: Trigger"] };
	const one = (name: string, more: { readonly description?: string; readonly category?: string } = {}) => ({
		value: [{ id: name, name, description: "", category: "", ...more }],
	});
	const verdicts = (role: ReturnType<typeof one>) => {
		const readings = { roles: role, flows: one("runbooks-dev telephony"), actions: one("Trigger", { category: "PagerDuty" }) };
		return judgeNames({ ...empty, ...needs, dataTables: [] }, readings).map(({ verdict, why }) => [verdict, why]);
	};
	const empty = {
		permissions: [],
		integrationTypes: new Map(),
		credentialTypes: [],
		topics: [],
		eventSources: [],
		places: [],
		emergencyGroups: [],
		reserved: new Map(),
	};

	test("by a role of ours: the stack is deployed already", () => {
		const held = ["holds", "the stack is deployed already"];
		expect(verdicts(one("runbooks-dev detector", { description: "ours" }))).toEqual([held, held, held]);
	});

	test("by nobody of ours: each is told", () => {
		expect(verdicts(one("Supervisor"))).toEqual([
			["holds", ""],
			["does-not-hold", "not ours: runbooks-dev telephony"],
			["does-not-hold", "not ours: PagerDuty: Trigger"],
		]);
	});
});

describe("a place that a route names", () => {
	const trunk: TrunkInstance = {
		id: "t1",
		name: "Frankfurt-1",
		trunkBase: { id: "b1", name: "Frankfurt-1" },
		state: "active",
		inService: true,
		enabled: true,
		connected: true,
		options: undefined,
		registers: undefined,
		calls: undefined,
		qosMismatches: undefined,
	};
	const unread = failure("timeout", "Genesys Cloud: no answer");
	const readings = { queues: { value: [] }, trunks: { value: [trunk] }, edges: { unread }, divisions: { value: [] } };
	const verdict = (name: string, fromOutside = false) => {
		const { verdict, why } = judgePlace({ of: "entity", name, path: "routes[0].match.entity" }, readings, fromOutside);
		return [verdict, why];
	};

	test("is found in any listing, by its name or its id", () => {
		expect([verdict("Frank*"), verdict("b1")]).toEqual([
			["holds", ""],
			["holds", ""],
		]);
	});

	test("is not missed while one of them was not read", () => {
		expect(verdict("Berlin*")).toEqual(["not-checked", "Genesys Cloud: no answer"]);
	});

	test("may be another system's, where its alerts are taken", () => {
		const read = { ...readings, edges: { value: [] } };
		const judged = (fromOutside: boolean) =>
			judgePlace({ of: "entity", name: "Berlin*", path: "routes[0].match.entity" }, read, fromOutside).verdict;
		expect([judged(true), judged(false)]).toEqual(["not-checked", "does-not-hold"]);
	});
});

describe("an AWS account", () => {
	const reserved = new Map([
		["poller", 1],
		["overseer", 1],
	]);
	test.each([
		{ unreserved: 102, ours: 0, verdict: "holds" },
		{ unreserved: 101, ours: 0, verdict: "does-not-hold" },
		{ unreserved: 100, ours: 2, verdict: "holds" },
		{ unreserved: 99, ours: 2, verdict: "does-not-hold" },
	])("with $unreserved free executions, $ours of them ours already: $verdict", ({ unreserved, ours, verdict }) => {
		expect(judgeConcurrency(reserved, { value: { total: 1000, unreserved, ours } }).verdict).toBe(verdict);
	});

	test.each<[FailureReason, Finding["verdict"]]>([
		["unauthorized", "does-not-hold"],
		["forbidden", "does-not-hold"],
		["misconfigured", "not-checked"],
		["timeout", "not-checked"],
	])("whose identity was not told (%s): %s", (reason, verdict) => {
		expect(judgeAccount("eu-central-1", [], { unread: failure(reason, "AWS") }).verdict).toBe(verdict);
	});
});

describe("a credential's check that was refused", () => {
	const [check] = pagerduty.calls.checks;
	const channel = { kind: "pagerduty", name: "pagerduty", service: "primary", serviceId: "PRIMARY1" } as const;
	const owner = { credential: "pagerduty-primary", kind: "pagerduty", channel, check } as const;
	test.each<[FailureReason, Finding["verdict"]]>([
		["unauthorized", "does-not-hold"],
		["forbidden", "does-not-hold"],
		["not-found", "does-not-hold"],
		["rejected", "does-not-hold"],
		["misconfigured", "does-not-hold"],
		["unreachable", "not-checked"],
		["timeout", "not-checked"],
		["rate-limited", "not-checked"],
		["unavailable", "not-checked"],
		["malformed", "not-checked"],
	])("%s: %s", (reason, verdict) => {
		expect(judgeCheck({ ...owner, read: { unread: failure(reason, "PagerDuty") } }).verdict).toBe(verdict);
	});
});

describe("a credential", () => {
	test("of a service of AWS is not checked without keys to sign with", () => {
		const channel = { kind: "email", name: "email", to: "ada@customer.example" } as const;
		expect(judgeCredential({ credential: "ses", kind: "email", channel, unsigned: true })).toEqual([
			{
				id: "vendors.ses.keys",
				group: "Vendors",
				what: "ses, credential",
				verdict: "not-checked",
				why: "no AWS credentials were found to sign with",
			},
		]);
	});

	test("of a vendor that has nothing to read is not checked, and how to try it is told", () => {
		const channel = { kind: "teams", name: "teams", channel: "noc" } as const;
		expect(judgeCredential({ credential: "teams-noc", kind: "teams", channel, checks: [], places: [] })).toMatchObject([
			{ verdict: "not-checked", remedy: "Try it with a message: npm run test:vendor -- teams" },
		]);
	});
});

describe("the assumptions", () => {
	const root = new URL("../../", import.meta.url);

	test.each(assumptions)("$id: its place exists; an id is given once", ({ id, where }) => {
		expect(existsSync(new URL(where, root))).toBe(true);
		expect(assumptions.filter((each) => each.id === id)).toHaveLength(1);
	});

	test("every source of the program that says that it assumes something is among their places", () => {
		const folders = ["components", "conditions", "contracts", "functions", "remedies", "response", "vendors"];
		const assuming = readTextFiles(fileURLToPath(root)).filter(
			({ path, text }) => folders.includes(path.split("/")[0] ?? "") && /\bassumption\b|\bassumed\)/.test(text),
		);
		expect(assuming.length).toBeGreaterThan(2);
		expect(assuming.map(({ path }) => path).filter((path) => !assumptions.some(({ where }) => where === path))).toEqual([]);
	});
});

describe("progress", () => {
	afterEach(() => vi.useRealTimers());

	test("says after two seconds what it waits for, in one line, and nothing after its end", async () => {
		vi.useFakeTimers();
		const said: string[] = [];
		const { track, end } = progress((line) => said.push(line));
		let answer = (_: string): void => {};
		const slow = track(
			"PagerDuty: a-name-that-is-as-long-as-names-of-services-may-be-in-a-settings-file",
			() => new Promise((resolve) => (answer = resolve)),
		);
		await track("AWS: identity", async () => "quick");
		vi.advanceTimersByTime(1999);
		expect(said).toEqual([]);
		vi.advanceTimersByTime(1);
		expect(said).toEqual(["… waiting for PagerDuty: a-name-that-is-as-long-as-names-of-services-may-be-i…"]);
		answer("late");
		expect(await slow).toBe("late");
		vi.advanceTimersByTime(2000);
		end();
		vi.advanceTimersByTime(9000);
		expect(said).toHaveLength(1);
	});

	test("lets eight go at once, and the next one when one of them fails", async () => {
		const { track, end } = progress(() => {});
		const begun: number[] = [];
		const ends: ((error: Error) => void)[] = [];
		const all = Array.from({ length: 9 }, (_, index) =>
			track(String(index), () => {
				begun.push(index);
				return index === 8 ? Promise.resolve("last") : new Promise<string>((_, reject) => ends.push(reject));
			}).catch(({ message }: Error) => message),
		);
		expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
		ends[0]?.(new Error("refused"));
		expect([await all[0], await all[8]]).toEqual(["refused", "last"]);
		for (const fail of ends) fail(new Error("over"));
		await Promise.all(all);
		end();
	});
});
