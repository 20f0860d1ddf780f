import { InvalidArgumentError } from "commander";

/** Reads one line of text with at most so many characters. */
export const lineOf =
	(what: string, longest: number) =>
	(text: string): string => {
		const line = text.trim();
		if (line === "" || line.length > longest || /[\p{Cc}\p{Zl}\p{Zp}]/u.test(line))
			throw new InvalidArgumentError(`Expected ${what}, one line of 1 to ${longest} characters, got ${line.length}.`);
		return line;
	};

/** Reads where a tunnel to a Redis server begins. */
export function tunnelOf(text: string): string {
	if (/^rediss?:\/\/(?:127\.0\.0\.1|localhost):\d{1,5}$/.test(text)) return text;
	throw new InvalidArgumentError("Expected an address of this machine, such as rediss://127.0.0.1:6379.");
}

/** Real credentials are never sent to an address that somebody typed. */
export function loopbackOf(text: string): string {
	if (/^http:\/\/(127\.0\.0\.1|localhost|\[::1\]):\d{1,5}\/?$/.test(text)) return text;
	if (text.startsWith("redis")) return tunnelOf(text);
	throw new InvalidArgumentError("Expected an address of this machine, such as http://127.0.0.1:4566.");
}
