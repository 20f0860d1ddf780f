import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const scripts: Readonly<Record<string, string>> = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")).scripts;

interface Printed {
	readonly status: number;
	readonly out: string;
	readonly err: string;
}

/** Runs an npm script as its line says, where nobody has said how wide a line may be. */
function printed(script: string, ...args: readonly string[]): Promise<Printed> {
	const [node, ...line] = (scripts[script] ?? "").split(" ");
	expect(node).toBe("node");
	const { COLUMNS: _width, FORCE_COLOR: _forced, NO_COLOR: _no, ...env } = process.env;
	return new Promise((resolve) => {
		const child = execFile(process.execPath, [...line, ...args], { cwd: root, env, maxBuffer: 1e8 }, (error, out, err) =>
			resolve({ status: typeof error?.code === "number" ? error.code : 0, out, err }),
		);
		child.stdin?.end();
	});
}

/** Lines that are wider than a terminal, though a blank could break them. A path, an address or a key stays whole. */
const tooLong = (text: string): readonly string[] => text.split("\n").filter((line) => [...line].length > 80 && / /.test(line.trim()));

const commands = [
	"rehearse",
	"routes",
	"silence",
	"cutover",
	"incidents",
	"report",
	"campaign",
	"cost",
	"evaluate",
	"lint:flow",
	"simulate:flow",
	"lint:action",
	"try:action",
	"world",
	"doctor",
	"test:vendor",
] as const;

describe.each(commands)("npm run %s", (script) => {
	test("fits a terminal with --help and with a wrong option, and is not coloured where it is none", async () => {
		const [help, wrong] = await Promise.all([printed(script, "--help"), printed(script, "--such-an-option-is-nowhere")]);
		expect(help).toMatchObject({ status: 0, err: "", out: expect.stringContaining(`Usage: npm run ${script} --`) });
		expect(wrong).toMatchObject({ status: 2, out: "", err: expect.stringContaining("--help") });
		expect(tooLong(help.out + wrong.err)).toEqual([]);
		expect(help.out + wrong.err).not.toContain("\u001b[");
	});
});

const examples: readonly (readonly [string, ...string[]])[] = [
	["rehearse"],
	["rehearse", "--list"],
	["rehearse", "no-such-scenario"],
	["routes", "--stack", "prod"],
	["routes", "--condition", "trunk-down", "--entity", "Frankfurt-1"],
	["campaign", "--seeds", "2"],
	["cost", "--trunks", "2", "--incidents", "1"],
	["cost", "--region", "mars-1"],
	["evaluate", "--functions"],
	["evaluate", "If(IsSet(Flow.nothing), "],
	["lint:flow", "examples/flows/callback-queue.yaml", "no-such-file.yaml"],
	["lint:flow", "--actions"],
	["simulate:flow", "examples/flows/callback-queue.yaml"],
	["lint:action", "examples/actions/open-ticket.json"],
	["try:action", "examples/actions/open-ticket.json", "--input-file", "examples/actions/open-ticket.input.json"],
	["test:vendor", "pagerduty", "--variables"],
	["doctor", "--world", "no-such-file.json"],
];

test.each(examples.map((line) => ({ name: line.join(" "), line })))(
	"fits a terminal and is not coloured: $name",
	async ({ line: [script, ...args] }) => {
		const { status, out, err } = await printed(script, ...args);
		expect(status).toBeLessThanOrEqual(2);
		expect((out + err).length).toBeGreaterThan(20);
		expect(tooLong(out + err)).toEqual([]);
		expect(out + err).not.toContain("\u001b[");
	},
);

test("what is for a machine is one line, however long", async () => {
	const { out } = await printed("routes", "--json");
	expect(out.trim().split("\n")).toHaveLength(1);
	expect(out.length).toBeGreaterThan(80);
	expect(() => JSON.parse(out)).not.toThrow();
});
