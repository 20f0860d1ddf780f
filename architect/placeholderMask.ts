import type { Scalar } from "yaml";
import { placeholder } from "./substitute.ts";

/** Of the private use area, and as long as the braces, so that every place stays where it was. */
const [open, close] = ["\u{e000}\u{e000}", "\u{e001}\u{e001}"];
const mask = /\u{e000}{2}([^{}\n]*?)\u{e001}{2}/gu;

/** YAML with its placeholders as plain texts: braces without quotes would be a map in a map. */
export function maskPlaceholders(text: string): string {
	return text.replaceAll(placeholder, (_, key: string) => `${open}${key}${close}`);
}

/** Gives a scalar its placeholders back; false where it holds none. */
export function showPlaceholders(scalar: Scalar): boolean {
	if (typeof scalar.value !== "string") return false;
	const value = shown(scalar.value);
	if (value === scalar.value) return false;
	scalar.value = value;
	if (scalar.source !== undefined) scalar.source = shown(scalar.source);
	return true;
}

/** A text with its placeholders back. */
export function shown(text: string): string {
	return text.replaceAll(mask, (_, key: string) => `{{${key}}}`);
}
