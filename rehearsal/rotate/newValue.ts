import { readFileSync } from "node:fs";

/** A new value that cannot be used; its message holds nothing of it. */
export class NewValueError extends Error {}

/** Shorter ones are no secret of ours; what a vendor issues, the vendor judges. */
const leastOwn = 16;

/** The new value, from a file or standard input, without the line break at its end. Throws NewValueError. */
export function newValue(path: string | undefined, sort: "vendor" | "own"): string {
	const where = path === undefined ? "standard input" : `--file ${path}`;
	const value = contentOf(path, where).replace(/\r?\n$/, "");
	if (value === "") throw new NewValueError(`Expected the new value on ${where}, got nothing`);
	if (/\s/.test(value))
		throw new NewValueError(`Expected one value without spaces or line breaks on ${where}, got ${value.length} characters with some`);
	if (sort === "own" && value.length < leastOwn)
		throw new NewValueError(`Expected at least ${leastOwn} characters on ${where}, got ${value.length}: openssl rand -hex 32`);
	return value;
}

function contentOf(path: string | undefined, where: string): string {
	// What is typed stays on the screen.
	if (path === undefined && process.stdin.isTTY) throw new NewValueError("Expected the new value from a pipe or by --file, got a keyboard");
	try {
		return readFileSync(path ?? 0, "utf8");
	} catch {
		throw new NewValueError(`Expected the new value on ${where}, got nothing that can be read`);
	}
}
