import { describe, expect, test } from "vitest";
import { draw } from "../../../rehearsal/campaign/draw.ts";
import { createPlayer } from "../../../rehearsal/many/oneOfMany.ts";
import { play } from "../../../rehearsal/play.ts";
import { refuseUnknownNames } from "../../../rehearsal/scenario/knownNames.ts";
import { parseScenario, ScenarioError } from "../../../rehearsal/scenario/read.ts";
import { scenarioFile } from "../../../rehearsal/scenario/scenario.ts";
import { readStackFile, withSettings } from "../../../rehearsal/scenario/stackFile.ts";

const file = readStackFile("dev");
const trunks = "{ name: Frankfurt-1 }, { name: Berlin, times: 3 }, { name: Hamburg, on: [Shared] }";
const scenarioOf = ({ verb = "", must = "", never = "" }) =>
	parseScenario(
		`
name: names
why: Names that the world has, or has not.
lasts: 5m
trunks: [${trunks}]
happens: [${verb}]
must: [{ by: 1m, what: polled }${must}]
never: [${never}]
`,
		"names.yaml",
	);

const refusals: readonly { readonly part: Parameters<typeof scenarioOf>[0]; readonly says: string }[] = [
	{
		part: { verb: "{ at: 1m, do: trunk-down, trunk: Frankfurt1 }" },
		says: 'names: trunk-down at 60 s: trunk: expected one of Frankfurt-1, Berlin-1, Berlin-2, Berlin-3, Hamburg, got "Frankfurt1"',
	},
	{
		part: { verb: "{ at: 1m, do: edge-offline, edge: Berlin-1 edge 3 }" },
		says: "edge: expected one of Berlin-1 edge 1, Frankfurt-1 edge 1, ",
	},
	{ part: { verb: "{ at: 1m, do: queue-drains, queue: Suport }" }, says: "queue: expected one of Support, " },
	{ part: { verb: "{ at: 1m, do: acknowledge, service: secundary }" }, says: "service: expected one of secondary, primary" },
	{
		part: { verb: "{ at: 1m, do: unacknowledge, service: third }" },
		says: 'unacknowledge at 60 s: service: expected one of primary, secondary, it-operations, got "third"',
	},
	{ part: { verb: "{ at: 1m, do: refuses, client: pagerduty-primry, for: 1m }" }, says: "client: expected one of pagerduty-primary, " },
	{
		part: { verb: "{ at: 1m, do: trunk-down, trunk: Berlin, numbers: [1, 20] }" },
		says: 'got "Berlin-13"; and 7 more',
	},
	{ part: { must: ", { by: 2m, what: incident-opened, trunk: Berlin }" }, says: "must[1].trunk: expected one of Berlin-1, " },
	{ part: { never: "{ what: incident-opened, edge: Shard }" }, says: "never[0].edge: expected one of Shared, " },
	{ part: { never: "{ what: incident-opened, queue: Nobody }" }, says: "never[0].queue: expected one of " },
	{ part: { never: "{ what: page-sent, policy: telefony }" }, says: "never[0].policy: expected one of telephony, it-operations" },
	{ part: { never: "{ what: incident-opened, credential: respnder }" }, says: "never[0].credential: expected one of responder, " },
];

describe("a scenario that names what these settings do not have", () => {
	test.each(refusals)("is refused: $says", async ({ part, says }) => {
		const scenario = scenarioOf(part);
		const played = play({ scenario, file, seed: 1 });
		await expect(played).rejects.toThrow(ScenarioError);
		await expect(played).rejects.toThrow(says);
	});

	test("is refused among many, too", async () => {
		const scenario = scenarioOf({ verb: "{ at: 1m, do: trunk-down, trunk: Frankfurt1 }" });
		expect(await createPlayer()({ scenario, stack: "dev", seed: 1, json: false })).toEqual({
			refused: expect.stringContaining("Frankfurt1"),
		});
	});
});

test.each([
	"{ at: 1m, do: webhook, trunk: seen-elsewhere, verdict: breach }",
	"{ at: 1m, do: edge-offline, edge: Shared }",
	"{ at: 1m, do: trunk-down, trunk: Berlin, numbers: [1, 3] }",
	"{ at: 1m, do: refuses, client: remediator, for: 1m }",
])("what the world has, or another system sees, may be named: %s", (verb) => {
	expect(() => refuseUnknownNames(scenarioOf({ verb }), file.settings)).not.toThrow();
});

test("a drawn story names what its settings have", () => {
	for (let seed = 1; seed <= 500; seed += 1) {
		const scenario = scenarioFile.parse(draw(seed));
		const { settings } = withSettings(file, scenario.settings ?? {});
		expect(() => refuseUnknownNames(scenario, settings)).not.toThrow();
	}
});
