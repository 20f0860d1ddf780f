import { readFileSync, writeFileSync } from "node:fs";
import { DocumentError } from "../architect/expressions/variables.ts";
import { type Change, fixFlow } from "../architect/fix.ts";
import { oneLine } from "./document.ts";

/** A flow with its file; `text` is without a byte order mark. */
export interface FlowFile {
	readonly path: string;
	readonly text: string;
}

/** A file that was mended, or would be. */
export interface FixedFile extends FlowFile {
	readonly fixed: string;
	readonly changes: readonly Change[];
}

/** The files in which something has a certain remedy. */
export function fixesOf(files: readonly FlowFile[]): readonly FixedFile[] {
	return files.flatMap((file) => {
		const { text: fixed, changes } = fixFlow(file.text);
		return changes.length === 0 ? [] : { ...file, fixed, changes };
	});
}

/** Writes the mended text; a byte order mark stays. Throws DocumentError. */
export function writeFixed({ path, fixed }: FixedFile): void {
	try {
		const mark = readFileSync(path).subarray(0, 3).toString("utf8") === "\uFEFF" ? "\uFEFF" : "";
		writeFileSync(path, mark + fixed);
	} catch (error) {
		if (!(error instanceof Error)) throw error;
		throw new DocumentError(`${path}: Expected a file that can be written, got ${error.message}.`);
	}
}

/** The lines that differ, as they were and as they are: a remedy never makes lines more or fewer. */
export function differenceText({ path, text, fixed }: FixedFile): string {
	const after = fixed.split("\n");
	const lines = text.split("\n").flatMap((before, index) => {
		const now = after[index] ?? "";
		return before === now ? [] : [`${oneLine(path)}:${index + 1}`, `- ${shown(before)}`, `+ ${shown(now)}`];
	});
	return lines.join("\n");
}

/** With its indentation, and nothing that would move the cursor. */
function shown(line: string): string {
	return line.replaceAll(/\p{Cc}/gu, "");
}
