import { allEntities, type Call } from "../../functions/edges/genesys/listing.ts";
import { field } from "../../functions/edges/http/http.ts";
import { type Finding, fails, holds, judged, type Read, type Subject } from "../finding.ts";
import type { NeededTable } from "../needs.ts";

/** A data table of the organization: its columns with their types, as far as they are told. */
export interface FoundTable {
	readonly name: string;
	readonly columns: ReadonlyMap<string, string>;
}

/** The vendor's limit of an organization. */
const mostTables = 200;

/** Every data table, with its columns. */
export async function readDataTables(call: Call): Promise<readonly FoundTable[]> {
	const tables = await allEntities(call, "/api/v2/flows/datatables?expand=schema");
	return tables.map((table) => {
		const columns = Object.entries(Object(field(field(table, "schema"), "properties")));
		return { name: String(field(table, "name")), columns: new Map(columns.map(([name, column]) => [name, String(field(column, "type"))])) };
	});
}

/** Whether the table is there, as it is to be; or may be made. */
export const judgeDataTable = (needed: NeededTable, read: Read<readonly FoundTable[]>): Finding => {
	const subject: Subject = { id: `genesys.data-table.${needed.name}`, group: "Genesys Cloud", what: `data table ${needed.name}` };
	return judged(subject, read, (tables) => {
		const found = tables.find(({ name }) => name.toLowerCase() === needed.name.toLowerCase());
		if (found === undefined && tables.length >= mostTables)
			return fails(subject, `the organization has its ${tables.length} tables already`, "Delete one that nobody looks up.");
		if (found === undefined) return holds(subject, "not there yet: the deployment makes it");
		const wrong = [...needed.columns].flatMap(([name, type]) => {
			const got = found.columns.get(name);
			return got === undefined || got === type ? [] : [`${name} is ${got}, not ${type}`];
		});
		if (wrong.length === 0) return holds(subject, `${found.columns.size} columns`);
		return fails(subject, wrong.join("; "), "Columns never change: rename that table, or choose another names.prefix.");
	});
};
