import { failure, field, list } from "./http.ts";

/** One call of the Genesys Cloud API with the client's token: GET without a body, POST with one unless `method` says otherwise. Throws only EdgeError. */
export type Call = (path: string, body?: unknown, method?: "POST" | "PUT") => Promise<unknown>;

export const system = "Genesys Cloud";

const pageSize = 100;
/** An upper bound for a listing that never ends: 10,000 entities. */
const maximumPages = 100;

/** Every entity of a listing, at `path` with the query it already has. A listing ends with an empty page, or with the page count where there is one. */
export async function allEntities(call: Call, path: string): Promise<readonly object[]> {
	const found: object[] = [];
	for (let pageNumber = 1; pageNumber <= maximumPages; pageNumber += 1) {
		const listing = await call(`${path}${path.includes("?") ? "&" : "?"}pageSize=${pageSize}&pageNumber=${pageNumber}`);
		const entities = list(listing, "entities", system).filter((entity) => typeof entity === "object" && entity !== null);
		found.push(...entities);
		const pageCount = field(listing, "pageCount");
		if (entities.length === 0 || (typeof pageCount === "number" && pageNumber >= pageCount)) return found;
	}
	throw failure("malformed", `${system}: expected at most ${maximumPages} pages of ${path}, got more`);
}
