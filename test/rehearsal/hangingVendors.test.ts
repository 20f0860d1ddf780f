import { expect, test } from "vitest";
import type { Incident } from "../../functions/pipeline/model/incident.ts";
import { play } from "../../rehearsal/play.ts";
import { parseScenario } from "../../rehearsal/scenario/read.ts";
import { readStackFile } from "../../rehearsal/scenario/stackFile.ts";

/** Everything that a page needs hangs for as long as the story lasts, with so many incidents that page each by itself. */
const story = (trunks: number): string => `
name: every vendor hangs
why: With every vendor hanging and many incidents open, each of them has its turn, and no function outlives its timeout.
lasts: 9m
latency: normal
settings: { grouping: { over: 1000 } }
trunks:
  - { name: Trunk, times: ${trunks}, edges: 1 }
happens:
  - { at: 1m, do: trunk-down, trunk: Trunk, numbers: [1, ${trunks}] }
  - { at: 1m30s, do: hangs, system: pagerduty, for: 60m }
  - { at: 1m30s, do: hangs, system: twilio, for: 60m }
  - { at: 1m30s, do: hangs, system: genesys, path: /api/v2/flows, for: 60m }
must:
  - { by: 3m, what: incident-opened, times: ${trunks} }
never:
  - { what: killed }
`;

test("250 incidents and every vendor hanging: each is visited at least every third minute, and no tick outlives its function", async () => {
	const { report, world } = await play({ scenario: parseScenario(story(250), "x.yaml"), file: readStackFile("dev"), seed: 1 });
	const missed = report.expectations.filter(({ met, what }) => !met && !what.includes(" works: "));
	expect(missed).toEqual([]);
	const incidents = world.aws.state.tables
		.flatMap(({ ledger }) => ledger.items())
		.filter(({ key }) => key.startsWith("inc:"))
		.map(({ value }) => value as Incident);
	const open = incidents.filter(({ condition, state }) => condition === "trunk-down" && state === "open");
	expect(open).toHaveLength(250);
	const now = world.clock.now();
	expect(open.filter(({ dueAt = 0 }) => now - dueAt > 180_000).map(({ key }) => key)).toEqual([]);
});
