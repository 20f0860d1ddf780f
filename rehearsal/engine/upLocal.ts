import { join } from "node:path";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { namespace } from "../../components/settings/secrets.ts";
import { play } from "../play.ts";
import { terminalReport } from "../report/report.ts";
import { readScenario } from "../scenario/read.ts";
import type { StackFile } from "../scenario/stackFile.ts";
import { realClock } from "../world/clock.ts";
import { issueSecrets } from "../world/issuedSecrets.ts";
import { openAccounts } from "../world/vendorAccounts.ts";
import { copyProject, type ProjectCopy } from "./project.ts";
import { redeploy, type StateResource } from "./redeploy.ts";
import { openStack, visitorsEnvironment } from "./stack.ts";
import { type EngineWorld, serveForEngine } from "./world.ts";

export interface UpLocalOptions {
	readonly file: StackFile;
	/** Serves it on after the rehearsal, until the signal. */
	readonly stay: boolean;
	/** Ends whatever runs, and leaves nothing behind. */
	readonly signal: AbortSignal;
	readonly path: string;
	readonly say: (text: string) => void;
	/** Of progress. */
	readonly tell: (text: string) => void;
}

const scenarioName = "trunk-outage";

/** Gives the exit status: 0 where the engine deployed everything and the rehearsal on it passed. */
export async function upLocal(options: UpLocalOptions): Promise<number> {
	const project = copyProject();
	const world = await serveForEngine(options.file);
	try {
		return await deployAndPlay(options, project, world);
	} catch (error) {
		if (options.signal.aborted) return 130;
		options.tell(error instanceof Error ? error.message : String(error));
		return 1;
	} finally {
		await world.close();
		project.remove();
	}
}

async function deployAndPlay(options: UpLocalOptions, project: ProjectCopy, world: EngineWorld): Promise<number> {
	const { file, signal, say, tell } = options;
	const issued = issueSecrets(file, { vendors: openAccounts(file.settings.runtime, () => realClock) }, []);
	const secrets = Object.fromEntries(Object.entries(issued).map(([key, value]) => [key.slice(namespace.length + 1), value]));
	tell(`… pulumi up of ${file.stack}: about a minute`);
	const stack = await openStack({ ...options, project, secrets, ...world, realGenesys: false });
	const { summary } = await stack.up({ signal });
	const made = Object.entries(summary.resourceChanges ?? {}).map(([op, count]) => `${op} ${count}`);
	say(`pulumi up   ${summary.result}: ${made.join(", ")}`);
	await stack.preview({ expectNoChanges: true, signal });
	say("pulumi preview   no changes");
	tell(`… rehearsing ${scenarioName} on what the engine deployed`);
	const resources = await resourcesOf(stack);
	const scenario = readScenario(scenarioName);
	const { report } = await play({ scenario, file, seed: 1, deploy: redeploy({ resources, folder: project.folder, secrets: issued }) });
	say(terminalReport(report, scenario.why));
	if (options.stay) await stayed(options, project, world);
	return signal.aborted ? 130 : report.verdict === "passed" ? 0 : 1;
}

/** The engine's own form of its state: its secrets are in plain text in this process only. */
async function resourcesOf(stack: Stack): Promise<readonly StateResource[]> {
	const { deployment } = await stack.exportStack();
	return deployment.resources;
}

async function stayed({ signal, say, path }: UpLocalOptions, project: ProjectCopy, world: EngineWorld): Promise<void> {
	const lines = Object.entries(visitorsEnvironment({ project, ...world, path })).map(([name, value]) => `  export ${name}='${value}'`);
	say(
		[
			"",
			"To run pulumi on it yourself:",
			"",
			`  cd ${join(project.folder)}`,
			...lines,
			"  pulumi preview --diff",
			"",
			"Ctrl-C ends it.",
		].join("\n"),
	);
	if (!signal.aborted) await new Promise((ended) => signal.addEventListener("abort", ended, { once: true }));
}
