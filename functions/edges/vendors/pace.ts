import type { Call } from "../../../vendors/call.ts";
import type { Clock } from "../../pipeline/ports.ts";
import type { Timers } from "../timers.ts";

/** When a call may be made again of those that a vendor takes only so often, by whoever makes them. */
const freeAt = new WeakMap<object, number>();

/** Waits until a call may be made that its vendor takes only every so many milliseconds; others at the same time wait their turn. */
export async function keepPace(
	caller: { readonly clock?: Clock; readonly timers?: Pick<Timers, "sleep"> },
	{ everyMilliseconds }: Pick<Call, "everyMilliseconds">,
): Promise<void> {
	const { clock, timers } = caller;
	if (everyMilliseconds === undefined || clock === undefined || timers === undefined) return;
	const now = clock.now();
	const at = Math.max(now, freeAt.get(caller) ?? 0);
	freeAt.set(caller, at + everyMilliseconds);
	if (at > now) await timers.sleep(at - now);
}
