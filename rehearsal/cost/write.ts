import { readFileSync, writeFileSync } from "node:fs";
import { runAsProcess, scriptCommand } from "../../commands/commandLine.ts";
import { tell } from "../../commands/terminal.ts";
import type { Estimate } from "./estimate.ts";
import { costTable, estimateOf, organizations, withCosts } from "./readme.ts";

const path = new URL("../../README.md", import.meta.url);

/** `npm run docs:costs`: writes what a small and a large organization pay into README.md. */
const command = () =>
	scriptCommand("docs:costs").description(
		"Estimates the costs of a small and a large organization, and writes their table into README.md.",
	);

async function run(): Promise<number> {
	const estimates: Estimate[] = [];
	for (const organization of organizations) {
		tell(`… measuring ${organization.trunks} trunks in the offline world`);
		estimates.push(await estimateOf(organization));
	}
	const written = withCosts(readFileSync(path, "utf8"), costTable(estimates));
	if (written === undefined) throw new Error("README.md: expected the markers of the costs, got none");
	writeFileSync(path, written);
	return 0;
}

await runAsProcess({ command, run });
