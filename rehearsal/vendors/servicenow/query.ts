import { columns, type Fields } from "./record.ts";

type Filter = (fields: Fields) => boolean;

/** What an encoded query asks for. */
export interface EncodedQuery {
	readonly holds: Filter;
	/** The newest rule of order that is valid. */
	readonly order?: { readonly column: string; readonly isDescending: boolean };
}

/** Longer ones first: "!=" ends in "=". Texts are compared without regard to case. */
const operators: readonly (readonly [sign: string, holds: (value: string, wanted: string) => boolean])[] = [
	["ISNOTEMPTY", (value) => value !== ""],
	["ISEMPTY", (value) => value === ""],
	["STARTSWITH", (value, wanted) => value.startsWith(wanted)],
	["ENDSWITH", (value, wanted) => value.endsWith(wanted)],
	["NOT IN", (value, wanted) => !wanted.split(",").includes(value)],
	["LIKE", (value, wanted) => value.includes(wanted)],
	["IN", (value, wanted) => wanted.split(",").includes(value)],
	["!=", (value, wanted) => value !== wanted],
	["=", (value, wanted) => value === wanted],
];

/**
 * Reads an encoded query (docs.servicenow.com, "Encoded query strings"): conditions joined by `^`, alternatives by `^OR`, an order by
 * `ORDERBY` or `ORDERBYDESC`. What names no column of the table is ignored, as if it did not stand there: the rest may match every record
 * (property `glide.invalid_query.returns_no_rows`, false unless an administrator has set it).
 */
export function readQuery(text: string): EncodedQuery {
	const groups: Filter[][] = [];
	let order: EncodedQuery["order"];
	for (const term of text.split("^")) {
		const ordered = /^ORDERBY(DESC)?(\w+)$/.exec(term);
		if (ordered !== null) {
			const [, descending, column = ""] = ordered;
			if (columns.includes(column)) order = { column, isDescending: descending !== undefined };
			continue;
		}
		const isAlternative = term.startsWith("OR");
		const filter = condition(isAlternative ? term.slice("OR".length) : term);
		if (filter === undefined) continue;
		const last = groups.at(-1);
		if (isAlternative && last !== undefined) last.push(filter);
		else groups.push([filter]);
	}
	const holds: Filter = (fields) => groups.every((alternatives) => alternatives.some((filter) => filter(fields)));
	return { holds, ...(order === undefined ? {} : { order }) };
}

/** undefined for what is none. */
function condition(term: string): Filter | undefined {
	const column = /^[a-z_]+/.exec(term)?.[0] ?? "";
	if (!columns.includes(column)) return undefined;
	const rest = term.slice(column.length);
	const [sign, holds] = operators.find(([each]) => rest.startsWith(each)) ?? [];
	if (sign === undefined || holds === undefined) return undefined;
	const wanted = rest.slice(sign.length).toLowerCase();
	return (fields) => holds((fields[column] ?? "").toLowerCase(), wanted);
}
