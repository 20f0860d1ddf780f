import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { play } from "../../rehearsal/play.ts";
import { type Report, rehearsalJsonSchema, terminalReport } from "../../rehearsal/report/report.ts";
import { Timeline } from "../../rehearsal/report/timeline.ts";
import { parseScenario, readScenario, ScenarioError, scenarioNames } from "../../rehearsal/scenario/read.ts";
import { scenarioJsonSchema } from "../../rehearsal/scenario/scenario.ts";
import { parseStackFile, readStackFile, StackFileError, stackNames, withSettings } from "../../rehearsal/scenario/stackFile.ts";
import { type OfflineWorld, start } from "../../rehearsal/world/offlineWorld.ts";

const scenario = readScenario("trunk-outage");
let report: Report;
let world: OfflineWorld;

beforeAll(async () => {
	({ report, world } = await play({ scenario, file: readStackFile("dev"), seed: 1 }));
});

const moments = (what: string, fits: Readonly<Record<string, string | number | undefined>> = {}): readonly number[] =>
	report.events
		.filter(
			(event) =>
				event.what === what &&
				Object.entries(fits).every(([key, value]) => Object.entries(event).some(([name, got]) => name === key && got === value)),
		)
		.map(({ atSeconds }) => atSeconds);

describe("the default scenario", () => {
	test("meets every expectation", () => {
		expect(report.expectations.filter(({ met }) => !met)).toEqual([]);
		expect(report.verdict).toBe("passed");
	});

	test.each([
		{ name: "opened once", what: "incident-opened", fits: {}, at: [120] },
		{ name: "one workflow", what: "workflow-claimed", fits: {}, at: [120] },
		{
			name: "three attempts of the workflow on PagerDuty",
			what: "page-failed",
			fits: { who: "workflow", channel: "pagerduty", tier: 1 },
			at: [120, 150, 210],
		},
		{ name: "then one SMS", what: "page-sent", fits: { channel: "sms", tier: 1 }, at: [210] },
		{ name: "proven by reading it back", what: "page-proven", fits: { who: "workflow", channel: "sms" }, at: [220] },
		{
			name: "the overseer sends to PagerDuty again",
			what: "page-sent",
			fits: { who: "overseer", channel: "pagerduty", tier: 1 },
			at: [360],
		},
		{ name: "and proves it", what: "page-proven", fits: { who: "overseer", channel: "pagerduty", tier: 1, outcome: "page" }, at: [420] },
		{ name: "tier 2 after 300 s from the first proof", what: "page-sent", fits: { channel: "pagerduty", tier: 2 }, at: [520] },
		{ name: "acknowledged", what: "acknowledged", fits: { who: "person" }, at: [600] },
		{ name: "mirrored to tier 1", what: "acknowledged", fits: { outcome: "mirrored", tier: 1 }, at: [600] },
		{ name: "recovered after three clear polls", what: "recovered", fits: {}, at: [1620] },
		{ name: "every place is told", what: "recovery-sent", fits: {}, at: [1620, 1620, 1620] },
		{ name: "closed", what: "incident-resolved", fits: {}, at: [1680] },
	])("$name: $what at $at", ({ what, fits, at }) => {
		expect(moments(what, fits)).toEqual(at);
	});

	test("the vendors' own records agree: two PagerDuty incidents, both resolved, and two messages", () => {
		expect(world.vendors.pagerduty.world.incidents().map(({ serviceId, status }) => `${serviceId} ${status}`)).toEqual([
			"PRIMARY1 resolved",
			"PSECOND2 resolved",
		]);
		expect(world.vendors.sms.world.messages().map(({ to, status, createdAt }) => [to, status, (createdAt - start) / 1000])).toEqual([
			["+15555550101", "delivered", 210],
			["+15555550101", "delivered", 1620],
		]);
	});

	test("detecting the same failure each minute duplicates nothing", () => {
		expect(moments("incident-seen-again").length).toBeGreaterThan(20);
		expect(moments("workflow-launched")).toEqual([120]);
	});

	test("every event has a cause that came before it, but for what the scenario, the schedule and the start bring about", () => {
		for (const { id, who, what, because } of report.events) {
			if (who === "scenario" || who === "schedule" || what === "deployed") expect(because).toBeUndefined();
			else expect(because).toSatisfy((cause: unknown) => typeof cause === "number" && cause >= 1 && cause < id);
		}
		expect(report.events.map(({ id }) => id)).toEqual(report.events.map((_, index) => index + 1));
	});

	test.each([
		{ what: "incident-opened", cause: ["observed"] },
		{ what: "queued", cause: ["incident-opened"] },
		{ what: "lease-taken", cause: ["queued"] },
		{ what: "workflow-launched", cause: ["lease-taken"] },
		{ what: "workflow-claimed", cause: ["workflow-launched"] },
		{ what: "credentials-checked", cause: ["workflow-claimed"] },
		{ what: "remediation-skipped", cause: ["credentials-checked"] },
		{ what: "page-failed", cause: ["page-failed", "remediation-skipped"] },
		{ what: "page-sent", cause: ["escalated", "page-failed"] },
		{ what: "page-proven", cause: ["acknowledged", "page-sent", "recovery-sent"] },
		{ what: "escalated", cause: ["page-proven"] },
		{ what: "acknowledged", cause: ["acknowledged", "page-proven"] },
		{ what: "lease-released", cause: ["acknowledged"] },
		{ what: "workflow-ended", cause: ["acknowledged"] },
		{ what: "recovered", cause: ["observed"] },
		{ what: "recovery-sent", cause: ["recovered"] },
		{ what: "incident-resolved", cause: ["page-proven"] },
	])("$what is brought about by $cause", ({ what, cause }) => {
		const causes = report.events.filter((event) => event.what === what).map(({ because }) => report.events[(because ?? 0) - 1]?.what);
		expect([...new Set(causes)].toSorted()).toEqual(cause);
	});

	test("the same seed gives the same report to the byte, another seed the same story with other ids", async () => {
		const again = await play({ scenario, file: readStackFile("dev"), seed: 1 });
		expect(JSON.stringify(again.report)).toBe(JSON.stringify(report));
		const other = await play({ scenario, file: readStackFile("dev"), seed: 2 });
		expect(other.report.events.map(({ what, atSeconds }) => `${what} ${atSeconds}`)).toEqual(
			report.events.map(({ what, atSeconds }) => `${what} ${atSeconds}`),
		);
		expect(await launchId(other.world)).not.toBe(await launchId(world));
	});

	test("the report satisfies its published schema", () => {
		const validate = new Ajv2020({ strict: false, formats: { "date-time": true } }).compile(rehearsalJsonSchema());
		expect(validate(JSON.parse(JSON.stringify(report)))).toBe(true);
		expect(validate({ ...report, verdict: "perhaps" })).toBe(false);
	});

	test("no secret is in the report, the terminal's text or the stack's outputs", () => {
		const printed = `${JSON.stringify(report)}${terminalReport(report, scenario.why)}${JSON.stringify(world.deployment.outputs)}`;
		expect(world.secrets.length).toBeGreaterThanOrEqual(6);
		for (const secret of world.secrets) expect(printed).not.toContain(secret);
	});
});

