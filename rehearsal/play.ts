import { scheduleVerb } from "./inject.ts";
import { createOfflineWorld, type OfflineWorld, start, type WorldOptions } from "./offlineWorld.ts";
import { faultWindows, problemsOf } from "./problems.ts";
import type { Report } from "./report.ts";
import type { Scenario } from "./scenario.ts";
import { runSchedules } from "./schedules.ts";
import { withSettings } from "./stackFile.ts";
import { judge } from "./verdict.ts";

export interface PlayOptions extends Omit<WorldOptions, "trunks" | "queues"> {
	readonly scenario: Scenario;
}

/**
 * Where calls take time, an expectation may be met this much later: by the overseer's own phase within its minute, by a tick that comes a moment
 * before a wait is over, and by the calls.
 */
const slackSeconds = 135;

/**
 * Plays one scenario on one stack's settings. `latency` goes before the scenario's own. Throws what the program throws; everything that goes
 * wrong after the deployment is in the report.
 */
export async function play(options: PlayOptions): Promise<{ readonly report: Report; readonly world: OfflineWorld }> {
	const { scenario, seed } = options;
	const file = scenario.settings === undefined ? options.file : withSettings(options.file, scenario.settings);
	const latency = options.latency ?? scenario.latency ?? "off";
	const slack = latency === "off" ? 0 : slackSeconds;
	const world = await createOfflineWorld({ ...options, latency, file, trunks: scenario.trunks, queues: scenario.queues });
	await tellStory(world, scenario, slack);
	const problems = problemsOf(world, faultWindows(scenario, start));
	const expectations = judge(scenario, file.stack, world, world.timeline.events, problems, slack);
	const verdict = expectations.every(({ met }) => met) ? "passed" : "failed";
	const report: Report = {
		scenario: scenario.name,
		stack: file.stack,
		seed,
		verdict,
		expectations: [...expectations],
		events: [...world.timeline.events],
	};
	return { report, world };
}

/** Runs the world from the scenario's start to its end, and `slackSeconds` on. */
async function tellStory(world: OfflineWorld, scenario: Scenario, slackSeconds: number): Promise<void> {
	const end = start + (scenario.lasts + slackSeconds) * 1000;
	scenario.happens.forEach((verb, index) => {
		scheduleVerb(world, verb, start + verb.at * 1000, `verb-${index}`);
	});
	world.latency.begin();
	runSchedules(world, start, { lastPoll: start + scenario.lasts * 1000, end, hasPhases: slackSeconds > 0 });
	await world.clock.run(end);
}
