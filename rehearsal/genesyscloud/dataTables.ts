import * as z from "zod";
import { bodyOf, optionalText } from "./bodies.ts";
import { dataTableRowRoutes, findTable, dataTablesPath as tables } from "./dataTableRows.ts";
import type { Call, Emulator, Route } from "./emulator.ts";
import { badRequest, conflict } from "./errors.ts";
import { page } from "./paging.ts";
import { type DataTable, homeDivision, type State } from "./state.ts";

/** An organization may have so many. */
const mostTables = 200;
/** A table may have so many columns. */
const mostColumns = 50;

const columnBody = z.looseObject({
	type: z.enum(["string", "boolean", "integer", "number"]),
	title: z.string().optional(),
	default: z.unknown().optional(),
	displayOrder: z.number().int().optional(),
});

/** SDK model `DataTable` with a JSON schema of draft 4, as the vendor's developer pages have it. */
const tableBody = z.object({
	name: z.string().min(1).max(256),
	description: optionalText,
	division: z.object({ id: z.string() }).nullish(),
	schema: z.looseObject({
		properties: z.record(z.string().min(1), columnBody),
		required: z.array(z.string()).optional(),
		additionalProperties: z.boolean().optional(),
	}),
});

/** Architect data tables; their rows are in a file of their own. */
export function dataTableRoutes(emulator: Emulator): Route[] {
	const { state } = emulator;
	return [
		{ method: "GET", path: tables, permissions: ["architect:datatable:view"], handle: ({ query }) => ({ body: listed(state, query) }) },
		{
			method: "POST",
			path: tables,
			permissions: ["architect:datatable:add"],
			handle: ({ body }) => ({ body: describe(state, add(state, body), true) }),
		},
		{
			method: "GET",
			path: `${tables}/:id`,
			permissions: ["architect:datatable:view"],
			handle: ({ params, query }) => ({ body: describe(state, findTable(state, params.id), query.get("expand") === "schema") }),
		},
		{
			method: "PUT",
			path: `${tables}/:id`,
			permissions: ["architect:datatable:edit"],
			handle: ({ params, body }) => ({ body: describe(state, change(state, params.id, body), true) }),
		},
		{ method: "DELETE", path: `${tables}/:id`, permissions: ["architect:datatable:delete"], handle: (call) => remove(state, call) },
		...dataTableRowRoutes(emulator),
	];
}

function listed(state: State, query: URLSearchParams): Record<string, unknown> {
	const name = query.get("name")?.toLowerCase();
	const found = [...state.dataTables.values()].filter((table) => name === undefined || table.name.toLowerCase() === name);
	const withSchema = query.get("expand") === "schema";
	return page(
		found.map((table) => describe(state, table, withSchema)),
		query,
		tables,
	);
}

function add(state: State, body: unknown): DataTable {
	const { name, description, division, schema } = bodyOf(tableBody, body);
	refuseName(state, name, undefined);
	if (state.dataTables.size >= mostTables) throw badRequest(`An organization may have ${mostTables} data tables.`);
	const columns = columnsOf(schema.properties);
	const table: DataTable = {
		id: state.ids.uuid(),
		name,
		description,
		divisionId: division?.id ?? state.homeDivisionId,
		columns,
		rows: new Map(),
	};
	state.dataTables.set(table.id, table);
	return table;
}

/** Columns can be added, never removed or changed. */
function change(state: State, id: string | undefined, body: unknown): DataTable {
	const before = findTable(state, id);
	const { name, description, schema } = bodyOf(tableBody, body);
	refuseName(state, name, before.id);
	const columns = columnsOf(schema.properties);
	for (const { name: column, type } of before.columns) {
		if (!columns.some((each) => each.name === column && each.type === type))
			throw badRequest(`Column ${column} of type ${type} cannot be changed or removed`, [column]);
	}
	const table = { ...before, name, description, columns };
	state.dataTables.set(before.id, table);
	return table;
}

function remove(state: State, { params, query }: Call): { readonly status: 204 } {
	const table = findTable(state, params.id);
	if (table.rows.size > 0 && query.get("force") !== "true") throw conflict(`Data table ${table.name} has rows; force=true deletes it`);
	state.dataTables.delete(table.id);
	return { status: 204 };
}

function refuseName({ dataTables }: State, name: string, own: string | undefined): void {
	for (const table of dataTables.values())
		if (table.id !== own && table.name.toLowerCase() === name.toLowerCase()) throw conflict(`There is a data table ${name} already`);
}

function columnsOf(properties: Readonly<Record<string, z.output<typeof columnBody>>>): DataTable["columns"] {
	const columns = Object.entries(properties).map(([name, { type, title, default: fallback, displayOrder }], index) => ({
		name,
		type,
		title: title ?? name,
		fallback,
		displayOrder: displayOrder ?? index,
	}));
	if (properties.key?.type !== "string") throw badRequest("The schema needs a text column with the name key", ["schema"]);
	if (columns.length > mostColumns) throw badRequest(`A data table may have ${mostColumns} columns, got ${columns.length}`, ["schema"]);
	return columns.toSorted((one, other) => one.displayOrder - other.displayOrder);
}

function describe(state: State, table: DataTable, withSchema: boolean): Record<string, unknown> {
	const { id, name, description, divisionId } = table;
	const home = homeDivision(state);
	const division = divisionId === home.id ? home : { id: divisionId };
	return { id, name, description, division, ...(withSchema ? { schema: schemaOf(table) } : {}), selfUri: `${tables}/${id}` };
}

function schemaOf({ id, name, columns }: DataTable): Record<string, unknown> {
	const properties = columns.map(({ name: column, type, title, fallback, displayOrder }) => {
		return [column, { title, type, $id: `/properties/${column}`, displayOrder, ...(fallback === undefined ? {} : { default: fallback }) }];
	});
	return {
		$schema: "http://json-schema.org/draft-04/schema#",
		title: name,
		type: "object",
		properties: Object.fromEntries(properties),
		required: ["key"],
		additionalProperties: false,
		id,
	};
}
