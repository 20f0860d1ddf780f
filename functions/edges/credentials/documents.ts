import { EdgeError } from "../../pipeline/ports.ts";

/** Reads a secret's document: from the cache, or anew where what it holds was refused. Throws EdgeError. */
export type Credentials<T> = (anew?: boolean) => Promise<T>;

/**
 * Makes a request with the credentials in hand. Where they are refused (401) they are read anew, and where they have changed since, the request
 * is made once more: a rotation does not have to wait for the cache. The same refused credentials are not sent twice.
 */
export async function withCredentials<T, R>(credentials: Credentials<T>, make: (credentials: T) => Promise<R>): Promise<R> {
	const inHand = await credentials();
	try {
		return await make(inHand);
	} catch (error) {
		if (!(error instanceof EdgeError && error.reason === "unauthorized")) throw error;
		const fresh = await credentials(true);
		if (JSON.stringify(fresh) === JSON.stringify(inHand)) throw error;
		return make(fresh);
	}
}
