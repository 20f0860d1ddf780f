import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bundleFunctions, bundlePath, functionNames, ledgerKindOf } from "../components/functions/bundle.ts";
import { actionSets } from "../components/genesys/responsePlan.ts";
import { flowsOf } from "../components/prepare.ts";
import { readStackFile, StackFileError, stackNames } from "../rehearsal/scenario/stackFile.ts";
import { ArtifactError, type Manifest } from "./manifest.ts";

/** What a deployment takes: the program, its settings, the policies, and the commands for whoever operates it. Not the tests, not the docs. */
const taken =
	/^(?:(?:architect|commands|components|conditions|contracts|doctor|functions|policy|promotion|rehearsal|remedies|response|sdks|vendors)\/.+|index\.ts|assert-node\.mjs|package(?:-lock)?\.json|Pulumi(?:\.[A-Za-z0-9-]+)?\.yaml|LICENSE)$/;

/** Everything that goes into an artifact, by its path, and what it is built from. */
export interface Built extends Pick<Manifest, "version" | "commit"> {
	readonly files: ReadonlyMap<string, Uint8Array>;
}

/** Builds from the clone in `root`, the working directory. Throws ArtifactError where it is not exactly a commit. */
export async function buildArtifact(root: string): Promise<Built> {
	const commit = git(root, ["rev-parse", "HEAD"]).trim();
	refuseChanges(root);
	const paths = git(root, ["ls-tree", "-r", "-z", "--name-only", commit]).split("\0");
	const sources = paths.filter((path) => taken.test(path)).map((path) => [path, readFileSync(join(root, path))] as const);
	const { version }: { readonly version: string } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
	const made = await generated();
	const texts = [...made].map(([path, text]) => [path, Buffer.from(text)] as const);
	return { version, commit, files: new Map([...sources, ...texts]) };
}

/** What the program makes of its sources when it runs: the bundles that the stacks need, and the workflows of each. */
async function generated(): Promise<ReadonlyMap<string, string>> {
	const stacks = stackNames().map((stack) => stackFile(stack).settings);
	const kinds = [...new Set(stacks.map(ledgerKindOf))];
	const bundles = await Promise.all(
		kinds.map(async (kind) => {
			const texts = await bundleFunctions(kind);
			return functionNames.map((name) => [bundlePath(name, kind), texts[name]] as const);
		}),
	);
	const flows = stacks.flatMap((settings) =>
		flowsOf(settings, actionSets(settings)).map(({ filepath, text }) => [filepath, text] as const),
	);
	return new Map([...bundles.flat(), ...flows]);
}

function stackFile(stack: string) {
	try {
		return readStackFile(stack);
	} catch (error) {
		throw error instanceof StackFileError ? new ArtifactError(error.message) : error;
	}
}

/** What nobody can check out again is deployed nowhere. */
function refuseChanges(root: string): void {
	const changed = git(root, ["status", "--porcelain", "-z", "--untracked-files=all"]).split("\0");
	const ours = changed.map((line) => line.slice(3)).filter((path) => taken.test(path));
	if (ours.length > 0)
		throw new ArtifactError(`Expected a clone without changes, got ${ours.slice(0, 5).join(", ")}: commit or stash them first`);
}

function git(root: string, args: readonly string[]): string {
	const { status, stdout, stderr, error } = spawnSync("git", args, { cwd: root, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
	if (error !== undefined) throw new ArtifactError(`Expected git on the PATH, got ${error.message}`);
	if (status !== 0) throw new ArtifactError(`Expected a clone with a commit, got: ${stderr.trim()}`);
	return stdout;
}
