import { describe, expect, test } from "vitest";
import { play } from "../../../rehearsal/play.ts";
import { parseScenario } from "../../../rehearsal/scenario/read.ts";
import { readStackFile } from "../../../rehearsal/scenario/stackFile.ts";
import { deployOnce } from "../../../rehearsal/world/deployOnce.ts";

interface Logged {
	readonly name: string;
	/** One verb, as a scenario says it. */
	readonly verb: string;
	readonly must?: readonly string[];
	readonly never?: readonly string[];
}

/** A trunk fails in the first minute and comes back in the twelfth; the one verb is what else happens. */
const story = ({ name, verb, must = [], never = [] }: Logged): string => `
name: ${name}
why: What one verb does to an outage.
lasts: 20m
latency: normal
trunks: [{ name: Frankfurt-1 }]
happens:
  - { at: 1m, do: trunk-down, trunk: Frankfurt-1 }
  - ${verb}
  - { at: 12m, do: trunk-up, trunk: Frankfurt-1 }
must:
  - { by: 3m, what: incident-opened, times: 1 }
${must.map((line) => `  - ${line}`).join("\n")}
never: [${never.join(", ")}]
`;

const toSms = "{ by: 6m, what: page-proven, channel: sms, tier: 1 }";
const toPagerDuty = "{ by: 6m, what: page-proven, channel: pagerduty, tier: 1 }";
const noSms = "{ what: page-sent, channel: sms, tier: 1 }";

const deploy = deployOnce();

const logged: readonly Logged[] = [
	{ name: "hangs", verb: "{ at: 1m, do: hangs, system: pagerduty, for: 9m }", must: [toSms] },
	{
		name: "hangs, one host",
		verb: "{ at: 1m, do: hangs, system: pagerduty, host: events, for: 9m }",
		must: [toSms, "{ by: 4m, what: page-failed, channel: pagerduty, tier: 1 }"],
	},
	{ name: "slow", verb: "{ at: 1m, do: slow, system: pagerduty, seconds: 3, for: 18m }", must: [toPagerDuty], never: [noSms] },
	{
		name: "drops-answers",
		verb: "{ at: 1m, do: drops-answers, system: pagerduty, host: events, for: 8m }",
		must: [toPagerDuty],
		never: [noSms],
	},
	{ name: "throttles", verb: "{ at: 1m, do: throttles, system: pagerduty, retryAfter: 30, for: 9m }", must: [toSms] },
	{ name: "throttles by a date", verb: "{ at: 1m, do: throttles, system: pagerduty, retryAfter: http-date, for: 9m }", must: [toSms] },
	...["poller", "dispatcher", "ledger", "overseer"].map((kind) => ({
		name: `kills the ${kind}`,
		verb: `{ at: 1m30s, do: kills, function: ${kind}, after: 4 }`,
		must: ["{ by: 10m, what: killed, times: 1 }", "{ by: 8m, what: page-proven, tier: 1, channel: pagerduty }"],
	})),
	{
		name: "acknowledge-by-link, where no text came",
		verb: "{ at: 5m, do: acknowledge-by-link, tier: 1 }",
		must: ["{ by: 5m, what: link-followed, who: person, outcome: no-link, times: 1 }", "{ by: 9m, what: escalated, tier: 2 }"],
		never: ["{ what: acknowledged }"],
	},
	{ name: "skews", verb: "{ at: 0s, do: skews, system: pagerduty, seconds: -240, for: 19m }", must: [toPagerDuty], never: [noSms] },
	...["poller", "dispatcher", "overseer"].map((kind) => ({
		name: `runs the ${kind} twice`,
		verb: `{ at: 0s, do: twice, function: ${kind}, for: 19m }`,
		must: ["{ by: 3m, what: page-sent, channel: pagerduty, tier: 1, times: 1 }", toPagerDuty],
		never: [noSms],
	})),
];

describe("one verb, on the world with time", () => {
	test.each(logged)("$name", async (each) => {
		const scenario = parseScenario(story(each), "x.yaml");
		const { report } = await play({ scenario, file: readStackFile("dev"), seed: 3, deploy });
		// What a fault does to the declared resources is another matter: the expectations are about the people.
		expect(report.expectations.filter(({ met, what }) => !met && !what.includes(" works: "))).toEqual([]);
		expect(report.events.filter(({ what }) => what === "incident-resolved")).toHaveLength(1);
	});
});

test("with latency, the same seed tells the same story, byte for byte, and another seed another one", async () => {
	const scenario = parseScenario(story({ name: "seeds", verb: "{ at: 1m, do: slow, system: pagerduty, seconds: 3, for: 2m }" }), "x.yaml");
	const log = async (seed: number): Promise<string> =>
		JSON.stringify((await play({ scenario, file: readStackFile("dev"), seed, deploy })).report);
	const [first, again, other] = [await log(7), await log(7), await log(8)];
	expect(again).toBe(first);
	expect(other).not.toBe(first);
});
