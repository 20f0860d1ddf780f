import { emulatorOf } from "../vendors/emulators.ts";
import { type Arrived, type Facts, type Story, secondsOf } from "./facts.ts";

/** Something that reached a vendor: a page, or the news of its end. Times are seconds from the start. */
export interface Arrival extends Pick<Arrived, "kind" | "at" | "place" | "kindOfChannel" | "text" | "arrived"> {
	/** How people call the place. */
	readonly where: string;
	/** Whether it is a message, which has no state at its vendor and is not ended there. */
	readonly isMessage: boolean;
	/** When a person answered it. */
	readonly answeredAt?: number;
	readonly resolvedAt?: number;
}

/** Everything that reached the vendors of one occurrence, by its dedup key, or by the reference or the link in its text. */
export function arrivalsOf(facts: Facts, { incident, occurrence }: Story): readonly Arrival[] {
	const prefix = `${incident}:${occurrence}:`;
	return facts.arrivals.filter((each) => isOf(each, prefix)).map((each) => inSeconds(facts, each));
}

const isOf = ({ record, key, text }: Arrived, prefix: string): boolean =>
	record === undefined && key === undefined
		? text.includes(` ref ${prefix}`) || text.includes(`/${prefix}`)
		: (record?.key ?? key ?? "").startsWith(prefix);

/** How people call the place of an arrival. */
export const whereOf = ({ kindOfChannel, place }: Pick<Arrived, "kindOfChannel" | "place">): string =>
	`${emulatorOf(kindOfChannel).place.words} ${place}`;

const inSeconds = (facts: Facts, { record, at, answeredAt, resolvedAt, ...arrival }: Arrived): Arrival => ({
	...arrival,
	where: whereOf(arrival),
	at: secondsOf(facts, at),
	isMessage: record === undefined,
	...(answeredAt === undefined ? {} : { answeredAt: secondsOf(facts, answeredAt) }),
	...(resolvedAt === undefined ? {} : { resolvedAt: secondsOf(facts, resolvedAt) }),
});
