import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readTextFiles } from "./architecture/files.ts";

const root = new URL("../", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), "utf8");
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

describe("the page for contributors", () => {
	const page = read("docs/contributing.md");

	test("names only folders and files that exist", () => {
		const named = [...page.matchAll(/`((?:[\w-]+\/)+(?:[\w.-]+)?)`/g), ...page.matchAll(/^\| `([\w/-]+)` \|/gm)].flatMap(
			([, path]) => path ?? [],
		);
		expect(named.length).toBeGreaterThan(15);
		expect(named.filter((path) => !path.startsWith("build/") && !existsSync(new URL(path, root)))).toEqual([]);
		const links = [...page.matchAll(/\]\(([^):#]+)\)/g)].flatMap(([, path]) => path ?? []);
		expect(links.filter((path) => !existsSync(new URL(`docs/${path}`, root)))).toEqual([]);
	});

	test("names only scripts that exist", () => {
		const named = [...page.matchAll(/npm run ([a-z:]+)/g)].flatMap(([, script]) => script ?? []);
		expect(named.filter((script) => !scripts.includes(script))).toEqual([]);
	});
});
