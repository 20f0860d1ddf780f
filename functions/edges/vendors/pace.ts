import type { Call } from "../../../vendors/call.ts";
import type { Clock } from "../../pipeline/ports.ts";
import { failure } from "../http/http.ts";
import type { Timers } from "../timers.ts";

/** When a call may be made again of those that a vendor takes only so often, by whoever makes them. */
const freeAt = new WeakMap<object, number>();

/** Whoever would wait longer for a turn has others to look after: the next tick has a turn for it. */
const patienceMilliseconds = 5_000;

/**
 * Waits until a call may be made that its vendor takes only every so many milliseconds; others at the same time wait their turn. Throws EdgeError
 * "budget-spent" where that turn is too far away: nothing was sent then.
 */
export async function keepPace(
	caller: { readonly clock?: Clock; readonly timers?: Pick<Timers, "sleep"> },
	{ everyMilliseconds }: Pick<Call, "everyMilliseconds">,
): Promise<void> {
	const { clock, timers } = caller;
	if (everyMilliseconds === undefined || clock === undefined || timers === undefined) return;
	const now = clock.now();
	const at = Math.max(now, freeAt.get(caller) ?? 0);
	if (at - now > patienceMilliseconds)
		throw failure(
			"budget-spent",
			`pace: expected a turn within ${patienceMilliseconds / 1000} s, got one in ${Math.ceil((at - now) / 1000)} s`,
		);
	freeAt.set(caller, at + everyMilliseconds);
	if (at > now) await timers.sleep(at - now);
}
