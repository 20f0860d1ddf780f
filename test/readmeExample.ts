import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));

/** What a section of docs/extending.md tells its reader to write. */
export interface Example {
	/** As it stands on the page. */
	readonly section: string;
	readonly files: readonly { readonly path: string; readonly text: string }[];
	/** Files that get one more line. */
	readonly lines: readonly { readonly path: string; readonly line: string }[];
}

/** Reads a section of docs/extending.md: files by their path and text, lists by their path and line. */
export function readExample(title: string): Example {
	const page = readFileSync(join(root, "docs/extending.md"), "utf8");
	const [, section = ""] = new RegExp(`\n## ${title}\n([\\s\\S]*?)(?:\n## |$)`).exec(page) ?? [];
	const files = [...section.matchAll(/\n\*\*`([^`]+)`\*\*\n\n```\w+\n([\s\S]*?)```/g)].map(([, path = "", text = ""]) => ({ path, text }));
	const [, lists = "", line = ""] = /\n(\*\*`.*\*\*), one more line(?: each)?:\n\n```\w+\n([\s\S]*?)```/.exec(section) ?? [];
	const lines = [...lists.matchAll(/`([^`]+)`/g)].map(([, path = ""]) => ({ path, line }));
	return { section, files, lines };
}

/** Folders of a repository that are no part of what is written by hand. */
const left = ["node_modules", ".git", "build", "reports", ".stryker-tmp"];

/** A copy of the repository in which somebody did what the example says. */
export class Copy {
	readonly folder: string;

	constructor({ files, lines }: Example) {
		this.folder = mkdtempSync(join(tmpdir(), "readme-example-"));
		cpSync(root, this.folder, { recursive: true, filter: (from) => !left.includes(basename(from)) });
		symlinkSync(join(root, "node_modules"), join(this.folder, "node_modules"));
		for (const { path, text } of files) writeFileSync(join(this.folder, path), text, { flag: "wx" });
		for (const { path, line } of lines) appendFileSync(join(this.folder, path), line);
	}

	readonly run = (...command: readonly string[]): string =>
		execFileSync(process.execPath, [...command], { cwd: this.folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

	read(path: string): string {
		return readFileSync(join(this.folder, path), "utf8");
	}

	write(path: string, text: string): void {
		writeFileSync(join(this.folder, path), text);
	}

	/** The compiler's findings in these folders and files. */
	compile(include: readonly string[]): string {
		this.write("checked.json", JSON.stringify({ extends: "./tsconfig.json", include }));
		const found = this.run("node_modules/typescript/bin/tsc", "--noEmit", "-p", "checked.json");
		rmSync(join(this.folder, "checked.json"));
		return found;
	}

	/** The paths of what is otherwise than in the repository: how many lines each has more. */
	touched(): Readonly<Record<string, number>> {
		const paths = (folder: string): readonly string[] =>
			readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
				if (left.includes(entry.name)) return [];
				const path = join(folder, entry.name);
				return entry.isDirectory() ? paths(path) : [path];
			});
		const textsIn = (folder: string) =>
			new Map(paths(folder).map((path) => [path.slice(folder.length).replace(/^[/\\]/, ""), readFileSync(path, "utf8")]));
		const [before, after] = [textsIn(root), textsIn(this.folder)];
		const changed = [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path));
		const linesOf = (text = ""): number => text.split("\n").length - 1;
		return Object.fromEntries(changed.toSorted().map((path) => [path, linesOf(after.get(path)) - linesOf(before.get(path))]));
	}

	remove(): void {
		rmSync(this.folder, { recursive: true });
	}
}
