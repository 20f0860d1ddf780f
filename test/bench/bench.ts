import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, platform, release, totalmem } from "node:os";
import type { Command } from "commander";
import { runAsProcess, scriptCommand } from "../../commands/commandLine.ts";
import { say, tell } from "../../commands/terminal.ts";
import { benchText, document, type Machine, machineText, type Result } from "./report.ts";
import { isOver, NotMeasured, ratioOf, type Suite } from "./suite.ts";
import { suites } from "./suites/index.ts";

interface Flags {
	readonly only?: readonly string[];
	readonly json?: true;
	readonly write?: true;
}

const names = suites.map(({ name }) => name);
const path = new URL("../../docs/performance.md", import.meta.url);

function command(): Command {
	return scriptCommand("bench")
		.description(
			"Measures what things cost, each as a ratio against a baseline of the same run. Takes minutes. Exit status: 0 within every limit, 1 over one, 2 wrong input.",
		)
		.option("--only <names...>", `only these suites: ${names.join(", ")}`)
		.option("--json", "print JSON instead")
		.option("--write", "write docs/performance.md; with --only the sections of these suites");
}

async function run(program: Command): Promise<number> {
	const { only, json, write } = program.opts<Flags>();
	const unknown = only?.find((name) => !names.includes(name));
	if (unknown !== undefined) program.error(`Expected --only to name suites of ${names.join(", ")}, got ${unknown}`);
	const machine = thisMachine();
	if (!json) say(machineText(machine));
	const results: Result[] = [];
	for (const suite of suites.filter(({ name }) => only === undefined || only.includes(name))) {
		tell(`… measuring ${suite.name}`);
		const result = await measured(suite);
		results.push(result);
		if (!json) say(`\n${benchText(result)}`);
	}
	if (json) console.log(JSON.stringify({ machine, suites: results.map(withRatios) }));
	if (write) writeFileSync(path, document(suites, results, machine, existsSync(path) ? readFileSync(path, "utf8") : undefined));
	return results.some(({ rows }) => rows.some(isOver)) ? 1 : 0;
}

async function measured(suite: Suite): Promise<Result> {
	try {
		return { suite, rows: await suite.measure() };
	} catch (error) {
		if (error instanceof NotMeasured) return { suite, rows: [], notMeasured: error.message };
		throw error;
	}
}

const withRatios = ({ suite: { name, title }, rows, notMeasured }: Result) => ({
	name,
	title,
	rows: rows.map((row) => ({ ...row, ratio: ratioOf(row) })),
	...(notMeasured === undefined ? {} : { notMeasured }),
});

function thisMachine(): Machine {
	const all = cpus();
	return {
		cores: all.length,
		processor: all[0]?.model.trim() ?? "unknown processor",
		memoryGigabytes: totalmem() / 1e9,
		system: `${platform()} ${release()}`,
		node: process.versions.node,
		date: new Date().toISOString().slice(0, 10),
	};
}

await runAsProcess({ command, run });
