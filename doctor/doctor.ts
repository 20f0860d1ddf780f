import type { Command } from "commander";
import { runAsProcess, scriptCommand } from "../commands/commandLine.ts";
import { say, tell } from "../commands/terminal.ts";
import { isRunError } from "../rehearsal/scenario/runError.ts";
import { StackFileError, stackNames } from "../rehearsal/scenario/stackFile.ts";
import { declare } from "../rehearsal/world/declare.ts";
import { accessOf } from "./access.ts";
import { examine } from "./examine.ts";
import { statusOf } from "./finding.ts";
import { accessToWorld, InputFileError, secretsIn, stackFile } from "./inputFiles.ts";
import { progress } from "./progress.ts";
import { jsonReport, terminalReport } from "./report.ts";

interface Flags {
	readonly stack: string;
	readonly configFile?: string;
	readonly secrets?: string;
	readonly world?: string;
	readonly json?: true;
}

function command(): Command {
	return scriptCommand("doctor")
		.description(
			"Asks Genesys Cloud, the vendors and AWS whether they will accept what the program declares for a stack. It only reads. Exit status: 0 nothing fails, 1 something does not hold, 2 wrong input.",
		)
		.option("--stack <name>", `the stack: ${stackNames().join(", ")}`, "dev")
		.option("--config-file <path>", "read the stack's configuration from this file instead")
		.option("--secrets <path>", 'the output of "pulumi config --show-secrets --json"; - is standard input')
		.option("--world <path>", 'ask a served world: the output of "npm run -s world -- --json"')
		.option("--json", "print one line of JSON instead")
		.addHelpText("after", help);
}

const help = `
Environment, as the deployment reads it:
  GENESYSCLOUD_OAUTHCLIENT_ID, GENESYSCLOUD_OAUTHCLIENT_SECRET, GENESYSCLOUD_REGION
  what AWS's own clients read (AWS_PROFILE, AWS_ACCESS_KEY_ID, ...)

What nobody gives is not checked, and the report says so. With secrets:
  pulumi config --stack dev --show-secrets --json | npm run -s doctor -- --secrets -`;

async function run(program: Command): Promise<number> {
	const { stack, configFile, secrets, world, json } = program.opts<Flags>();
	const file = stackFile(stack, configFile);
	const own = accessOf(file, process.env, secrets === undefined ? {} : secretsIn(secrets));
	const access = world === undefined ? own : accessToWorld(world, file, own);
	const { track, end } = progress((line) => tell(line));
	try {
		const resources = await track("the program", () => declare(file));
		const findings = await examine(file, resources, access, track);
		if (json) console.log(jsonReport(stack, findings));
		else say(terminalReport(findings));
		return statusOf(findings);
	} finally {
		end();
	}
}

const isWrongInput = (error: unknown): error is Error =>
	error instanceof InputFileError || error instanceof StackFileError || isRunError(error);

await runAsProcess({ command, run, isWrongInput });
