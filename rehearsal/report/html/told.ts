import type { Occurrence } from "../occurrences.ts";
import { type Place, reachedOf } from "../places.ts";
import type { ToldPolicy } from "../policyFacts.ts";
import { instantText, spanText } from "../spans.ts";
import { html, type Markup } from "./markup.ts";

/** One place: what the policy says of it, and what came of it. */
interface Line {
	readonly tier: number;
	readonly name: string;
	readonly planned: string;
	readonly place?: Place | undefined;
}

/** The policy beside what happened: a line for each place that was to be told or was. */
export function toldList(occurrence: Occurrence, policy: ToldPolicy | undefined, begins: string | undefined): Markup {
	const lines = [...plannedLines(policy, occurrence.places), ...otherLines(policy, occurrence.places)];
	if (lines.length === 0) return html`<p>Nobody was told.</p>`;
	return html`<div class="told"><p class="heads" aria-hidden="true"><span>The policy${policy === undefined ? "" : html` <b>${occurrence.policy}</b>`}</span><span>What happened</span></p>
<ol>
${lines.map((line) => lineOf(line, occurrence, begins))}</ol></div>
${policy === undefined ? html`<p class="note">The policy itself is not known here.</p>` : html`<p class="note">${afterwards(policy)}</p>`}`;
}

function plannedLines(policy: ToldPolicy | undefined, places: readonly Place[]): readonly Line[] {
	const { tiers = [], acknowledgeSeconds = 0, proofSeconds = 0 } = policy ?? {};
	return tiers.flatMap(({ name, channels, informs = [] }, index): readonly Line[] => {
		const tier = index + 1;
		const placeOf = (channel: string): Place | undefined => places.find((each) => each.tier === tier && each.channel === channel);
		const when = index === 0 ? "at once" : `after ${spanText(acknowledgeSeconds)} without an answer`;
		return [
			...channels.map((channel, order) => ({
				tier,
				name: `Tier ${tier} ${name}: ${channel.reaches}`,
				planned: order === 0 ? `${when}; proof within ${spanText(proofSeconds)}` : `where ${channels[order - 1]?.name} is not proven`,
				place: placeOf(channel.name),
			})),
			...informs.map((channel) => ({
				tier,
				name: `Tier ${tier} ${name}: ${channel.reaches}`,
				planned: "is informed beside the pages",
				place: placeOf(channel.name),
			})),
		];
	});
}

/** Places that the policy does not have: of another policy, or where nobody knows it. */
function otherLines(policy: ToldPolicy | undefined, places: readonly Place[]): readonly Line[] {
	const isKnown = ({ tier, channel }: Place): boolean => {
		const known = policy?.tiers[tier - 1];
		return [...(known?.channels ?? []), ...(known?.informs ?? [])].some(({ name }) => name === channel);
	};
	const planned = policy === undefined ? "" : "not in this policy";
	return places
		.filter((place) => !isKnown(place))
		.map((place) => ({ tier: place.tier, name: `Tier ${place.tier}: ${place.channel}`, planned, place }));
}

const afterwards = ({ staleSeconds, repeatSeconds, repeatsADay }: ToldPolicy): string =>
	`Whatever happens, what is ${spanText(staleSeconds)} old without an answer goes to the next tier. ${
		repeatsADay === 0
			? "After the last tier nobody is asked again."
			: `${spanText(repeatSeconds)} after the last tier everybody is asked anew, at most ${repeatsADay} times a day.`
	}`;

function lineOf({ name, planned, place }: Line, occurrence: Occurrence, begins: string | undefined): Markup {
	const state = place === undefined ? "unused" : reachedOf(place);
	return html`<li class="${state}"><div class="plan"><b>${name}</b> <span>${planned}</span></div><div class="did"><span class="badge">${badges[state]}</span> ${sentences(place, occurrence, begins).join(" ")}</div></li>
`;
}

const badges = { proven: "proven", presumed: "taken", lost: "never proven", refused: "not reached", unused: "not needed" } as const;

/** What came of a place, a short sentence each. */
function sentences(place: Place | undefined, { openedAt, acknowledgedBy }: Occurrence, begins: string | undefined): readonly string[] {
	if (place === undefined) return ["Nobody had to be told here."];
	const { attempts, failures, reasons, sentAt, provenAt, presumedAt, answeredAt, endSentAt, endProvenAt } = place;
	const at = (seconds: number): string => `at ${instantText(seconds, begins)}`;
	const tries = (count: number): string => `${count} attempt${count === 1 ? "" : "s"}`;
	const why = reasons.length === 0 ? "" : ` (${reasons.join(", ")})`;
	return [
		...(provenAt === undefined ? [] : [`Reached ${at(provenAt)}, ${spanText(provenAt - openedAt)} after the opening.`]),
		...(provenAt === undefined && presumedAt !== undefined ? [`Taken by its carrier ${at(presumedAt)}, which says no more.`] : []),
		...(provenAt === undefined && presumedAt === undefined && sentAt !== undefined ? [`Taken ${at(sentAt)}, not read back.`] : []),
		...(failures === 0 ? [] : [`${failures} of ${tries(attempts)} failed${why}.`]),
		...(answeredAt === undefined ? [] : [`Answered${acknowledgedBy === undefined ? "" : ` by ${acknowledgedBy}`} ${at(answeredAt)}.`]),
		...(endProvenAt === undefined
			? endSentAt === undefined
				? []
				: [`The end was sent ${at(endSentAt)}.`]
			: [`Heard of the end ${at(endProvenAt)}.`]),
	];
}
