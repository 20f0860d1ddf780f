import { beforeAll, describe, expect, test } from "vitest";
import { functionNames } from "../../components/functions/bundle.ts";
import { play } from "../../rehearsal/play.ts";
import { readScenario } from "../../rehearsal/scenario/read.ts";
import { scenarioFile } from "../../rehearsal/scenario/scenario.ts";
import { readStackFile } from "../../rehearsal/scenario/stackFile.ts";
import { deployOnce } from "../../rehearsal/world/deployOnce.ts";

const rehearsing = [
	"overseer-dead",
	"poller-dead",
	"both-dead",
	"dispatcher-dead",
	"functions-crash",
	"functions-stall",
	"functions-throttled",
	"listener-dead",
	"allowance-too-small",
	"platform-unreachable",
];

const deploy = deployOnce();
const file = readStackFile("dev");

/** What each of them declares, raises and ends, by their names. */
const declared = new Set<string>();
const raised = new Set<string>();
const ended = new Set<string>();

beforeAll(async () => {
	for (const name of rehearsing) {
		const { report, world } = await play({ scenario: readScenario(name), file, seed: 7, deploy });
		for (const alarm of world.aws.state.alarms) declared.add(alarm.name);
		for (const { what, detail = "" } of report.events) {
			if (what === "alarm-raised") raised.add(detail);
			if (what === "alarm-ended") ended.add(detail);
		}
	}
}, 300_000);

describe("every alarm that is declared", () => {
	test("is raised by a scenario, where the stack has every function", () => {
		expect(functionNames.filter((name) => !declared.has(`runbooks-dev-errors-${name}`))).toEqual([]);
		expect([...declared].filter((name) => !raised.has(name))).toEqual([]);
	});

	test("ends once the trouble is over, but for the message that somebody has to look at", () => {
		const waiting = ["runbooks-dev-dead-letters", "runbooks-dev-events-dead"];
		expect([...declared].filter((name) => !ended.has(name) && !waiting.includes(name))).toEqual([]);
	});
});

test.each(["off", "normal"] as const)("a quiet hour raises none, and the switch is called every minute: latency %s", async (latency) => {
	const scenario = scenarioFile.parse({
		name: "quiet",
		why: "Nothing happens.",
		lasts: "60m",
		trunks: [{ name: "Frankfurt-1" }],
		settings: { watch: { emails: ["on-call@customer.example"], heartbeat: true, pager: true } },
		happens: [],
		must: [{ by: "1m", what: "polled" }],
		never: [{ what: "alarm-raised" }, { what: "heartbeat-missed" }, { what: "heartbeat-unsent" }],
	});
	const { report } = await play({ scenario, file, seed: 7, latency, deploy });
	expect(report.expectations.filter(({ met }) => !met)).toEqual([]);
	expect(report.events.filter(({ who }) => who === "cloudwatch" || who === "sns")).toEqual([]);
});

test("a run that cannot write how it went is no good one: without the ledger both heartbeats are missed, and come back with it", async () => {
	const scenario = scenarioFile.parse({
		name: "no ledger",
		why: "The ledger is away.",
		lasts: "15m",
		trunks: [{ name: "Frankfurt-1" }],
		settings: { watch: { heartbeat: true } },
		happens: [{ at: "2m", do: "ledger-unreachable", for: "6m" }],
		must: ["poller", "overseer"].flatMap((name) => [
			{ by: "5m", from: "5m", what: "alarm-raised", outcome: `heartbeat-${name}`, times: 1 },
			{ by: "9m", from: "9m", what: "alarm-ended", outcome: `heartbeat-${name}`, times: 1 },
		]),
	});
	const { report } = await play({ scenario, file, seed: 7, deploy });
	expect(report.expectations.filter(({ met }) => !met)).toEqual([]);
});

test("an ordinary incident raises none", async () => {
	const { report } = await play({ scenario: readScenario("queue-overflow"), file, seed: 7, deploy });
	expect(report.events.filter(({ what }) => what === "alarm-raised")).toEqual([]);
});

test("an alarm whose topic does not let it publish is a declared resource that does not work", async () => {
	const { report } = await play({
		scenario: readScenario("overseer-dead"),
		file,
		seed: 7,
		tamper: (resource) => (resource.type === "aws:sns/topicPolicy:TopicPolicy" ? undefined : resource),
	});
	expect(report.verdict).toBe("failed");
	expect(
		report.expectations.filter(({ met, what }) => !met && what.startsWith("alarm runbooks-dev-heartbeat-overseer works:")),
	).toHaveLength(1);
	expect(report.events.filter(({ what }) => what === "alarm-sent")).toEqual([]);
});
