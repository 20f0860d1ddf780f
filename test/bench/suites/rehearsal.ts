import { play } from "../../../rehearsal/play.ts";
import { readScenario, scenarioNames } from "../../../rehearsal/scenario/read.ts";
import { readStackFile } from "../../../rehearsal/scenario/stackFile.ts";
import { createOfflineWorld } from "../../../rehearsal/world/offlineWorld.ts";
import type { Row, Suite } from "../suite.ts";
import { mediansOf, nodeWell } from "../timed.ts";

const command = ["--import", "./assert-node.mjs", "rehearsal/rehearse.ts"] as const;

/** What a rehearsal costs: the whole command beside Node's start, all scenarios beside one, and in process the story beside its deployment. */
export const rehearsal: Suite = {
	name: "rehearsal",
	title: "A rehearsal",
	howToRead:
		"The first row says how much longer the command takes than Node itself needs to start and end: all else is loading the program, deploying into the emulators and an hour of virtual time. The second says how many single commands all scenarios together cost: far fewer than there are scenarios, since everything is loaded once. The third is in one process, without any start: what the virtual hour adds to the deployment.",
	measure: async () => [...(await commandRows()), await storyRow()],
};

async function commandRows(): Promise<readonly Row[]> {
	const { start, one } = await mediansOf({ start: () => nodeWell("-e", ""), one: () => nodeWell(...command) }, 3);
	const began = performance.now();
	await nodeWell(...command, "--all");
	const all = performance.now() - began;
	const timed = { unit: "ms", machine: "this" } as const;
	return [
		{ ...timed, what: "npm run rehearse", figure: one, baseline: "Node starts and ends", baselineFigure: start, atMost: 5000 },
		{
			...timed,
			what: `npm run rehearse -- --all, ${scenarioNames().length} scenarios`,
			figure: all,
			baseline: "npm run rehearse",
			baselineFigure: one,
			atMost: 30_000,
		},
	];
}

async function storyRow(): Promise<Row> {
	const scenario = readScenario("trunk-outage");
	const file = readStackFile("dev");
	const works = {
		deployed: () => createOfflineWorld({ file, seed: 1, trunks: scenario.trunks }),
		played: () => play({ scenario, file, seed: 1 }),
	};
	const { deployed, played } = await mediansOf(works, 8);
	return {
		what: "deploy, and play 60 virtual minutes",
		figure: played,
		unit: "ms",
		baseline: "deploy only",
		baselineFigure: deployed,
		machine: "this",
		atMost: deployed + 1000,
	};
}
