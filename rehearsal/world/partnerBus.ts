import type { PartnerEvent } from "../aws/eventBridge.ts";
import type { VirtualClock } from "./clock.ts";

/** What an event takes from Genesys Cloud to the bus; assumed. */
const travelMilliseconds = 1500;

/** The way of events from Genesys Cloud to the account. */
export class PartnerBus {
	readonly #clock: VirtualClock;
	readonly #deliver: (event: PartnerEvent) => void;
	#silences = 0;

	constructor(clock: VirtualClock, deliver: (event: PartnerEvent) => void) {
		this.#clock = clock;
		this.#deliver = deliver;
	}

	/** No event comes until the function that it returns is called. */
	silence(): () => void {
		this.#silences += 1;
		return () => {
			this.#silences -= 1;
		};
	}

	carry(event: PartnerEvent): void {
		if (this.#silences > 0) return;
		this.#clock.after(travelMilliseconds, () => this.#deliver(event));
	}
}
