import { join } from "node:path";
import { tell } from "../../commands/terminal.ts";
import { writePage } from "../report/html/write.ts";
import { storyOf } from "../report/story.ts";
import { scenarioFile } from "../scenario/scenario.ts";
import { readStackFile } from "../scenario/stackFile.ts";
import type { ScenarioInput } from "./verbs.ts";

/** Plays a shrunk story once more and writes its report as `seed-<seed>.html`. One that ends in a crash has no report: that is said. Throws PageFileError. */
export async function writeFailure(folder: string, seed: number, input: ScenarioInput, stack = "dev"): Promise<void> {
	const { play } = await import("../play.ts");
	const scenario = scenarioFile.parse(input);
	const played = await play({ scenario, file: readStackFile(stack), seed }).catch((error: unknown) => {
		tell(`No report of seed ${seed}: the story ends in an error: ${error instanceof Error ? error.message : String(error)}`);
	});
	if (played !== undefined) writePage(join(folder, `seed-${seed}.html`), storyOf(played.report));
}
