import { EdgeError, type Ledger } from "../ports.ts";

/** What a rule wants done with one item, and what it has to say to its caller. */
export interface Change<T, R> {
	/** Absent: nothing is written. */
	readonly write?: T | undefined;
	readonly dueAt?: number;
	readonly exp?: number;
	readonly result: R;
}

/** Two executors meet at one item now and then; more conflicts than this in a row are a fault. */
const usualTries = 10;

/**
 * Reads one item, lets a pure rule decide, writes on the version that was read, and decides again where somebody was faster.
 * Throws EdgeError "unavailable" after ten conflicts in a row, or as many as its caller allows. Items under one kind of key are only ever written by this program, hence `T` without a parse.
 */
export async function change<T, R>(
	ledger: Ledger,
	key: string,
	decide: (current: T | undefined) => Change<T, R>,
	maximumTries = usualTries,
): Promise<R> {
	for (let tried = 0; tried < maximumTries; tried += 1) {
		const stored = await ledger.read(key);
		const { write, dueAt, exp, result } = decide(stored?.value as T | undefined);
		if (write === undefined) return result;
		const options = { ...(dueAt === undefined ? {} : { dueAt }), ...(exp === undefined ? {} : { exp }) };
		if ((await ledger.write(key, write, stored?.version ?? 0, options)) === "written") return result;
		await ledger.pause?.(tried);
	}
	throw new EdgeError("unavailable", `Expected to change ${key} within ${maximumTries} tries, got a newer version each time`, {
		retry: true,
	});
}

export async function readItem<T>(ledger: Ledger, key: string): Promise<T | undefined> {
	return (await ledger.read(key))?.value as T | undefined;
}
