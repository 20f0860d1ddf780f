import { writeFileSync } from "node:fs";
import type { Command } from "commander";
import { runAsProcess, scriptCommand, wholeNumber } from "../commands/commandLine.ts";
import { say } from "../commands/terminal.ts";
import { bundleFunctions } from "../components/functions/bundle.ts";
import { readPreviews } from "./impact/cloud/preview.ts";
import { commentOf } from "./impact/comment/comment.ts";
import { impactOf } from "./impact/impact.ts";
import { impactJson } from "./impact/json.ts";
import type { Progress } from "./impact/plays.ts";
import { ImpactError, isStackFile, type Side, sideOf } from "./impact/sides.ts";
import { impactText } from "./impact/text.ts";
import { readScenario, ScenarioError, scenarioNames } from "./scenario/read.ts";
import { isRunError } from "./scenario/runError.ts";
import { StackFileError } from "./scenario/stackFile.ts";

interface Flags {
	readonly from: string;
	readonly to?: string;
	readonly stack?: string;
	readonly scenario?: readonly string[];
	readonly later: number;
	readonly preview?: readonly string[];
	readonly accept?: readonly string[];
	readonly markdown?: string;
	readonly json?: true;
}

function command(): Command {
	return scriptCommand("impact")
		.description(
			"Compares two settings: who is newly paged, no longer, later or by another channel, in every scenario and by every route, and what changes in the cloud. Both are played by the sources of the working tree. Exit status: 0, 1 for a loss of cover that is not accepted, 2 wrong input.",
		)
		.requiredOption("--from <ref or file>", "the old settings: a git ref, such as HEAD~1 or origin/main, or a stack file")
		.option("--to <ref or file>", "the new settings; those of the working tree when absent")
		.option("--stack <name>", "compare only this stack")
		.option("--scenario <name...>", "play only these scenarios; all when absent")
		.option("--later <seconds>", "pages that come at most so many seconds later or earlier are the same", wholeNumber(0, 86_400), 30)
		.option("--preview <file...>", "the output of pulumi preview --json, one file a stack: what changes in the cloud, as the engine says")
		.option("--accept <id...>", "losses of cover that are wanted, each by the id that is printed with it")
		.option("--markdown <file>", "also write the comment for the pull request")
		.option("--json", "print JSON instead");
}

async function run(program: Command): Promise<number> {
	const flags = program.opts<Flags>();
	const [from, to] = sidesOf(flags);
	const scenarios = (flags.scenario ?? scenarioNames()).map(readScenario);
	const previews = readPreviews(flags.preview ?? []);
	// The bundler is a process of its own: it works meanwhile. What does not bundle is told by the program.
	bundleFunctions("dynamodb").catch(() => undefined);
	const impact = await impactOf(from, to, { scenarios, toleratedSeconds: flags.later, previews, progress: progressOf });
	const accepted = new Set(flags.accept ?? []);
	refuseUnknown(accepted, impact.losses);
	if (flags.markdown !== undefined) write(flags.markdown, commentOf(impact, accepted));
	if (flags.json) console.log(JSON.stringify(impactJson(impact, accepted)));
	else say(impactText(impact, accepted));
	return impact.losses.every(({ id }) => accepted.has(id)) ? 0 : 1;
}

/** A file is of one stack, and is compared with that stack of the other side only. */
function sidesOf({ from, to, stack }: Flags): readonly [Side, Side] {
	const file = [from, to].find((named) => named !== undefined && isStackFile(named));
	const asked = stack ?? (file === undefined ? undefined : [...sideOf(file, stack).texts.keys()][0]);
	const sides = [sideOf(from, asked), sideOf(to, asked)] as const;
	if (sides.every(({ texts }) => texts.size === 0))
		throw new ImpactError(`Expected a stack that one of both sides has, got ${asked === undefined ? "none" : JSON.stringify(asked)}`);
	return sides;
}

/** A slip in an id must not let pass what it does not name. */
function refuseUnknown(accepted: ReadonlySet<string>, losses: readonly { readonly id: string }[]): void {
	const unknown = [...accepted].filter((id) => !losses.some((loss) => loss.id === id));
	if (unknown.length === 0) return;
	const allowed = losses.map(({ id }) => id).join(", ") || "none, as no cover is lost";
	throw new ImpactError(`Expected the id of a loss of cover, got ${unknown.join(", ")}; allowed: ${allowed}`);
}

function write(path: string, text: string): void {
	try {
		writeFileSync(path, text);
	} catch (error) {
		throw new ImpactError(`Expected a file that can be written, got ${path}: ${error instanceof Error ? error.message : String(error)}`);
	}
}

const betweenLines = 20;

/** To the standard error, so that what is printed stays the report: at once, and as the rehearsals go on. */
const progressOf =
	(stack: string): Progress =>
	(done, of) => {
		if (of === 0) console.error(`… stack ${stack}: no scenario is touched by the change`);
		else if (done % betweenLines === 0) console.error(`… stack ${stack}: ${done} of ${of} rehearsals`);
	};

const isWrongInput = (error: unknown): error is Error =>
	error instanceof ImpactError || error instanceof ScenarioError || error instanceof StackFileError || isRunError(error);

await runAsProcess({ command, run, isWrongInput });