async function launchId({ aws }: OfflineWorld): Promise<unknown> {
	const stored = await aws.state.tables[0]?.ledger.read("inc:1:dev:trunk-down:trunk-base-frankfurt-1");
	return JSON.stringify(stored?.value).match(/"launch":\{"id":"([^"]+)"/)?.[1];
}

describe("the shipped scenarios", () => {
	test("are valid by their published schema", () => {
		const validate = new Ajv2020({ strict: false, formats: { "date-time": true } }).compile(scenarioJsonSchema());
		expect(validate({ name: "x" })).toBe(false);
		expect(scenarioNames()).toContain("trunk-outage");
		const wrong = scenarioNames().filter((name) => {
			const text = readFileSync(new URL(`../../rehearsal/scenarios/${name}.yaml`, import.meta.url), "utf8");
			return !validate(parse(text));
		});
		expect(wrong).toEqual([]);
	});

	test("have two stacks to be played on", () => {
		expect(stackNames()).toEqual(["dev", "prod"]);
	});
});

describe("wrong input", () => {
	test.each([
		{
			name: "an unknown verb",
			text: "name: x\nwhy: y\nlasts: 1m\ntrunks: [{name: a}]\nhappens: [{at: 1m, do: explode}]\nmust: [{by: 1m, what: polled}]",
			says: /happens\[0\]\.do: expected one of trunk-down, .*, got "explode"/,
		},
		{
			name: "a span without a unit",
			text: "name: x\nwhy: y\nlasts: 60\ntrunks: [{name: a}]\nhappens: []\nmust: [{by: 1m, what: polled}]",
			says: /lasts/,
		},
		{
			name: "an event that cannot happen",
			text: "name: x\nwhy: y\nlasts: 1m\ntrunks: [{name: a}]\nhappens: []\nmust: [{by: 1m, what: exploded}]",
			says: /must\[0\]\.what: expected one of .*, got "exploded"/,
		},
		...["{by: 1m, what: recovered, edge: e, condition: trunk-degraded}", "{by: 1m, what: recovered, condition: edge-offline}"].map(
			(expected) => ({
				name: `an expectation of a condition that is not its entity's: ${expected}`,
				text: `name: x\nwhy: y\nlasts: 1m\ntrunks: [{name: a}]\nhappens: []\nmust: [${expected}]`,
				says: /must\[0\]\.condition: expected a condition of/,
			}),
		),
		{ name: "no YAML", text: "a: [", says: /x\.yaml/ },
	])("a scenario with $name is refused with its path", ({ text, says }) => {
		expect(() => parseScenario(text, "x.yaml")).toThrow(says);
		expect(() => parseScenario(text, "x.yaml")).toThrow(ScenarioError);
	});

	test.each(["trunk: a, condition: trunk-degraded", "edge: e, condition: edge-offline", "queue: q, condition: queue-overflow"])(
		"a scenario may name the condition of its entity: %s",
		(named) => {
			const text = `name: x\nwhy: y\nlasts: 1m\ntrunks: [{name: a}]\nhappens: []\nmust: [{by: 1m, what: recovered, ${named}}]`;
			expect(() => parseScenario(text, "x.yaml")).not.toThrow();
		},
	);

	test("settings of a scenario are laid over the stack's key by key, and checked like its own", () => {
		const dev = readStackFile("dev");
		const overlay = { policies: { telephony: { acknowledgeSeconds: 120 } }, runbooks: { "trunk-down": { severity: "medium" } } };
		const laid = withSettings(dev, overlay);
		const { policies, runbooks } = laid.settings.runtime;
		const { telephony, ...others } = dev.settings.runtime.policies;
		expect(policies).toEqual({ ...others, telephony: { ...telephony, acknowledgeSeconds: 120 } });
		expect(runbooks["trunk-down"]).toEqual({ ...dev.settings.runtime.runbooks["trunk-down"], severity: "medium" });
		expect(withSettings(dev, {}).settings).toEqual(dev.settings);
		expect(() => withSettings(dev, { policies: { telephony: { acknowledgeSeconds: "soon" } } })).toThrow(/acknowledgeSeconds/);
		expect(() => withSettings(dev, { policys: {} })).toThrow(StackFileError);
	});

	test("an unknown scenario or stack is refused with what is allowed", () => {
		expect(() => readScenario("no-such")).toThrow(/got "no-such"; allowed: .*trunk-outage/);
		expect(() => readScenario("trunk-outag")).toThrow(/got "trunk-outag"; allowed: trunk-outage, /);
		expect(() => readStackFile("staging")).toThrow(/got "staging"; allowed: dev, prod/);
		expect(() => readStackFile("../dev")).toThrow(StackFileError);
	});

	test("a stack file with several mistakes lists every one with its path, and a plain secret is refused", () => {
		const text = readFileSync(new URL("../../Pulumi.dev.yaml", import.meta.url), "utf8");
		const broken =
			text.replace("proofSeconds: 60", "proofSeconds: soon").replace("staleSeconds: 900", "staleSeconds: 10") +
			'  genesyscloud-runbooks:twilio-authToken: "0123"\n';
		expect(() => parseStackFile("dev", broken)).toThrow(/proofSeconds[\s\S]*twilio-authToken|twilio-authToken[\s\S]*proofSeconds/);
		expect(() => parseStackFile("dev", "config: [")).toThrow(/expected YAML/);
	});

	test("a stack file says the same once Pulumi has written it: single values in quotes, secrets encrypted, its salt at the end", () => {
		const text = readFileSync(new URL("../../Pulumi.dev.yaml", import.meta.url), "utf8");
		const plain = text.replace(/logRetentionDays: .*/, "logRetentionDays: 30").replace(/protect: .*/, "protect: false");
		const written =
			plain.replace("logRetentionDays: 30", 'logRetentionDays: "30"').replace("protect: false", 'protect: "false"') +
			"  genesyscloud-runbooks:twilio-authToken:\n    secure: v1:x:y\nencryptionsalt: v1:x:y\n";
		expect(written).toContain('protect: "false"');
		expect(parseStackFile("dev", written).settings).toEqual(parseStackFile("dev", plain).settings);
	});

	test("the timeline refuses a word that is not in its closed set", () => {
		const timeline = new Timeline(() => 0);
		expect(() => timeline.logEntry({ what: "heartbeat" }, "poller")).toThrow(/got heartbeat/);
	});
});
