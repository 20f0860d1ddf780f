import { createHmac, timingSafeEqual } from "node:crypto";

/** The headers of a signed order, in the lower case that Node gives them. */
const signatureHeader = "x-runbooks-signature";
const timestampHeader = "x-runbooks-timestamp";

/** How far the timestamp may be from now, in both directions. */
const windowMilliseconds = 300_000;

/** An order as it came: its body before any parsing. */
export interface SignedOrder {
	readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
	readonly body: string;
}

/** The signature of an order that is signed with one of the secrets and not too old; undefined for every other one. `now`: milliseconds. */
export function verified({ headers, body }: SignedOrder, secrets: readonly string[], now: number): string | undefined {
	const timestamp = String(headers[timestampHeader] ?? "");
	if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now - Number(timestamp) * 1000) > windowMilliseconds) return undefined;
	const offered = String(headers[signatureHeader] ?? "")
		.split(",")
		.map((each) => each.trim());
	// An empty secret would let everybody sign.
	const expected = secrets.filter((secret) => secret !== "").map((secret) => sign(secret, timestamp, body));
	return expected.find((signature) => offered.some((each) => isEqual(each, signature)));
}

const sign = (secret: string, timestamp: string, body: string): string =>
	`v1=${createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex")}`;

/** In a time that says nothing of where two texts differ. */
function isEqual(one: string, other: string): boolean {
	const [left, right] = [Buffer.from(one), Buffer.from(other)];
	return left.length === right.length && timingSafeEqual(left, right);
}

/** Which signatures came already, for as long as one of them would be believed again. */
export class Replays {
	readonly #seen = new Map<string, number>();

	/** Whether this very order came before; remembers it. */
	isReplay(signature: string, now: number): boolean {
		for (const [each, at] of this.#seen) if (now - at > 2 * windowMilliseconds) this.#seen.delete(each);
		const isKnown = this.#seen.has(signature);
		if (!isKnown) this.#seen.set(signature, now);
		return isKnown;
	}
}
