import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { tell } from "../../../commands/terminal.ts";
import type { Story } from "../story.ts";
import { reportPage } from "./page.ts";

/** A page that cannot be written there; its message is one that a person can act on. */
export class PageFileError extends Error {}

/** Writes a story as a page, makes the folders that its path names, and says where. Throws PageFileError. */
export function writePage(path: string, story: Story): void {
	const text = reportPage(story);
	try {
		mkdirSync(dirname(path), { recursive: true });
		writeFileSync(path, text);
	} catch (error) {
		throw new PageFileError(`Expected a file that can be written, got ${path}: ${error instanceof Error ? error.message : String(error)}`);
	}
	// Standard output is the report's.
	tell(`Report: ${path}`);
}
