/**
 * The data path. Open this first: detect → normalize → confirm → deduplicate → dispatch → respond → escalate → resolve.
 * Each function below is one trigger's way through the stages.
 */
import { countReading } from "./confirm/rules.ts";
import { processReading } from "./deduplicate/flow.ts";
import { deduplicate } from "./deduplicate/rules.ts";
import { type PollPorts, pollAll } from "./detect/flow.ts";
import { observeAll } from "./detect/rules.ts";
import { type DispatchPorts, dispatchIncident } from "./dispatch/flow.ts";
import { whyDispatch } from "./dispatch/rules.ts";
import { nextStep } from "./escalate/rules.ts";
import { callsAtOnce, sideBySide } from "./limits/sideBySide.ts";
import { type Delivery, type ListenPorts, listenTo } from "./listen/flow.ts";
import type { SeenWorld } from "./listen/rules.ts";
import type { Reading } from "./model/incident.ts";
import { normalize } from "./normalize/rules.ts";
import { type OverseePorts, overseeAll } from "./oversee/flow.ts";
import type { DispatchMessage, Ports } from "./ports.ts";
import { whyClose } from "./resolve/rules.ts";
import { claim } from "./respond/rules.ts";

export { type AnnouncePorts, announce } from "./announce/flow.ts";
export type { PollPorts } from "./detect/flow.ts";
export type { DispatchPorts } from "./dispatch/flow.ts";
export { readSeen } from "./ledger/seen.ts";
export type { ListenPorts } from "./listen/flow.ts";
export type { OverseePorts } from "./oversee/flow.ts";
export type { PagingPorts } from "./page/flow.ts";
export { answerReadPage, answerSendPage } from "./page/onBehalf.ts";
export { answerApproval } from "./remedy/approve.ts";
export type { RemedyPorts } from "./remedy/flow.ts";
export { answerBegin, answerCheck, answerUndo } from "./remedy/flow.ts";
export { answerLink } from "./respond/acknowledge.ts";
export type { RespondPorts } from "./respond/flow.ts";
export { answerClaim, answerRead, answerRecord, answerRelease } from "./respond/flow.ts";
export { heardFromVendor } from "./respond/heardFromVendor.ts";

/**
 * The stages in order, each by the rule at its heart: pure, in the `rules.ts` of the folder of its name. What acts on it is the `flow.ts` beside
 * it. `page/` and `remedy/` are what a response does, `oversee/` and `group/` what watches over it, `credentials/` what the system is let in with,
 * `announce/` what callers may be told.
 */
export const stages = {
	detect: observeAll,
	normalize,
	confirm: countReading,
	deduplicate,
	dispatch: whyDispatch,
	respond: claim,
	escalate: nextStep,
	resolve: whyClose,
} as const;

/** The schedule's way, every 60 s: **detect → normalize → confirm → deduplicate**. A failed poll is recorded, not thrown: the overseer makes an incident of it. */
export async function poll(ports: PollPorts): Promise<void> {
	await pollAll(ports);
}

/** An event bus's way: **detect** (against what the polls saw) **→ normalize → confirm → deduplicate**. */
export async function listen(ports: ListenPorts, seen: () => Promise<SeenWorld>, delivery: Delivery): Promise<void> {
	await listenTo(ports, seen, delivery);
}

/** A webhook's way: **normalize → confirm → deduplicate**; the reading counts like one poll. */
export async function receive(ports: Pick<Ports, "settings" | "clock" | "journal" | "ledger" | "queue">, reading: Reading): Promise<void> {
	await processReading(ports, reading);
}

/** The same for several readings, each by itself: one that fails keeps no other one back. Throws the first failure once all were tried. */
export async function receiveAll(
	ports: Pick<Ports, "settings" | "clock" | "journal" | "ledger" | "queue">,
	readings: readonly Reading[],
): Promise<void> {
	const failures: unknown[] = [];
	await sideBySide(readings, callsAtOnce, async (reading) => {
		try {
			await processReading(ports, reading);
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
