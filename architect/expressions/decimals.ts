import { decimalText, ValueError } from "./values.ts";

const mostPlaces = 15;

/** A decimal with this many places, half away from zero, decided on the decimal digits: 1.125 to two places is 1.13, 2.675 is 2.68. Throws ValueError. */
export function roundedText(value: number, places: number): string {
	if (places < 0 || places > mostPlaces) {
		throw new ValueError("out-of-range", `Expected 0 to ${mostPlaces} decimal places, got ${places}.`);
	}
	const [whole = "0", fraction = ""] = decimalText(Math.abs(value)).split(".");
	const digits = BigInt(`${whole}${fraction.padEnd(places, "0").slice(0, places)}`) + (Number(fraction[places] ?? 0) >= 5 ? 1n : 0n);
	const text = String(digits).padStart(places + 1, "0");
	const sign = value < 0 && digits > 0n ? "-" : "";
	return `${sign}${text.slice(0, text.length - places)}${places === 0 ? "" : `.${text.slice(-places)}`}`;
}

/** `Round`: half away from zero. Throws ValueError when there are not 0 to 15 places. */
export function rounded(value: number, places: number): number {
	return Number(roundedText(value, places));
}

/** The decimal that a text is, or undefined when it is none; an exponent is no part of the language. */
export function parseDecimal(text: string): number | undefined {
	return /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)$/.test(text) ? Number(text) : undefined;
}
