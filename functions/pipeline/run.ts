/**
 * The data path. Open this first: detect → normalize → deduplicate → dispatch → respond → escalate → resolve.
 * Each function below is one trigger's way through the stages; each stage's rules are pure and stand in a file of its own.
 */
import { callsAtOnce } from "./families.ts";
import type { Reading } from "./incident.ts";
import { type DispatchPorts, dispatchIncident } from "./launch.ts";
import { type OverseePorts, overseeAll } from "./oversee.ts";
import { type PollPorts, pollAll } from "./poll.ts";
import type { DispatchMessage, Ports } from "./ports.ts";
import { sideBySide } from "./sideBySide.ts";
import { takeReading } from "./take.ts";

export { answerLink } from "./acknowledge.ts";
export { answerApproval } from "./approve.ts";
export type { PollPorts } from "./poll.ts";
export { answerBegin, answerCheck, answerUndo } from "./remedy.ts";
export { answerClaim, answerRead, answerRecord, answerRelease } from "./respond.ts";

/** The stages in order, with the file that holds each one's rules. */
export const stages = {
	detect:
		"poll.ts, look.ts, detection.ts and a file for each condition, topology.ts, counting.ts, streakShard.ts, streak.ts, flapping.ts, acts.ts, health.ts",
	normalize: "normalize.ts; normalize/formats.ts and a file for each format of the webhook",
	deduplicate: "deduplicate.ts, keys.ts",
	dispatch: "dispatch.ts, leases.ts",
	respond: "claim.ts, pages.ts, remediate.ts, flight.ts",
	escalate: "escalate.ts",
	resolve: "resolve.ts",
} as const;

/** The schedule's way, every 60 s: **detect → normalize → deduplicate**. A failed poll is recorded, not thrown: the overseer makes an incident of it. */
export async function poll(ports: PollPorts): Promise<void> {
	await pollAll(ports);
}

/** A webhook's or an event bus's way: **normalize → deduplicate**; the reading counts like one poll. */
export async function receive(ports: Pick<Ports, "settings" | "clock" | "journal" | "ledger" | "queue">, reading: Reading): Promise<void> {
	await takeReading(ports, reading);
}

/** The same for several readings, each by itself: one that fails keeps no other one back. Throws the first failure once all were tried. */
export async function receiveAll(
	ports: Pick<Ports, "settings" | "clock" | "journal" | "ledger" | "queue">,
	readings: readonly Reading[],
): Promise<void> {
	const failures: unknown[] = [];
	await sideBySide(readings, callsAtOnce, async (reading) => {
		try {
			await takeReading(ports, reading);
		} catch (error) {
			failures.push(error);
		}
	});
	if (failures.length > 0) throw failures[0];
}

/** The queue's way: **dispatch**. */
export async function dispatch(ports: DispatchPorts, message: DispatchMessage): Promise<void> {
	await dispatchIncident(ports, message);
}

/** The minute's way: **respond** (where the workflow cannot) **→ escalate → resolve**. */
export async function oversee(ports: OverseePorts): Promise<void> {
	await overseeAll(ports);
}
