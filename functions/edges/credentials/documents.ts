import { EdgeError, type FailureReason } from "../../pipeline/ports.ts";
import type { SecretVersion } from "../aws/secretCache.ts";

/** Another valid document of a secret: what a rotation has begun with, or what was current before. */
export interface OtherDocument<T> {
	readonly version: Exclude<SecretVersion, "current">;
	readonly document: T;
}

/** The other documents of a secret, for when the one in hand is refused. */
export interface OtherDocuments<T> {
	/** In the order in which they are tried. Never rejects: what cannot be read is not there. */
	read(): Promise<readonly OtherDocument<T>[]>;
	/** It was taken where the current one was refused: it is in hand until the secret is read again. */
	taken(other: OtherDocument<T>, refused: EdgeError): void;
}

/** Reads a secret's document: from the cache, or anew where what it holds was refused. Throws EdgeError. */
export type Credentials<T> = ((anew?: boolean) => Promise<T>) & { readonly others?: OtherDocuments<T> };

/** PagerDuty says of an unknown key what it says of a malformed event: another valid key tells the two apart. */
const ofCredentials: readonly FailureReason[] = ["unauthorized", "forbidden", "rejected"];
const mayBeOfCredentials = (error: unknown): error is EdgeError => error instanceof EdgeError && ofCredentials.includes(error.reason);

/**
 * Makes a request with the credentials in hand. Where they are refused they are read anew, and where they have changed since, the request is made
 * once more: a rotation does not have to wait for the cache. Then the other valid ones are tried: no page is lost because one of two keys is dead.
 * The same refused credentials are not sent twice. Rejects with the refusal of the current ones where none is taken.
 */
export async function withCredentials<T, R>(credentials: Credentials<T>, make: (credentials: T) => Promise<R>): Promise<R> {
	const inHand = await credentials();
	try {
		return await make(inHand);
	} catch (error) {
		if (!mayBeOfCredentials(error)) throw error;
		const fresh = await credentials(true);
		if (isSame(fresh, inHand)) return withAnother(credentials.others, [inHand], make, error);
		return make(fresh).catch((again: unknown) => {
			if (!mayBeOfCredentials(again)) throw again;
			return withAnother(credentials.others, [inHand, fresh], make, again);
		});
	}
}

async function withAnother<T, R>(
	others: OtherDocuments<T> | undefined,
	tried: readonly T[],
	make: (credentials: T) => Promise<R>,
	refused: EdgeError,
): Promise<R> {
	for (const other of (await others?.read()) ?? []) {
		if (tried.some((each) => isSame(each, other.document))) continue;
		try {
			const made = await make(other.document);
			others?.taken(other, refused);
			return made;
		} catch (error) {
			// Whatever became of this one, what has to be repaired is the current one. What may have been carried out is never tried once more.
			if (!mayBeOfCredentials(error)) throw error;
		}
	}
	throw refused;
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The same credentials without what was current before: a check asks whether work goes on by what is meant to be valid. */
export function withoutPrevious<T>(credentials: Credentials<T>): Credentials<T> {
	const { others } = credentials;
	if (others === undefined) return credentials;
	const read = async () => (await others.read()).filter(({ version }) => version === "next");
	return Object.assign((anew?: boolean) => credentials(anew), { others: { read, taken: others.taken } });
}
