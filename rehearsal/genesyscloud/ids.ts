import { createHash } from "node:crypto";

/** A source of UUIDs and secrets that are equal in two runs: the n-th of one seed is always the same. */
export interface Ids {
	uuid(): string;
	/** 43 characters, like the vendor's secrets. */
	secret(): string;
}

export function createIds(seed: string): Ids {
	let count = 0;
	const next = (): Buffer => {
		count += 1;
		return createHash("sha256").update(`${seed}:${count}`).digest();
	};
	return {
		uuid: () => {
			const hex = next().toString("hex");
			return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
		},
		secret: () => next().toString("base64url"),
	};
}

/** UUIDs that only count: cheap, and equal in two runs. */
export function countedIds(): Pick<Ids, "uuid"> {
	let count = 0;
	return {
		uuid: () => {
			count += 1;
			return `00000000-0000-4000-a000-${count.toString(16).padStart(12, "0")}`;
		},
	};
}
