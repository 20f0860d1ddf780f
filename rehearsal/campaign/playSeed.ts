import * as pulumi from "@pulumi/pulumi";
import { invariantWord, type PlayOptions, play } from "../play.ts";
import type { Report } from "../report/report.ts";
import { type Scenario, scenarioFile } from "../scenario/scenario.ts";
import { readStackFile, type StackFile, StackFileError } from "../scenario/stackFile.ts";
import { deployOnce } from "../world/deployOnce.ts";
import type { OfflineWorld } from "../world/offlineWorld.ts";
import { type DrawOptions, draw } from "./draw.ts";
import type { ScenarioInput } from "./verbs.ts";

/** One invariant that a story broke, and where first. */
export interface Broken {
	readonly invariant: string;
	readonly what: string;
}

/** What one seed came to. */
export interface Outcome {
	readonly seed: number;
	readonly broken: readonly Broken[];
	/** Why the program does not deploy these settings: then there is no story. */
	readonly refused?: string;
	/** Occurrences that were opened. */
	readonly incidents: number;
	/** Hours that they stood, added up. */
	readonly incidentHours: number;
	/** Hours of virtual time. */
	readonly hours: number;
}

export type Player = (seed: number, scenario: ScenarioInput) => Promise<Outcome>;

/** A player of stories on one stack; what is equal between two stories is made once. `wrapPorts` plants a fault. */
export function createPlayer(wrapPorts?: PlayOptions["wrapPorts"], stack = "dev"): Player {
	const file = readStackFile(stack);
	const deploy = deployOnce();
	const planted = wrapPorts === undefined ? {} : { wrapPorts };
	return async (seed, input) => {
		const scenario = scenarioFile.parse(input);
		return outcomeOf(seed, scenario, () => play({ scenario, file, seed, deploy, ...planted }), file);
	};
}

/** Plays what a seed draws. */
export const playSeed = (player: Player, seed: number, options?: DrawOptions): Promise<Outcome> => player(seed, draw(seed, options));

type Played = { readonly report: Report; readonly world: OfflineWorld };

/** Whatever a story throws is a broken invariant, too; settings that the program refuses are none. */
async function outcomeOf(seed: number, scenario: Scenario, playStory: () => Promise<Played>, file: StackFile): Promise<Outcome> {
	const nothing = { seed, incidents: 0, incidentHours: 0, hours: 0 };
	try {
		const { report, world } = await playStory();
		return { seed, broken: brokenIn(report), ...sizesOf(report, world) };
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		if (pulumi.RunError.isInstance(error) || error instanceof StackFileError) return { ...nothing, broken: [], refused: message };
		return { ...nothing, broken: [{ invariant: "no-crash", what: `${scenario.name} on ${file.stack}: ${message}` }] };
	}
}

function brokenIn({ expectations }: Report): readonly Broken[] {
	return expectations.flatMap(({ what, met }) => {
		const [, invariant = "", rest = ""] = new RegExp(`^${invariantWord} ([a-z-]+): (.*)$`, "s").exec(what) ?? [];
		return met || invariant === "" ? [] : [{ invariant, what: rest }];
	});
}

function sizesOf({ events }: Report, { clock, start }: OfflineWorld): Pick<Outcome, "incidents" | "incidentHours" | "hours"> {
	const begin = events[0]?.atSeconds ?? 0;
	const end = Math.max(begin, ...events.slice(-1).map(({ atSeconds }) => atSeconds));
	const opened = events.filter(({ what }) => what === "incident-opened");
	const closed = new Map(
		events.filter(({ what }) => what === "incident-resolved").map((event) => [`${event.incident} ${event.occurrence}`, event]),
	);
	const seconds = opened.map(
		({ incident, occurrence, atSeconds }) => (closed.get(`${incident} ${occurrence}`)?.atSeconds ?? end) - atSeconds,
	);
	return {
		incidents: opened.length,
		incidentHours: seconds.reduce((sum, each) => sum + each, 0) / 3600,
		hours: (clock.now() - start) / 3_600_000,
	};
}
