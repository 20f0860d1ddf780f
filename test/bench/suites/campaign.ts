import type { Suite } from "../suite.ts";
import { nodeWell } from "../timed.ts";

interface Played {
	readonly incidentHours: number;
	readonly seconds: number;
}

async function played(seeds: number): Promise<Played> {
	return JSON.parse(await nodeWell("--import", "./assert-node.mjs", "rehearsal/campaign/campaign.ts", "--json", "--seeds", String(seeds)));
}

/** How much faster than life the campaign plays, once its threads are warm: twice as many seeds, less the time of half. */
export const campaign: Suite = {
	name: "campaign",
	title: "The campaign",
	howToRead:
		"The ratio is how many times faster than real time incidents are played, on all cores, once the threads are warm: 100 seeds are played, then 200, and the difference counts.",
	measure: async () => {
		const [half, whole] = [await played(100), await played(200)];
		const perSecond = (whole.incidentHours - half.incidentHours) / Math.max(1, whole.seconds - half.seconds);
		return [
			{
				what: "hours of incidents played in a second",
				figure: perSecond,
				unit: "h",
				baseline: "real time",
				baselineFigure: 1 / 3600,
				machine: "this",
			},
		];
	},
};
