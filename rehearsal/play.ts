import type { Incident } from "../functions/pipeline/model/incident.ts";
import { afterwardsSeconds } from "./campaign/bounds.ts";
import { factsOf } from "./campaign/facts.ts";
import { invariants } from "./campaign/invariants.ts";
import { toldOf } from "./report/policyFacts.ts";
import { faultWindows, problemsOf } from "./report/problems.ts";
import type { Report } from "./report/report.ts";
import { type Expectation, judge } from "./report/verdict.ts";
import { refuseUnknownNames } from "./scenario/knownNames.ts";
import type { Scenario } from "./scenario/scenario.ts";
import { withSettings } from "./scenario/stackFile.ts";
import { scheduleVerb } from "./world/inject.ts";
import type { LatencySetting } from "./world/latency.ts";
import { createOfflineWorld, type OfflineWorld, type WorldOptions } from "./world/offlineWorld.ts";
import { runSchedules } from "./world/schedules.ts";
import { subscribeVendors } from "./world/vendorWebhooks.ts";
import { runWatchers } from "./world/watchers.ts";

export interface PlayOptions extends Omit<WorldOptions, "trunks" | "queues" | "webhooks" | "start"> {
	readonly scenario: Scenario;
}

/**
 * Where calls take time, an expectation may be met this much later: by the overseer's own phase within its minute, by a tick that comes a moment
 * before a wait is over (the wait for a proof, and that for an answer), and by the calls.
 */
const slackSeconds = 195;

/**
 * Plays one scenario on one stack's settings. `latency` goes before the scenario's own. Throws ScenarioError for a name that these settings do not
 * have, and what the program throws; everything that goes wrong after the deployment is in the report.
 */
export async function play(options: PlayOptions): Promise<{ readonly report: Report; readonly world: OfflineWorld }> {
	const { scenario, seed } = options;
	const file = scenario.settings === undefined ? options.file : withSettings(options.file, scenario.settings);
	refuseUnknownNames(scenario, file.settings);
	const latency = options.latency ?? scenario.latency ?? "off";
	const slack = latency === "off" ? 0 : slackSeconds;
	const { trunks, queues, webhooks, starts } = scenario;
	const world = await createOfflineWorld({
		...options,
		latency,
		file,
		trunks,
		queues,
		webhooks,
		...(starts === undefined ? {} : { start: starts }),
	});
	subscribeVendors(world, webhooks);
	await playStory(world, scenario, slack);
	const problems = problemsOf(world, faultWindows(scenario, world.start));
	const expectations = [
		...judge(scenario, file.stack, world, world.timeline.events, problems, slack),
		...(scenario.invariants ? heldInvariants(world, scenario, latency) : []),
	];
	const verdict = expectations.every(({ met }) => met) ? "passed" : "failed";
	const report: Report = {
		scenario: scenario.name,
		stack: file.stack,
		seed,
		verdict,
		expectations: [...expectations],
		events: [...world.timeline.events],
		why: scenario.why,
		begins: new Date(world.start).toISOString(),
		policies: toldOf(file.settings.runtime.policies),
	};
	return { report, world };
}

/** One expectation for each invariant; the first violation says where it does not hold. */
function heldInvariants(world: OfflineWorld, scenario: Scenario, latency: LatencySetting): readonly Expectation[] {
	const facts = factsOf(world, scenario, latency);
	return invariants.map(({ name, sentence, violations }): Expectation => {
		const [first] = violations(facts);
		const what = `${invariantWord} ${name}: ${sentence}`;
		if (first === undefined) return { what, bySeconds: Math.ceil(facts.end), met: true };
		return { what: `${what} ${first.what}`, bySeconds: Math.ceil(facts.end), met: false, atSeconds: Math.max(0, first.atSeconds) };
	});
}

/** What the expectation of an invariant begins with. */
export const invariantWord = "invariant";

/** How long a story goes on at most until every incident is closed: longer than the patience with what cannot be proven. */
const settleSeconds = 7200;
/** How long it goes on for what still fails, and is closed by nothing: until people were asked anew. */
const failingSeconds = 4500;

/** Runs the world from the scenario's start to its end, and `slackSeconds` on; further where every incident must come to its end. */
async function playStory(world: OfflineWorld, scenario: Scenario, slackSeconds: number): Promise<void> {
	const { start } = world;
	const settle = scenario.invariants ? settleSeconds : 0;
	const end = start + (scenario.lasts + slackSeconds) * 1000;
	scenario.happens.forEach((verb, index) => {
		scheduleVerb(world, verb, start + verb.at * 1000, `verb-${index}`);
	});
	world.latency.begin();
	const lastPoll = start + (scenario.lasts + settle) * 1000;
	runSchedules(world, start, { lastPoll, end: end + settle * 1000, hasPhases: slackSeconds > 0 });
	runWatchers(world, start, end + settle * 1000);
	await world.clock.run(end);
	for (let at = end; at < end + settle * 1000 && isUnsettled(world, (at - end) / 1000); at += minute) await world.clock.run(at + minute);
	if (settle > 0) await world.clock.run(world.clock.now() + afterwardsSeconds * 1000);
}

const minute = 60_000;

/** Whether anything has yet to come to its end, so many seconds after the story's own. */
const isUnsettled = ({ aws }: OfflineWorld, seconds: number): boolean =>
	aws.state.tables.some(({ ledger }) =>
		ledger.items().some(({ key, value }) => {
			if (!key.startsWith("inc:")) return false;
			const { state } = value as Incident;
			return state === "recovered" || (state === "open" && seconds < failingSeconds);
		}),
	);
