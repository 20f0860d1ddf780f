import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { ArtifactError, manifestName, sha256 } from "./manifest.ts";

/** What `npm ci` puts into an artifact that is about to be deployed: packages, which the lock file holds to their digests, and editors' schemas. */
const installed = /^(?:(?:[\w-]+\/)?node_modules|build\/schemas)$/;

/** Throws ArtifactError where something else stands in the place of an artifact. */
export function refuseOccupied(folder: string): void {
	if (existsSync(folder) && readdirSync(folder).length > 0 && !existsSync(join(folder, manifestName)))
		throw new ArtifactError(`Expected an empty folder or an artifact to replace, got ${folder} with other files in it`);
}

/** Writes an artifact in the place of the one that is there, all of it or nothing. */
export function writeFolder(folder: string, files: ReadonlyMap<string, Uint8Array>): void {
	const beside = `${folder}.${process.pid}`;
	for (const [path, content] of files) {
		const place = join(beside, path);
		mkdirSync(dirname(place), { recursive: true });
		writeFileSync(place, content);
	}
	rmSync(folder, { recursive: true, force: true });
	renameSync(beside, folder);
}

/** The manifest's text. Throws ArtifactError where there is none. */
export function manifestIn(folder: string): string {
	try {
		return readFileSync(join(folder, manifestName), "utf8");
	} catch {
		throw new ArtifactError(`Expected an artifact, got ${folder} without ${manifestName}`);
	}
}

/** The digest of every file in a folder but the manifest, by path. A link is no file: its target is outside of what is verified. */
export function digestsIn(folder: string): ReadonlyMap<string, string> {
	const digests = new Map<string, string>();
	const visit = (at: string): void => {
		for (const entry of readdirSync(at, { withFileTypes: true })) {
			const place = join(at, entry.name);
			const path = relative(folder, place).split(sep).join("/");
			if (entry.isDirectory() && !installed.test(path)) visit(place);
			else if (entry.isFile() && path !== manifestName) digests.set(path, sha256(readFileSync(place)));
			else if (!entry.isFile() && !entry.isDirectory()) digests.set(path, "no file");
		}
	};
	visit(folder);
	return digests;
}
