/** What is wrong on the way to a system, as the scenario's verbs have it. */
export type WireFault =
	/** Refuses connections. */
	| { readonly kind: "unreachable" }
	/** Takes the request and never answers; nothing is done. */
	| { readonly kind: "hangs" }
	/** Does the work at once and answers so many seconds later. */
	| { readonly kind: "slow"; readonly seconds: number }
	/** Does the work; its answer is lost on a connection that breaks. */
	| { readonly kind: "drops-answers" }
	/** Answers 200 with a page for people, and nothing is done. */
	| { readonly kind: "answers-html" }
	/** Refuses with 429; `retryAfter` is the header's text for an instant. */
	| { readonly kind: "throttles"; readonly retryAfter: ((now: number) => string) | undefined };

/** Where a fault is: a host, or one of the AWS services `ledger` and `queue`. */
export interface FaultPlace {
	readonly at: readonly string[];
	/** The beginning of the paths that it touches, lower case; all when absent. */
	readonly path?: string | undefined;
}

/** The faults that hold now. Several of one place add up, and each ends by itself. */
export class WireFaults {
	readonly #held = new Set<{ readonly place: FaultPlace; readonly fault: WireFault }>();

	/** Returns the function that ends it. */
	begin(place: FaultPlace, fault: WireFault): () => void {
		const held = { place, fault };
		this.#held.add(held);
		return () => this.#held.delete(held);
	}

	/** The faults of one place, in the order in which they began. */
	of(at: string, path = ""): readonly WireFault[] {
		if (this.#held.size === 0) return none;
		return [...this.#held]
			.filter(({ place }) => place.at.includes(at) && path.toLowerCase().startsWith(place.path ?? ""))
			.map(({ fault }) => fault);
	}
}

const none: readonly WireFault[] = [];

/** What one exchange meets: unreachable before hanging before throttled, the delays added up. */
export interface Exchange {
	readonly unreachable: boolean;
	readonly hangs: boolean;
	readonly throttled: Extract<WireFault, { kind: "throttles" }> | undefined;
	readonly html: boolean;
	readonly slowMilliseconds: number;
	readonly loses: boolean;
}

export function exchangeOf(faults: readonly WireFault[]): Exchange {
	const has = (kind: WireFault["kind"]): boolean => faults.some((fault) => fault.kind === kind);
	return {
		unreachable: has("unreachable"),
		hangs: has("hangs"),
		throttled: faults.find((fault) => fault.kind === "throttles"),
		html: has("answers-html"),
		slowMilliseconds: faults.reduce((sum, fault) => sum + (fault.kind === "slow" ? fault.seconds * 1000 : 0), 0),
		loses: has("drops-answers"),
	};
}

/** A promise that nobody settles: what a killed function waits for. */
export const never = <T>(): Promise<T> => new Promise(() => {});
