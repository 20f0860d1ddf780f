import { type Clock, EdgeError } from "../../pipeline/ports.ts";

/**
 * Which of its values a secret is read for: the current one, the one that a rotation has begun with (AWSPENDING), or the one before (AWSPREVIOUS).
 */
export type SecretVersion = "current" | "next" | "previous";

/**
 * The JSON document of a secret, by its ARN or name; `anew` passes the cache by. Undefined where a secret has no other version than the current
 * one. Throws EdgeError, whose message never holds the document.
 */
export type ReadSecret = (id: string, anew?: boolean, version?: SecretVersion) => Promise<unknown>;

const cachedSeconds = 300;
/** They are looked for where the current value was refused: a rotation that began meanwhile must not wait for five minutes then. */
const othersCachedSeconds = 60;

/**
 * Reads each secret at most once in five minutes, so that a rotation is seen by then (both credentials are valid meanwhile). A failed
 * read is not cached. `fetchText` throws EdgeError, and gives undefined where there is no such version.
 */
export function cachedSecrets(fetchText: (id: string, version: SecretVersion) => Promise<string | undefined>, clock: Clock): ReadSecret {
	const cache = new Map<string, { readonly document: unknown; readonly until: number }>();
	return async (id, anew = false, version = "current") => {
		const place = `${version} ${id}`;
		const cached = cache.get(place);
		if (!anew && cached !== undefined && cached.until > clock.now()) return cached.document;
		const text = await fetchText(id, version);
		if (text === undefined && version === "current")
			throw new EdgeError("not-found", `Secrets Manager: expected a secret with a value at ${id}, got none`, { retry: false });
		const document = text === undefined ? undefined : parsed(id, text);
		const seconds = version === "current" ? cachedSeconds : othersCachedSeconds;
		cache.set(place, { document, until: clock.now() + seconds * 1000 });
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
