import { cutText, smsSize } from "./text.ts";

/** What a person typed or another system sent, as one line: nothing in it can begin a line of ours. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ");

/** A text in which a long name is shortened, so that what is said of it is not cut away. */
export function withShortName(text: string, name: string, units: number): string {
	return name.length <= units ? text : text.split(name).join(cutText(name, units));
}

/** What a typewriter has for typographic signs. GSM 03.38 has none of those on the left. */
const typewritten: readonly (readonly [RegExp, string])[] = [
	[/[\u2018-\u201b\u2032\u00b4`]/gu, "'"],
	[/[\u201c-\u201f\u2033\u00ab\u00bb]/gu, '"'],
	[/\u2039/gu, "<"],
	[/\u203a/gu, ">"],
	[/[\u2010-\u2015\u2212]/gu, "-"],
	[/\u2026/gu, "..."],
	[/[\u00a0\u2000-\u200a\u202f\u205f\u3000]/gu, " "],
	[/[\u2022\u00b7]/gu, "*"],
	[/\u00d7/gu, "x"],
	[/\u2192/gu, "->"],
	// A soft hyphen, and spaces without a width.
	[/[\u00ad\u200b\u2060\ufeff]/gu, ""],
];

/** The text without typographic signs, where GSM-7 then holds it: twice as much fits into a message. Letters are never changed. */
export function spelledInGsm(text: string): string {
	const spelled = typewritten.reduce((line, [signs, sign]) => line.replace(signs, sign), text);
	return smsSize(spelled).encoding === "GSM-7" ? spelled : text;
}
