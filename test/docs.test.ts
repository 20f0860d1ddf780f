import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readTextFiles } from "./architecture/files.ts";

const root = new URL("../", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), "utf8");
const folders = readdirSync(root, { withFileTypes: true }).flatMap((entry) =>
	entry.isDirectory() && entry.name !== "build" ? entry.name : [],
);
const scripts = Object.keys(JSON.parse(read("package.json")).scripts);

describe("the glossary", () => {
	const lines = [...read("docs/glossary.md").matchAll(/^\| (?!word|-)(.+?) \| (.+) \|$/gm)].map(([, word = "", meaning = ""]) => ({
		word,
		meaning,
	}));

	test("has one line a word, in alphabetical order", () => {
		const words = lines.map(({ word }) => word);
		expect(words.length).toBeGreaterThan(60);
		expect(words).toEqual([...new Set(words)].toSorted((one, other) => one.localeCompare(other, "en")));
	});

	test("names only what stands in the code or in the settings", () => {
		const code = readTextFiles(fileURLToPath(root))
			.filter(({ path }) => path.endsWith(".ts") && !path.startsWith("test/"))
			.map(({ path, text }) => `${path}\n${text}`)
			.join("\n");
		const named = lines.flatMap(({ meaning }) => [...meaning.matchAll(/`([^`<]+)`/g)].flatMap(([, name]) => name ?? []));
		expect(named.length).toBeGreaterThan(15);
		expect(named.filter((name) => !name.split(".").every((part) => code.includes(part)))).toEqual([]);
	});
});

const pages = [
	"README.md",
	...readdirSync(new URL("docs/", root), { recursive: true, encoding: "utf8" }).map((path) => `docs/${path}`),
].filter((path) => path.endsWith(".md"));

describe.each(pages)("%s", (name) => {
	const page = read(name);

	test("names only folders and files that exist", () => {
		// A path starts with a folder of the project, and may hold `*` or `<name>`, of which only what stands before counts. What a reader is to write is bold.
		const named = [
			...page.matchAll(/(?<!\*\*)`((?:[\w-]+\/)+(?:[\w.-]+)?)[\w.*<>/-]*`/g),
			...page.matchAll(/^\| `([\w/-]+)` \|/gm),
		].flatMap(([, path]) => (path !== undefined && folders.includes(path.split("/")[0] ?? "") ? path : []));
		expect(named.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
	});

	test("links only to what exists", () => {
		const links = [...page.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].flatMap(([, path]) => path ?? []);
		expect(links.filter((path) => !existsSync(new URL(path, new URL(name, root))))).toEqual([]);
	});

	test("names only scripts that exist", () => {
		const named = [...page.matchAll(/npm run (?:-s )?([a-z:]+)/g)].flatMap(([, script]) => script ?? []);
		expect(named.filter((script) => !scripts.includes(script))).toEqual([]);
	});
});
