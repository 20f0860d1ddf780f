import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

const generated = new Map<string, string>();

/**
 * What this process has generated under a path; undefined: nothing. Another process may since have put its own in the file: two rehearsals of
 * one stack with other settings, side by side.
 */
export const generatedText = (path: string): string | undefined => generated.get(path);

/** Writes a file under the project's git-ignored `build/`, by a relative path that is the same in every clone; only if it changed, and never half. */
export function writeGenerated(path: `build/${string}`, text: string): void {
	generated.set(path, text);
	const file = fileURLToPath(new URL(`../${path}`, import.meta.url));
	if (textOf(file) === text) return;
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(`${file}.${process.pid}`, text);
	renameSync(`${file}.${process.pid}`, file);
}

function textOf(file: string): string | undefined {
	try {
		return readFileSync(file, "utf8");
	} catch {
		return undefined;
	}
}
