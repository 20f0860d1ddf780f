import type { Instant } from "../model/words.ts";

/** One value of a secret. */
export interface StoredVersion {
	readonly id: string;
	/** A JSON document. */
	readonly text: string;
	readonly madeAt: Instant;
}

/** The values of one secret that can be valid. */
export interface StoredVersions {
	readonly current?: StoredVersion;
	/** What a rotation has begun with. */
	readonly next?: StoredVersion;
	readonly previous?: StoredVersion;
}

/** Where the values of one secret are kept, for who rotates it. Throws EdgeError. */
export interface SecretVault {
	read(): Promise<StoredVersions>;
	/** Keeps a value beside the current one. */
	putNext(text: string): Promise<void>;
	/** The next one becomes current, and the current one previous. */
	promote(next: StoredVersion, current: StoredVersion): Promise<void>;
	/** The next one is nothing any more. */
	dropNext(next: StoredVersion): Promise<void>;
}
