/**
 * The data path. Open this first: detect → normalize → deduplicate → dispatch → respond → escalate → resolve.
 * Each function below is one trigger's way through the stages; each stage's rules are pure and stand in a file of its own.
 */
import { detectTrunks } from "./detect.ts";
import { afterPoll, type PollerHealth } from "./health.ts";
import type { Reading } from "./incident.ts";
import { pollerKey } from "./keys.ts";
import { type DispatchPorts, dispatchIncident } from "./launch.ts";
import { normalizeTrunk } from "./normalize.ts";
import { type OverseePorts, overseeAll } from "./oversee.ts";
import { failureOf } from "./paging.ts";
import type { DispatchMessage, Ports, TrunkInstance } from "./ports.ts";
import { change } from "./store.ts";
import { takeReading } from "./take.ts";

export { answerApproval } from "./approve.ts";
export { answerBegin, answerCheck, answerUndo } from "./remedy.ts";
export { answerClaim, answerRead, answerRecord, answerRelease } from "./respond.ts";

/** The stages in order, with the file that holds each one's rules. */
export const stages = {
	detect: "detect.ts, streak.ts, health.ts",
	normalize: "normalize.ts",
	deduplicate: "deduplicate.ts, keys.ts",
	dispatch: "dispatch.ts, leases.ts",
	respond: "claim.ts, pages.ts, remediate.ts, flight.ts",
	escalate: "escalate.ts",
	resolve: "resolve.ts",
} as const;

export type PollPorts = Pick<Ports, "settings" | "clock" | "journal" | "ledger" | "queue" | "trunks">;

/** The schedule's way, every 60 s: **detect → normalize → deduplicate**. A failed poll is recorded, not thrown: the overseer makes an incident of it. */
export async function poll(ports: PollPorts): Promise<void> {
	const { settings, clock } = ports;
	const runbook = settings.runbooks["trunk-down"];
	if (runbook?.enabled !== true) return;
	const instances = await look(ports);
	for (const observation of detectTrunks(instances)) {
		await takeReading(ports, normalizeTrunk(observation, runbook.severity, clock.now()));
	}
}

async function look({ trunks, ledger, settings, clock, journal }: PollPorts): Promise<readonly TrunkInstance[]> {
	const report = (failed: Parameters<typeof afterPoll>[1]): Promise<undefined> =>
		change<PollerHealth, undefined>(ledger, pollerKey(settings.environment), (health) => ({
			write: afterPoll(health, failed, clock.now()),
			result: undefined,
		}));
	try {
		const seen = await trunks.trunks();
		await report(undefined);
		return seen;
	} catch (error) {
		const failure = failureOf(error);
		journal.tell({ what: "alarm", outcome: failure.reason, detail: `the trunks could not be read: ${failure.message}` });
		await report({ reason: failure.reason, detail: failure.message });
		return [];
	}
}

/** A webhook's or an event bus's way: **normalize → deduplicate**; the reading counts like one poll. */
export async function receive(ports: Pick<Ports, "settings" | "clock" | "journal" | "ledger" | "queue">, reading: Reading): Promise<void> {
	await takeReading(ports, reading);
}

/** The queue's way: **dispatch**. */
export async function dispatch(ports: DispatchPorts, message: DispatchMessage): Promise<void> {
	await dispatchIncident(ports, message);
}

/** The minute's way: **respond** (where the workflow cannot) **→ escalate → resolve**. */
export async function oversee(ports: OverseePorts): Promise<void> {
	await overseeAll(ports);
}
