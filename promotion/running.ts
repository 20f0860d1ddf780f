import { existsSync, readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { digestOf, type Manifest, manifestName, readManifest, sha256 } from "./manifest.ts";

/** The artifact that a program runs out of. */
export interface RunningArtifact {
	readonly digest: string;
	readonly manifest: Manifest;
}

/** What stack outputs say of a program that runs out of a clone. */
export const noArtifact = "none";

/** The artifact that stands in this folder; undefined in a clone. Throws ArtifactError for a manifest that is none. */
export function runningArtifact(folder: URL): RunningArtifact | undefined {
	const place = new URL(manifestName, folder);
	if (!existsSync(place)) return undefined;
	const text = readFileSync(place, "utf8");
	return { digest: digestOf(text), manifest: readManifest(text) };
}

/** Throws a RunError unless all that the program has just made is what the artifact was built with. `made`: path → text. */
export function refuseOtherwiseMade({ digest, manifest }: RunningArtifact, made: ReadonlyMap<string, string>): void {
	const built = new Map(manifest.files.map((file) => [file.path, file.sha256]));
	const others = [...made].filter(([path, text]) => built.get(path) !== sha256(text)).map(([path]) => path);
	if (others.length === 0) return;
	throw new pulumi.RunError(
		`Expected what was built with the artifact ${digest}, got something else in ${others.join(", ")}: its files or its packages are not those of the build. Nothing was declared. Verify the artifact: npm run artifact -- verify <folder>`,
	);
}
