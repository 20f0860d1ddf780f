import type { Occurrence } from "../occurrences.ts";
import { type Place, reachedOf } from "../places.ts";
import { spanText } from "../spans.ts";

/** What became of an incident, in sentences for whoever comes in the morning after. */
export function briefOf(occurrence: Occurrence): string {
	return [...paging(occurrence), ...answer(occurrence), ...end(occurrence)].join(" ");
}

function paging({ places, provenAt, openedAt, group }: Occurrence): readonly string[] {
	if (group !== undefined) return ["It is a member of a group incident, which pages for it."];
	const pages = places.filter(({ informs }) => !informs);
	if (pages.length === 0) return ["Nobody was told."];
	const of = (state: ReturnType<typeof reachedOf>): readonly Place[] => pages.filter((place) => reachedOf(place) === state);
	const counts = [
		[of("proven"), "proven"],
		[of("presumed"), "taken by a carrier that says no more"],
		[of("lost"), "taken and never proven"],
		[of("refused"), "not reached"],
	] as const;
	const said = counts.flatMap(([found, word]) => (found.length === 0 ? [] : [`${found.length} ${word} (${namesOf(found)})`]));
	const told = `${pages.length} place${pages.length === 1 ? " was" : "s were"} paged: ${said.join(", ")}.`;
	if (provenAt === undefined) return [told, "No page is proven to have reached anybody."];
	const first = pages.find((place) => place.provenAt === provenAt);
	const where = first === undefined ? "The first" : `The first, ${nameOf(first)},`;
	return [told, `${where} was proven ${spanText(provenAt - openedAt)} after it opened.`];
}

const nameOf = ({ channel, tier }: Place): string => `${channel} of tier ${tier}`;

const namesOf = (places: readonly Place[]): string => {
	const names = places.slice(0, 4).map(nameOf);
	return places.length > names.length ? `${names.join(", ")} and ${places.length - names.length} more` : names.join(", ");
};

function answer({ acknowledgedAt, acknowledgedBy = "Somebody", openedAt, events }: Occurrence): readonly string[] {
	const backstop = events.find(({ what }) => what === "taken-over");
	const over =
		backstop === undefined
			? []
			: [`The overseer took over from the workflow (${backstop.outcome ?? backstop.detail ?? "it did not go on"}).`];
	if (acknowledgedAt === undefined) return [...over, "Nobody acknowledged it."];
	return [...over, `${acknowledgedBy} acknowledged it after ${spanText(acknowledgedAt - openedAt)}.`];
}

function end({ recoveredAt, resolvedAt, openedAt, places }: Occurrence): readonly string[] {
	if (recoveredAt === undefined && resolvedAt === undefined) return ["It was not over when this story ends."];
	const over = recoveredAt === undefined ? "" : `The failure was over after ${spanText(recoveredAt - openedAt)}`;
	const told = places.filter((place) => !place.informs && reachedOf(place) !== "refused");
	const deaf = told.filter(({ endSentAt, endProvenAt }) => endSentAt === undefined && endProvenAt === undefined);
	if (resolvedAt === undefined) return [`${over}, and not everybody has heard of it.`];
	if (told.length === 0) return [`${over === "" ? "It was closed" : over}.`];
	if (deaf.length > 0) return [`${over === "" ? "It was closed" : over}; ${namesOf(deaf)} did not hear of it.`];
	return [
		`${over === "" ? "It was closed" : over}, and all who were told heard of it within ${spanText(resolvedAt - (recoveredAt ?? openedAt))}.`,
	];
}
