import { change, readItem } from "../ledger/store.ts";
import { silencesKey } from "../model/keys.ts";
import type { Instant } from "../model/words.ts";
import type { Ports } from "../ports.ts";
import { expiryOf, type SilenceByHand, type SilencesItem, withoutSilence, withSilence } from "./byHand.ts";

/** What a person needs to silence something by hand. */
export interface OperatePorts extends Pick<Ports, "ledger" | "clock"> {
	/** The stack's name. */
	readonly environment: string;
}

/** The silences by hand that are in effect, in the order in which they began. Throws EdgeError. */
export async function listSilences({ ledger, clock, environment }: OperatePorts): Promise<readonly SilenceByHand[]> {
	const item = await readItem<SilencesItem>(ledger, silencesKey(environment));
	return (item?.silences ?? []).filter(({ until }) => clock.now() < until);
}

/** Begins a silence by hand; "full" where there are so many that nobody could survey one more. Throws EdgeError. */
export const beginSilence = (ports: OperatePorts, silence: SilenceByHand): Promise<"begun" | "full"> =>
	changeSilences(ports, (item, now) => withSilence(item, silence, now), "begun", "full");

/** Ends a silence by hand; "unknown" where none of this id is in effect. Throws EdgeError. */
export const endSilence = (ports: OperatePorts, id: string): Promise<"ended" | "unknown"> =>
	changeSilences(ports, (item, now) => withoutSilence(item, id, now), "ended", "unknown");

function changeSilences<R>(
	{ ledger, clock, environment }: OperatePorts,
	next: (item: SilencesItem | undefined, now: Instant) => SilencesItem | undefined,
	done: R,
	refused: R,
): Promise<R> {
	return change<SilencesItem, R>(ledger, silencesKey(environment), (item) => {
		const now = clock.now();
		const write = next(item, now);
		return write === undefined ? { result: refused } : { write, exp: expiryOf(write, now), result: done };
	});
}
