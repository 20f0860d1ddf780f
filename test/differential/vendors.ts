import type { FailureReason, PageReading } from "../../functions/pipeline/ports.ts";
import type { Channel } from "../../functions/pipeline/settings.ts";
import { settingOf } from "../../vendors/settings.ts";
import { type Case, type Fate, placeOf } from "./generators.ts";

/** Seconds since the opening. */
export type Seconds = number;

export type SendAnswer = { readonly receipt: string } | { readonly refused: FailureReason };

/** One channel of one tier, known by whom it reaches. */
export interface Place {
	readonly key: string;
	readonly tier: number;
	readonly channel: Channel;
}

interface Page {
	readonly acceptedAt: Seconds;
	readonly readableAt: Seconds | undefined;
	readonly acknowledgedAt: Seconds | undefined;
}

const addressOf = (channel: Channel): string => (channel.kind === "sms" ? channel.to : settingOf(channel, "service"));

/** PagerDuty and Twilio as far as a policy can tell: each place goes its way, whoever pages it. */
export class Vendors {
	readonly #now: () => Seconds;
	readonly #fates: Case["fates"];
	readonly #places: ReadonlyMap<string, Place>;
	readonly #attempts = new Map<string, number>();
	readonly #pages = new Map<string, Page>();
	readonly #taken = new Map<string, number>();

	constructor({ policy, fates }: Case, now: () => Seconds) {
		this.#now = now;
		this.#fates = fates;
		this.#places = new Map(
			policy.tiers.flatMap(({ channels }, index) =>
				channels.map((channel) => [addressOf(channel), { key: placeOf(index + 1, channel.name), tier: index + 1, channel }] as const),
			),
		);
	}

	/** The place that a service or a number belongs to. */
	at(address: string): Place {
		const place = this.#places.get(address);
		if (place === undefined) throw new Error(`Expected a service or number of the policy, got ${address}`);
		return place;
	}

	of(channel: Channel): Place {
		return this.at(addressOf(channel));
	}

	/** The same page again is the page that is there already. */
	send({ key }: Place): SendAnswer {
		const fate = this.#fate(key);
		const attempt = (this.#attempts.get(key) ?? 0) + 1;
		this.#attempts.set(key, attempt);
		const refused = "until" in fate.refuses ? this.#now() < fate.refuses.until : attempt <= fate.refuses.attempts;
		if (refused) return { refused: fate.failure };
		this.#taken.set(key, (this.#taken.get(key) ?? 0) + 1);
		if (!this.#pages.has(key)) this.#pages.set(key, pageOf(fate, this.#now()));
		return { receipt: `receipt-${key}` };
	}

	read({ key, channel }: Place): PageReading {
		const page = this.#pages.get(key);
		if (page === undefined) return { state: "absent" };
		const receipt = `receipt-${key}`;
		const now = this.#now();
		if (page.readableAt === undefined || now < page.readableAt) {
			return channel.kind === "sms" ? { state: this.#fate(key).smsBefore, receipt } : { state: "absent" };
		}
		const acknowledged = page.acknowledgedAt !== undefined && now >= page.acknowledgedAt;
		return acknowledged ? { state: "acknowledged", receipt, by: "the person on call" } : { state: "delivered", receipt };
	}

	acceptedAt(key: string): Seconds | undefined {
		return this.#pages.get(key)?.acceptedAt;
	}

	/** By place, for those that can be or could have been read back from then on. */
	readableAt(): Readonly<Record<string, Seconds>> {
		return Object.fromEntries([...this.#pages].flatMap(([key, { readableAt }]) => (readableAt === undefined ? [] : [[key, readableAt]])));
	}

	/** By place: how often the vendor took a page; a phone rings each time. */
	taken(): Readonly<Record<string, number>> {
		return Object.fromEntries(this.#taken);
	}

	/** The first acknowledgement by a person, of what has been sent so far: when, and where. */
	acknowledged(): { readonly at: Seconds; readonly place: Place } | undefined {
		const found = [...this.#places.values()].flatMap((place) => {
			const at = this.#pages.get(place.key)?.acknowledgedAt;
			return at === undefined ? [] : [{ at, place }];
		});
		return found.toSorted((one, other) => one.at - other.at)[0];
	}

	#fate(key: string): Fate {
		const fate = this.#fates[key];
		if (fate === undefined) throw new Error(`Expected a fate of ${key}, got none`);
		return fate;
	}
}

function pageOf({ readableAfter, acknowledgedAfter }: Fate, acceptedAt: Seconds): Page {
	const readableAt = readableAfter === undefined ? undefined : acceptedAt + readableAfter;
	const acknowledgedAt = readableAt === undefined || acknowledgedAfter === undefined ? undefined : readableAt + acknowledgedAfter;
	return { acceptedAt, readableAt, acknowledgedAt };
}
