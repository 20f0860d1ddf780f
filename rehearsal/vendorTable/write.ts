import { readFileSync, writeFileSync } from "node:fs";
import { runAsProcess, scriptCommand } from "../../commands/commandLine.ts";
import { tell } from "../../commands/terminal.ts";
import { faultRows, tabledKinds, tableText, withTables } from "./table.ts";

const path = new URL("../../docs/vendors.md", import.meta.url);

/** `npm run docs:vendors`: plays every fault of every vendor and writes what came of it into docs/vendors.md. */
const command = () =>
	scriptCommand("docs:vendors").description("Plays every fault of every vendor, and writes the tables of docs/vendors.md.");

async function run(): Promise<number> {
	const tables: string[] = [];
	for (const kind of tabledKinds) {
		const rows = await faultRows(kind);
		tell(`${kind}: ${rows.length} faults played`);
		tables.push(tableText(kind, rows));
	}
	const written = withTables(readFileSync(path, "utf8"), tables);
	if (written === undefined) throw new Error("docs/vendors.md: expected the markers of the tables, got none");
	writeFileSync(path, written);
	return 0;
}

await runAsProcess({ command, run });
