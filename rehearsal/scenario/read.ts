import { readdirSync, readFileSync } from "node:fs";
import { spelledOut } from "./numberedTrunks.ts";
import { nearestFirst } from "./oneOf.ts";
import { scenarioProblems } from "./problems.ts";
import { type Scenario, scenarioFile } from "./scenario.ts";
import { parseYaml } from "./yaml.ts";

/** A scenario file that cannot be read; its message is one that a person can act on. */
export class ScenarioError extends Error {}

const folder = new URL("../scenarios/", import.meta.url);

/** The shipped scenarios' names, in alphabetical order. */
export function scenarioNames(): readonly string[] {
	return readdirSync(folder)
		.filter((file) => file.endsWith(".yaml"))
		.map((file) => file.slice(0, -".yaml".length))
		.toSorted();
}

/** Reads a scenario file by its path, which holds a slash or ends in .yaml. Throws ScenarioError for one that cannot be read. */
function readScenarioFile(path: string): Scenario {
	try {
		return parseScenario(readFileSync(path, "utf8"), path);
	} catch (error) {
		if (error instanceof ScenarioError) throw error;
		throw new ScenarioError(`Expected a readable scenario file, got ${path}, which cannot be read`);
	}
}

/** Reads a shipped scenario by its name, or any scenario by its path. Throws ScenarioError for an unknown name or a malformed file. */
export function readScenario(name: string): Scenario {
	if (/[/\\]|\.ya?ml$/.test(name)) return readScenarioFile(name);
	const names = scenarioNames();
	if (!names.includes(name)) {
		const allowed = [...nearestFirst(name, names), "the path of a *.yaml file"].join(", ");
		throw new ScenarioError(`Expected a scenario, got ${JSON.stringify(name)}; allowed: ${allowed}`);
	}
	return parseScenario(readFileSync(new URL(`${name}.yaml`, folder), "utf8"), `${name}.yaml`);
}

/** Parses a scenario's text. Throws ScenarioError with every problem and its path. */
export function parseScenario(text: string, file: string): Scenario {
	const raw = parseYaml(text, file, ScenarioError);
	const parsed = scenarioFile.safeParse(raw);
	if (parsed.success) return spelledOut(parsed.data);
	throw new ScenarioError(`${file}: ${scenarioProblems(parsed.error, raw).join("; ")}`);
}
