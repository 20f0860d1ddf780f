import type { Call, Emulator, Route } from "./emulator.ts";
import { ApiError, badRequest, conflict, notFound } from "./errors.ts";
import { page } from "./paging.ts";
import type { DataTable, DataTableRow, State } from "./state.ts";

export const dataTablesPath = "/api/v2/flows/datatables";
const rows = `${dataTablesPath}/:id/rows`;
/** A table may have so many rows. */
const mostRows = 5000;
const longestKey = 256;

/** What may be done to rows is the row's permission, or the one of its table. */
const may = (action: string): readonly string[] => [`architect:datatableRow:${action}`, `architect:datatable:${action}`];

/** The rows of data tables: read by pages, made, replaced whole and deleted, without a version. The code of a key that is there already is an assumption. */
export function dataTableRowRoutes({ state }: Emulator): Route[] {
	return [
		{
			method: "GET",
			path: rows,
			permissions: may("view"),
			handle: ({ params, query }) => {
				const table = findTable(state, params.id);
				const sorted = [...table.rows.values()].toSorted((one, other) => (one.key < other.key ? -1 : 1));
				const ordered = query.get("sortOrder")?.toLowerCase().startsWith("desc") === true ? sorted.toReversed() : sorted;
				const shown = ordered.map((row) => shownRow(row, query));
				return { body: page(shown, query, `${dataTablesPath}/${table.id}/rows`) };
			},
		},
		{
			method: "POST",
			path: rows,
			permissions: may("add"),
			handle: ({ params, body }) => {
				const table = findTable(state, params.id);
				const row = rowOf(table, body);
				if (table.rows.has(row.key)) throw conflict(`There is a row ${row.key} already`);
				if (table.rows.size >= mostRows) throw badRequest(`A data table may have ${mostRows} rows`);
				table.rows.set(row.key, row);
				return { body: row };
			},
		},
		{
			method: "GET",
			path: `${rows}/:row`,
			permissions: may("view"),
			handle: (call) => ({ body: shownRow(findRow(findTable(state, call.params.id), call), call.query) }),
		},
		{
			method: "PUT",
			path: `${rows}/:row`,
			permissions: may("edit"),
			handle: (call) => {
				const table = findTable(state, call.params.id);
				const { key } = findRow(table, call);
				const row = rowOf(table, call.body);
				if (row.key !== key) throw badRequest(`Expected the key ${key} of the path in the row, got ${row.key}`, ["key"]);
				table.rows.set(key, row);
				return { body: row };
			},
		},
		{
			method: "DELETE",
			path: `${rows}/:row`,
			permissions: may("delete"),
			handle: (call) => {
				const table = findTable(state, call.params.id);
				table.rows.delete(findRow(table, call).key);
				return { status: 204 };
			},
		},
	];
}

export function findTable({ dataTables }: State, id: string | undefined): DataTable {
	const table = dataTables.get(id ?? "");
	if (table === undefined) throw notFound("datatable", id ?? "");
	return table;
}

/** Without `showbrief=false` the vendor tells the key only. */
const shownRow = (row: DataTableRow, query: URLSearchParams): Readonly<Record<string, unknown>> =>
	query.get("showbrief") === "false" ? row : { key: row.key };

/** A key keeps its capitals. */
function findRow({ rows: all }: DataTable, { sentPath }: Call): DataTableRow {
	const key = decodeURIComponent(sentPath.split("/").at(-1) ?? "");
	const row = all.get(key);
	if (row === undefined) throw notFound("datatable row", key);
	return row;
}

/** A row of the table's columns; a column that is not given has its default. */
function rowOf({ columns }: DataTable, body: unknown): DataTableRow {
	if (typeof body !== "object" || body === null || Array.isArray(body)) throw badRequest("The row is no object");
	const given = new Map(Object.entries(body));
	const key = given.get("key");
	if (typeof key !== "string" || key === "" || key.length > longestKey)
		throw badRequest(`Expected a key of 1 to ${longestKey} characters, got ${JSON.stringify(key)}`, ["key"]);
	const unknown = [...given.keys()].filter((name) => !columns.some((column) => column.name === name));
	if (unknown.length > 0) throw new ApiError(400, "bad.request", `The table has no column ${unknown.join(", ")}`, { fields: unknown });
	const fields = columns.flatMap(({ name, type, fallback }) => {
		const value = given.has(name) ? given.get(name) : fallback;
		if (value === undefined) return [];
		if (!isOf(type, value)) throw badRequest(`Expected ${type} in column ${name}, got ${typeof value}`, [name]);
		return [[name, value] as const];
	});
	return { ...Object.fromEntries(fields), key };
}

function isOf(type: DataTable["columns"][number]["type"], value: unknown): boolean {
	if (type === "integer") return Number.isInteger(value);
	return typeof value === type;
}
