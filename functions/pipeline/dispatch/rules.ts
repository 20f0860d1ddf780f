import { fingerprint } from "../model/fingerprint.ts";
import type { Incident, Instant, Launch } from "../model/incident.ts";
import { pageTexts } from "../page/texts.ts";
import type { TextSettings } from "../page/told.ts";
import { childrenText, nameOf } from "../page/words.ts";
import type { DispatchMessage, WorkflowInputs } from "../ports.ts";

export type DispatchReason =
	| "launch"
	/** A launch was written and neither recorded nor claimed: the dispatcher died between the two. A new launch id makes the old execution a stranger. */
	| "launch-again"
	| "unknown-incident"
	| "other-occurrence"
	| "not-open"
	| "acknowledged"
	| "already-launched"
	/** Its group pages for it. */
	| "grouped"
	/** Nobody is told of it now; the overseer queues it again when that ends. */
	| "silenced"
	| "taken-over";

/** Whether an incident still wants its workflow: one running workflow per open incident, however often it is dispatched. */
export function whyDispatch(incident: Incident | undefined, message: DispatchMessage): DispatchReason {
	if (incident === undefined) return "unknown-incident";
	if (incident.occurrence !== message.occurrence) return "other-occurrence";
	if (incident.state !== "open") return "not-open";
	if (incident.memberOf !== undefined) return "grouped";
	if (incident.silenced !== undefined) return "silenced";
	if (incident.acknowledged !== undefined) return "acknowledged";
	if (incident.takenOver !== undefined) return "taken-over";
	const { launch } = incident;
	if (launch === undefined) return "launch";
	return launch.executionId !== undefined || launch.claimedAt !== undefined ? "already-launched" : "launch-again";
}

export const wantsLaunch = (reason: DispatchReason): boolean => reason === "launch" || reason === "launch-again";

/** How long a waiting incident waits for its next turn: a lease that becomes free is idle for no longer. */
const turnSeconds = 20;
const shortestTurnSeconds = 5;

/**
 * How long until an incident asks for a lease again. The first time it is spread by its key: of many that wait, one asks soon whenever a lease becomes
 * free.
 */
export const leaseRetrySeconds = ({ key, waitingSince }: Pick<Incident, "key" | "waitingSince">): number =>
	waitingSince === undefined ? shortestTurnSeconds + (fingerprint(key) % (turnSeconds - shortestTurnSeconds + 1)) : turnSeconds;

/** The intent of a launch, written before the launch itself. */
export function withLaunch(incident: Incident, launchId: string, now: Instant): Incident {
	const { waitingSince, ...rest } = incident;
	return { ...rest, ...(waitingSince === undefined ? {} : { waitedUntil: now }), launch: { id: launchId, at: now } };
}

/** Joins the execution's id to the launch that it belongs to; a newer launch keeps its own. */
export function withExecution(incident: Incident, launchId: string, executionId: string): Incident | undefined {
	const { launch } = incident;
	return launch?.id === launchId ? { ...incident, launch: { ...launch, executionId } satisfies Launch } : undefined;
}

/** What the workflow is told of its incident, its page's texts included: flat, and never a key or a secret. */
export function workflowInputs(settings: TextSettings, incident: Incident, launchId: string): WorkflowInputs {
	const { summary, shortText, title, body, spoken } = pageTexts({ settings, incident });
	return {
		"Flow.launchId": launchId,
		"Flow.incidentKey": incident.key,
		"Flow.occurrence": incident.occurrence,
		"Flow.condition": incident.condition,
		"Flow.entityId": incident.entityId,
		"Flow.entityName": nameOf(incident),
		"Flow.severity": incident.severity,
		"Flow.summary": summary,
		"Flow.shortText": shortText,
		"Flow.title": title,
		"Flow.body": body,
		"Flow.spoken": spoken,
		"Flow.reason": incident.reading.reason,
		"Flow.children": childrenText(incident),
		"Flow.openedAt": new Date(incident.openedAt).toISOString(),
		"Flow.environment": incident.environment,
	};
}
