import { sideBySide } from "../../pipeline/limits/sideBySide.ts";
import type { Named } from "../../pipeline/model/words.ts";
import type { EdgeError } from "../../pipeline/ports.ts";
import { failure, field, list } from "../http/http.ts";

/** One call of the Genesys Cloud API with the client's token: GET without a body and POST with one, unless `method` says otherwise; undefined for an answer without a body. Throws only EdgeError. */
export type Call = (path: string, body?: unknown, method?: "GET" | "POST" | "PUT" | "DELETE") => Promise<unknown>;

export const system = "Genesys Cloud";

type Reference = "edge" | "site" | "division";

/** What an answer refers to, each with its id for a name where it has none; what it does not refer to is left out. */
export const named = (references: Partial<Record<Reference, Partial<Named> | undefined>>): { readonly [Key in Reference]?: Named } =>
	Object.fromEntries(
		Object.entries(references).flatMap(([key, reference]) =>
			typeof reference?.id === "string" ? [[key, { id: reference.id, name: reference.name ?? reference.id }] as const] : [],
		),
	);

const pageSize = 100;
/** An upper bound for a listing that never ends: 10,000 entities. */
const maximumPages = 100;
/** Requests that one client has under way at once. */
export const requestsAtOnce = 8;

/**
 * Every entity of a listing, at `path` with the query it already has. The first page says how many there are, and the others are asked for
 * side by side; without a page count a listing ends with an empty page.
 */
export async function allEntities(call: Call, path: string): Promise<readonly object[]> {
	const first = await onePage(call, path, 1);
	if (first.pageCount === undefined) return untilEmpty(call, path, first.entities);
	if (first.pageCount > maximumPages) throw endless(path);
	const pages = [first.entities];
	const others = Array.from({ length: Math.max(0, first.pageCount - 1) }, (_, index) => index + 2);
	await sideBySide(first.entities.length === 0 ? [] : others, requestsAtOnce, async (pageNumber) => {
		pages[pageNumber - 1] = (await onePage(call, path, pageNumber)).entities;
	});
	return pages.flat();
}

interface Page {
	readonly entities: readonly object[];
	readonly pageCount: number | undefined;
}

async function onePage(call: Call, path: string, pageNumber: number): Promise<Page> {
	const listing = await call(`${path}${path.includes("?") ? "&" : "?"}pageSize=${pageSize}&pageNumber=${pageNumber}`);
	const entities = list(listing, "entities", system).filter((entity) => typeof entity === "object" && entity !== null);
	const pageCount = field(listing, "pageCount");
	return { entities, pageCount: typeof pageCount === "number" ? pageCount : undefined };
}

async function untilEmpty(call: Call, path: string, first: readonly object[]): Promise<readonly object[]> {
	const found = [...first];
	for (let pageNumber = 2, size = first.length; size > 0; pageNumber += 1) {
		if (pageNumber > maximumPages) throw endless(path);
		const { entities } = await onePage(call, path, pageNumber);
		found.push(...entities);
		size = entities.length;
	}
	return found;
}

const endless = (path: string): EdgeError => failure("malformed", `${system}: expected at most ${maximumPages} pages of ${path}, got more`);

export const inBatches = <T>(items: readonly T[], size: number): readonly (readonly T[])[] =>
	Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
