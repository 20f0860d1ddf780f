import { setTimeout as wait } from "node:timers/promises";
import type { EmulatorClock } from "../../../rehearsal/world/clock.ts";

/** Time of the policy, in milliseconds from the start of the schedule: real time, `scale` times as fast. */
export class PolicyTime implements EmulatorClock {
	readonly #scale: number;
	readonly #signal: AbortSignal;
	#origin = Date.now();

	/** What waits ends with the signal's reason once it aborts. */
	constructor(scale: number, signal: AbortSignal) {
		this.#scale = scale;
		this.#signal = signal;
	}

	/** The schedule starts now. */
	begin(): void {
		this.#origin = Date.now();
	}

	now(): number {
		return (Date.now() - this.#origin) * this.#scale;
	}

	get seconds(): number {
		return this.now() / 1000;
	}

	async sleep(milliseconds: number): Promise<void> {
		await wait(Math.max(0, milliseconds / this.#scale), undefined, { signal: this.#signal });
	}

	async until(atSeconds: number): Promise<void> {
		await this.sleep(atSeconds * 1000 - this.now());
	}

	spawn(work: () => Promise<void>): void {
		work().catch((error: unknown) => {
			if (!this.#signal.aborted) throw error;
		});
	}
}
