import { type Clock, EdgeError } from "../../pipeline/ports.ts";

/** The JSON document of a secret, by its ARN or name; `anew` passes the cache by. Throws EdgeError, whose message never holds the document. */
export type ReadSecret = (id: string, anew?: boolean) => Promise<unknown>;

const cachedSeconds = 300;

/**
 * Reads each secret at most once in five minutes, so that a rotation is seen by then (both credentials are valid meanwhile). A failed
 * read is not cached. `fetchText` throws EdgeError.
 */
export function cachedSecrets(fetchText: (id: string) => Promise<string>, clock: Clock): ReadSecret {
	const cache = new Map<string, { readonly document: unknown; readonly until: number }>();
	return async (id, anew = false) => {
		const cached = cache.get(id);
		if (!anew && cached !== undefined && cached.until > clock.now()) return cached.document;
		const document = parsed(id, await fetchText(id));
		cache.set(id, { document, until: clock.now() + cachedSeconds * 1000 });
		return document;
	};
}

function parsed(id: string, text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		// The parser's own message quotes the text: it must not get out.
		throw new EdgeError("misconfigured", `secret ${id}: expected a JSON document, got ${text.length} characters that are not JSON`, {
			retry: false,
		});
	}
}
