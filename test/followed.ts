import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";

const root = new URL("../", import.meta.url);

/** A section of the README whose files and line are put into a copy of the repository, literally; the copy goes when the tests of the file are over. */
export function followed(title: string) {
	const readme = readFileSync(new URL("README.md", root), "utf8");
	const section = new RegExp(`\\n## ${title}\\n([\\s\\S]*?)\\n## `).exec(readme)?.[1] ?? "";
	const files = [...section.matchAll(/\n\*\*`([^`]+)`\*\*\n\n```\w+\n([\s\S]*?)```/g)].map(([, path = "", text = ""]) => ({ path, text }));
	const [, list = "", line = ""] = /\n\*\*`([^`]+)`\*\*, one more line:\n\n```\w+\n([\s\S]*?)```/.exec(section) ?? [];
	const copy = mkdtempSync(join(tmpdir(), "followed-"));
	afterAll(() => rmSync(copy, { recursive: true }));
	const left = ["node_modules", ".git", "build", "reports", ".stryker-tmp"];
	cpSync(fileURLToPath(root), copy, { recursive: true, filter: (from) => !left.includes(basename(from)) });
	symlinkSync(fileURLToPath(new URL("node_modules", root)), join(copy, "node_modules"));
	// `wx`: a file that is there already would be changed, not added.
	for (const { path, text } of files) writeFileSync(join(copy, path), text, { flag: "wx" });
	appendFileSync(join(copy, list), line);
	return { section, files, list, line, copy };
}
