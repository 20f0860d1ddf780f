import { badRequest } from "./errors.ts";

/** One page in the vendor's listing form; the page after the last one is empty, because clients stop there. */
export function page<Entity>(entities: readonly Entity[], query: URLSearchParams, selfUri: string): Record<string, unknown> {
	const pageSize = whole(query, "pageSize", 25);
	const pageNumber = whole(query, "pageNumber", 1);
	const start = (pageNumber - 1) * pageSize;
	return {
		entities: entities.slice(start, start + pageSize),
		pageSize,
		pageNumber,
		total: entities.length,
		pageCount: Math.ceil(entities.length / pageSize),
		selfUri: `${selfUri}?pageSize=${pageSize}&pageNumber=${pageNumber}`,
	};
}

function whole(query: URLSearchParams, name: string, fallback: number): number {
	const text = query.get(name);
	if (text === null) return fallback;
	const value = Number(text);
	if (!Number.isInteger(value) || value < 1) throw badRequest(`${name}: expected a whole number from 1, got ${text}`, [name]);
	return value;
}
