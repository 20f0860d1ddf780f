import { changeIncident, decideCurrent } from "../ledger/incidents.ts";
import { freeLease } from "../ledger/leases.ts";
import { change, readItem } from "../ledger/store.ts";
import { acquireLease, type LeaseReason, type Leases, leaseSeconds } from "../limits/leases.ts";
import { isDrill } from "../model/drill.ts";
import type { Incident } from "../model/incident.ts";
import { leasesKey } from "../model/keys.ts";
import { about, failureOf, type PagingPorts, sendPage } from "../page/flow.ts";
import type { DispatchMessage, Ports } from "../ports.ts";
import { policyNameOf, policyOf } from "../route/policy.ts";
import type { Limits } from "../settings.ts";
import { type DispatchReason, leaseRetrySeconds, wantsLaunch, whyDispatch, withExecution, withLaunch, workflowInputs } from "./rules.ts";

export type DispatchPorts = PagingPorts & Pick<Ports, "queue" | "workflows" | "newId">;

/** Takes one message to a running workflow, or to a first page and another turn. Throws EdgeError where a later delivery may succeed. */
export async function dispatchIncident(ports: DispatchPorts, message: DispatchMessage): Promise<void> {
	const { ledger, journal, newId } = ports;
	const incident = await readItem<Incident>(ledger, message.incidentKey);
	const reason = whyDispatch(incident, message);
	if (incident === undefined || !wantsLaunch(reason)) {
		journal.log({ what: "workflow-refused", incident: message.incidentKey, occurrence: message.occurrence, outcome: reason });
		return;
	}
	const launchId = newId();
	if ((await lease(ports, incident, launchId)) === "none-free") return waitForTurn(ports, incident, message);
	journal.log({ what: "lease-taken", ...about(incident), outcome: reason });
	const intent = await intendLaunch(ports, message, launchId);
	if (intent.incident === undefined) return releaseLaunch(ports, incident, launchId, intent.reason);
	// The execution of a lost launch, if there is one, will be refused: its lease is not in use.
	if (intent.lost !== undefined) await releaseLaunch(ports, incident, intent.lost, "launch-lost");
	await launch(ports, intent.incident, launchId);
}

interface LaunchIntent {
	readonly reason: DispatchReason;
	/** Absent where somebody was faster. */
	readonly incident?: Incident;
	/** The launch that this one replaces. */
	readonly lost?: string;
}

function intendLaunch(ports: DispatchPorts, message: DispatchMessage, launchId: string): Promise<LaunchIntent> {
	return decideCurrent<LaunchIntent>(ports, message.incidentKey, (current) => {
		const reason = whyDispatch(current, message);
		if (current === undefined || !wantsLaunch(reason)) return { result: { reason } };
		const incident = withLaunch(current, launchId, ports.clock.now());
		const lost = current.launch === undefined ? {} : { lost: current.launch.id };
		return { write: incident, result: { reason, incident, ...lost } };
	});
}

async function lease(ports: DispatchPorts, incident: Incident, launchId: string): Promise<LeaseReason> {
	const { ledger, clock, settings } = ports;
	const now = clock.now();
	const wanted = { launchId, incidentKey: incident.key, until: now + leaseSeconds(policyOf(settings, incident)) * 1000 };
	return change<Leases, LeaseReason>(ledger, leasesKey(settings.environment), (leases) => {
		const { leases: next, reason } = acquireLease(leases, wanted, mostLeases(incident, settings.limits), now);
		return reason === "granted" ? { write: next, result: reason } : { result: reason };
	});
}

/** Drills leave half of the leases to failures. */
const mostLeases = (incident: Incident, { incidentsInResponse }: Pick<Limits, "incidentsInResponse">): number =>
	isDrill(incident) ? Math.max(1, Math.floor(incidentsInResponse / 2)) : incidentsInResponse;

/**
 * No lease is free: the first page is sent here and now, and the incident gets another turn as a new message, so that no receive count is used up.
 * The journal tells of its first turn only: it asks often.
 */
async function waitForTurn(ports: DispatchPorts, incident: Incident, message: DispatchMessage): Promise<void> {
	const { clock, journal, queue, settings } = ports;
	const isFirst = incident.waitingSince === undefined;
	if (isFirst) journal.log({ what: "lease-refused", ...about(incident), outcome: "none-free" });
	await changeIncident(ports, incident, (item) => (item.waitingSince === undefined ? { ...item, waitingSince: clock.now() } : undefined));
	const channel = policyOf(settings, incident).tiers[0]?.channels[0];
	if (channel !== undefined && incident.pages.length === 0) await sendPage(ports, incident, { tier: 1, channel }, "dispatcher", "once");
	const seconds = leaseRetrySeconds(incident);
	await queue.send(message, seconds);
	if (isFirst) journal.log({ what: "queued", ...about(incident), detail: `again in ${seconds} s, for a lease` });
}

async function launch(ports: DispatchPorts, incident: Incident, launchId: string): Promise<void> {
	const { workflows, journal, settings } = ports;
	try {
		const name = `${incident.key}:${incident.occurrence}`;
		const executionId = await workflows.launch(policyNameOf(settings, incident), workflowInputs(settings, incident, launchId), name);
		journal.log({ what: "workflow-launched", ...about(incident), detail: executionId });
		await changeIncident(ports, incident, (item) => withExecution(item, launchId, executionId));
	} catch (error) {
		const failure = failureOf(error);
		journal.log({
			what: "error",
			...about(incident),
			outcome: failure.reason,
			detail: `the workflow was not launched: ${failure.message}`,
		});
		// After a timeout it may be running all the same and would claim with this launch: its lease then ends by itself.
		if (failure.reason !== "timeout" && failure.reason !== "unreachable") await releaseLaunch(ports, incident, launchId, failure.reason);
		if (failure.retry) throw failure;
	}
}

async function releaseLaunch(ports: DispatchPorts, incident: Incident, launchId: string, outcome: string): Promise<void> {
	if (await freeLease(ports, launchId)) ports.journal.log({ what: "lease-released", ...about(incident), outcome });
}
