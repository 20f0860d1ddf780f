import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { threadId } from "node:worker_threads";

/** Where `build/` lies: in the project that Pulumi runs, which is this one unless a component is used by another. */
let project = new URL("../../", import.meta.url);

/** From now on files are written below the `build/` of another project. */
export function generateBelow(folder: URL): void {
	project = folder;
}

/** What this process, or this thread of it, wrote last. Another one with other settings writes to the same files. */
const written = new Map<string, string>();

/** What was generated here under that path; undefined where nothing was. */
export const generatedText = (path: string): string | undefined => written.get(path);

/** Everything that was generated here, by path; `recallGenerated` makes it the last again. */
export const generatedTexts = (): ReadonlyMap<string, string> => new Map(written);

export function recallGenerated(texts: ReadonlyMap<string, string>): void {
	for (const [path, text] of texts) written.set(path, text);
}

/** Writes a file under the project's git-ignored `build/`, by a relative path that is the same in every clone; only if it changed, and never half. */
export function writeGenerated(path: `build/${string}`, text: string): void {
	const file = fileURLToPath(new URL(path, project));
	written.set(path, text);
	if (textOf(file) === text) return;
	mkdirSync(dirname(file), { recursive: true });
	const own = `${file}.${process.pid}-${threadId}`;
	writeFileSync(own, text);
	renameSync(own, file);
}

function textOf(file: string): string | undefined {
	try {
		return readFileSync(file, "utf8");
	} catch {
		return undefined;
	}
}
