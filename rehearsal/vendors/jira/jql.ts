import { type Category, categoryName } from "./workflow.ts";

/** A query that Jira answers 400 to, in its words. */
export class JqlError extends Error {}

/** What a query is compared with. */
export interface Searched {
	readonly project: string;
	readonly labels: readonly string[];
	readonly status: { readonly category: Category };
	readonly createdAt: number;
	readonly updatedAt: number;
}

interface Comparison {
	readonly field: string;
	readonly isEqual: boolean;
	readonly value: string;
}

export interface Query {
	readonly where: readonly Comparison[];
	readonly order: { readonly by: "createdAt" | "updatedAt"; readonly descending: boolean };
}

interface Token {
	readonly text: string;
	readonly isQuoted: boolean;
	/** Counts from 1. */
	readonly at: number;
}

const fields: Readonly<Record<string, (issue: Searched, value: string) => boolean>> = {
	project: ({ project }, value) => project.toUpperCase() === value.toUpperCase(),
	labels: ({ labels }, value) => labels.includes(value),
	statuscategory: ({ status }, value) => [status.category, categoryName(status.category).toLowerCase()].includes(value.toLowerCase()),
};

const orders: Readonly<Record<string, Query["order"]["by"]>> = { created: "createdAt", updated: "updatedAt" };

/**
 * The part of JQL that is served: comparisons by `=` and `!=` with AND between them, and one order. Throws JqlError for everything else.
 * Source: support.atlassian.com, "JQL fields" and "JQL operators".
 */
export function parseJql(text: string): Query {
	const [before = [], after] = splitAtOrder(tokensOf(text));
	return { where: before.length === 0 ? [] : comparisonsOf(before), order: orderOf(after) };
}

export const matches = ({ where }: Query, issue: Searched): boolean =>
	where.every(({ field, isEqual, value }) => (fields[field]?.(issue, value) ?? false) === isEqual);

const syntax = (what: string, at: number): JqlError => new JqlError(`Error in the JQL Query: ${what} (line 1, character ${at})`);

function tokensOf(text: string): readonly Token[] {
	const tokens: Token[] = [];
	for (let at = 0; at < text.length; ) {
		const rest = text.slice(at);
		const found = /^(\s+)|^"((?:[^"\\]|\\.)*)"|^'((?:[^'\\]|\\.)*)'|^(!=|=|[\w:-]+)/.exec(rest);
		if (found === null && /^["']/.test(rest)) throw syntax(`The quoted string '${rest.slice(1)}' has not been completed.`, at + 1);
		if (found === null) throw syntax(reserved(rest), at + 1);
		const [all, blank, double, single, word] = found;
		const quoted = double ?? single;
		if (blank === undefined)
			tokens.push({ text: quoted?.replaceAll(/\\(.)/g, "$1") ?? word ?? "", isQuoted: quoted !== undefined, at: at + 1 });
		at += all.length;
	}
	return tokens;
}

const reserved = (rest: string): string =>
	`The character '${rest[0]}' is a reserved JQL character. You must enclose it in a string or use the escape '\\u${rest.charCodeAt(0).toString(16).padStart(4, "0")}' instead.`;

const isWord = (token: Token | undefined, word: string): boolean =>
	token !== undefined && !token.isQuoted && token.text.toUpperCase() === word;

function splitAtOrder(tokens: readonly Token[]): readonly (readonly Token[])[] {
	const index = tokens.findIndex((token, position) => isWord(token, "ORDER") && isWord(tokens[position + 1], "BY"));
	return index === -1 ? [tokens] : [tokens.slice(0, index), tokens.slice(index + 2)];
}

function comparisonsOf(tokens: readonly Token[]): readonly Comparison[] {
	const [name, operator, value, and, ...rest] = tokens;
	if (name === undefined) throw syntax("Expecting a field name before the end of the query.", 1);
	if (!isWord(operator, "=") && !isWord(operator, "!=")) throw syntax("Expecting operator before the end of the query.", name.at);
	if (value === undefined) throw syntax("Expecting either a value, list or function before the end of the query.", name.at);
	const field = name.text.toLowerCase();
	if (fields[field] === undefined) throw new JqlError(`Field '${name.text}' does not exist or you do not have permission to view it.`);
	const comparison = { field, isEqual: isWord(operator, "="), value: value.text };
	if (and === undefined) return [comparison];
	if (!isWord(and, "AND")) throw syntax(`Expecting either 'OR' or 'AND' but got '${and.text}'.`, and.at);
	return [comparison, ...comparisonsOf(rest)];
}

function orderOf(tokens: readonly Token[] | undefined): Query["order"] {
	const [field, direction] = tokens ?? [];
	if (tokens === undefined) return { by: "createdAt", descending: true };
	const by = orders[field?.text.toLowerCase() ?? ""];
	if (by === undefined) throw new JqlError(`Not able to sort using field '${field?.text ?? ""}'.`);
	return { by, descending: isWord(direction, "DESC") };
}
