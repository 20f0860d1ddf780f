import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Argument, type Command } from "commander";
import { runAsProcess, scriptCommand } from "../commands/commandLine.ts";
import { say, tell } from "../commands/terminal.ts";
import { digestsIn, manifestIn, refuseOccupied, writeFolder } from "./folder.ts";
import { ArtifactError, differences, digestOf, manifestName, manifestOf, manifestText, readDigest, readManifest } from "./manifest.ts";

interface Flags {
	readonly out?: string;
	readonly digest?: string;
}

function command(): Command {
	return scriptCommand("artifact")
		.description(
			"Builds what is deployed, once, or verifies it. build: program, settings, policies, function bundles, workflows and lock file of the commit that is checked out, with a manifest of their digests; prints the digest, the same in every clone of the commit. verify: that a folder holds exactly what its manifest lists, and that it is the artifact of this digest. Exit status: 0 done, 1 it is another one or was changed, 2 wrong input.",
		)
		.addArgument(new Argument("[what]", "what to do").choices(["build", "verify"]).default("build"))
		.argument("[folder]", "the artifact to verify")
		.option("--out <folder>", "where to build it; an artifact that is there is replaced")
		.option("--digest <digest>", "of the only artifact that is let pass, as pulumi stack output artifactDigest prints it");
}

async function run(program: Command): Promise<number> {
	const [what = "build", folder] = program.processedArgs.map((each) => (typeof each === "string" ? each : undefined));
	const { out, digest } = program.opts<Flags>();
	if (what === "verify") {
		if (folder === undefined || out !== undefined) program.error("Expected verify <folder>, without --out");
		return verify(resolve(folder), digest === undefined ? undefined : readDigest(digest));
	}
	if (out === undefined || folder !== undefined || digest !== undefined)
		program.error("Expected --out <folder>, and nothing else to build");
	return build(resolve(out));
}

async function build(folder: string): Promise<number> {
	refuseOccupied(folder);
	console.error("… bundling functions, compiling workflows");
	// To verify takes none of it.
	const { buildArtifact } = await import("./build.ts");
	const { files, ...built } = await buildArtifact(fileURLToPath(new URL("..", import.meta.url)));
	const text = manifestText(manifestOf(built, files));
	writeFolder(folder, new Map([...files, [manifestName, Buffer.from(text)]]));
	// Alone on the standard output: a script keeps it.
	console.log(digestOf(text));
	return 0;
}

const mostShown = 20;

function verify(folder: string, wanted: string | undefined): number {
	const text = manifestIn(folder);
	const got = digestOf(text);
	const found = differences(readManifest(text), digestsIn(folder));
	if (wanted !== undefined && wanted !== got) tell(`Expected the artifact ${wanted}, got ${got}`);
	if (found.length > 0)
		say([...found.slice(0, mostShown), ...(found.length > mostShown ? [`… ${found.length - mostShown} more`] : [])].join("\n"));
	if (found.length > 0 || (wanted !== undefined && wanted !== got)) return 1;
	console.log(got);
	return 0;
}

const isWrongInput = (error: unknown): error is Error => error instanceof ArtifactError;

await runAsProcess({ command, run, isWrongInput });
