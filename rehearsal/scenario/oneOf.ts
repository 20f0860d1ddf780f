import { nearestOf } from "../../architect/names.ts";

/** More names than these are counted only. */
const mostNames = 80;

/** All that is allowed, once each, with what was probably meant first. */
export function nearestFirst(name: string, allowed: readonly string[]): readonly string[] {
	const nearest = nearestOf(name, allowed);
	return [...new Set([...(nearest === undefined ? [] : [nearest]), ...allowed])];
}

/** What a message expects in the place of a name that is unknown. */
export function expectedOneOf(name: string, allowed: readonly string[]): string {
	const names = nearestFirst(name, allowed);
	if (names.length === 0) return "none, since there are none";
	const more = names.length > mostNames ? [`and ${names.length - mostNames} more`] : [];
	return `one of ${[...names.slice(0, mostNames), ...more].join(", ")}`;
}
