import { expect, test } from "vitest";
import { play } from "../../../rehearsal/play.ts";
import { parseScenario } from "../../../rehearsal/scenario/read.ts";
import { readStackFile } from "../../../rehearsal/scenario/stackFile.ts";
import { deployOnce } from "../../../rehearsal/world/deployOnce.ts";

const deploy = deployOnce();

/** A fault from the first to the eighth minute, and another one of the same system that begins and ends within it. */
async function pollsThatFail(long: string, short: string): Promise<readonly number[]> {
	const scenario = parseScenario(
		`
name: two faults
why: Two faults of one system at a time.
lasts: 12m
trunks: [{ name: Frankfurt-1 }]
happens:
  - { at: 30s, for: 8m, ${long} }
  - { at: 90s, for: 2m, ${short} }
must:
  - { by: 1m, what: deployed }
`,
		"x.yaml",
	);
	const { report } = await play({ scenario, file: readStackFile("dev"), seed: 1, deploy });
	const failed = report.events.filter(({ what, who }) => what === "error" && (who === "poller" || who === "schedule"));
	return [...new Set(failed.map(({ atSeconds }) => Math.floor(atSeconds / 60)))];
}

test.each([
	{
		name: "answers of the same paths",
		long: "do: answers, system: genesys, status: 503",
		short: "do: answers, system: genesys, status: 500",
	},
	{
		name: "answers of other paths",
		long: "do: answers, system: genesys, status: 503, path: /api/v2/telephony",
		short: "do: answers, system: genesys, status: 503, path: /api/v2/flows",
	},
	{ name: "the same client refused", long: "do: refuses, client: detector", short: "do: refuses, client: detector" },
	{ name: "another client refused", long: "do: refuses, client: detector", short: "do: refuses, client: responder" },
	{ name: "an unreachable ledger", long: "do: ledger-unreachable", short: "do: ledger-unreachable" },
])("two faults at a time add up, and each ends by itself: $name", async ({ long, short }) => {
	expect(await pollsThatFail(long, short)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});
