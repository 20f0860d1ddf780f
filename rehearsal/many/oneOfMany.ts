import { play } from "../play.ts";
import { summaryLine } from "../report/report.ts";
import { ScenarioError } from "../scenario/read.ts";
import { isRunError } from "../scenario/runError.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { parseStackFile, readStackFile, StackFileError } from "../scenario/stackFile.ts";
import { deployOnce } from "../world/deployOnce.ts";
import type { LatencySetting } from "../world/latency.ts";

/** One rehearsal among many. It can be sent to another thread. */
export interface OneOfMany {
	readonly scenario: Scenario;
	readonly stack: string;
	/** A text in the place of the stack's own file. */
	readonly text?: string;
	readonly seed: number;
	readonly latency?: LatencySetting | undefined;
	/** Whether its line is the whole report. */
	readonly json: boolean;
}

/** What came of it. */
export interface Came {
	readonly line: string;
	readonly passed: boolean;
	/** What the program says of settings that contradict each other. */
	readonly warnings: readonly string[];
}

/** The program will not deploy these settings, or they do not have what the scenario names. */
export interface Refused {
	readonly refused: string;
}

/** Plays one after the other; what is equal between two of them is made once. */
export function createPlayer(): (one: OneOfMany) => Promise<Came | Refused> {
	const deploy = deployOnce();
	return async ({ scenario, stack, text, seed, latency, json }) => {
		try {
			const file = text === undefined ? readStackFile(stack) : parseStackFile(stack, text);
			const { report, world } = await play({ scenario, file, seed, latency, deploy });
			const line = json ? JSON.stringify(report) : summaryLine(report);
			return { line, passed: report.verdict === "passed", warnings: world.deployment.warnings };
		} catch (error) {
			if (error instanceof ScenarioError || error instanceof StackFileError || isRunError(error)) return { refused: error.message };
			throw error;
		}
	};
}
