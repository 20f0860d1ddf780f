import type { GenesysEvent } from "../genesyscloud/index.ts";
import { emulatedKinds, emulatorOf } from "../vendors/emulators.ts";
import type { Timeline } from "./timeline.ts";
import { type Happening, happenings } from "./timelineEvent.ts";
import type { Trouble } from "./verdict.ts";

/** Tells what only the organization sees of the workflow: its end, and the records that did not reach the ledger. */
export function logWorkflow(event: GenesysEvent, timeline: Timeline, troubles: Trouble[]): void {
	switch (event.kind) {
		case "execution-ended":
			timeline.log({
				who: "workflow",
				what: "workflow-ended",
				...incidentOf(event.inputs, "Flow."),
				outcome: event.error === undefined ? textOf(event.outputs["Flow.outcome"] ?? event.exitReason) : "error",
				...(event.error === undefined ? {} : { detail: event.error }),
			});
			if (event.error !== undefined)
				troubles.push({ at: event.at, resource: `flow ${event.flowName}`, reason: event.error, explainedBy: ["workflows"] });
			return;
		case "data-action": {
			if (event.result === "success") return;
			const resource = `data action ${event.category}/${event.action}`;
			troubles.push({
				at: event.at,
				resource,
				reason: `${event.result}: ${event.detail}`,
				explainedBy: systemsOfCategory(event.category),
			});
			logUnrecorded(event, timeline);
			return;
		}
		case "refused":
			troubles.push({
				at: event.at,
				resource: `client ${event.client ?? "unknown"}`,
				reason: `${event.method} ${event.path}: ${event.status} ${event.code}: ${event.reason}`,
				explainedBy: ["genesys"],
			});
			return;
		case "execution-started":
		case "emergency-group":
			return;
	}
}

/** What the ledger would have told, had it been reached: the workflow did it all the same. */
function logUnrecorded(event: Extract<GenesysEvent, { kind: "data-action" }>, timeline: Timeline): void {
	const { what } = event.inputs;
	const known = happenings.find((word): word is Happening => word === what);
	if (!event.action.startsWith("Record") || known === undefined) return;
	const { channel, tier, attempt, detail } = event.inputs;
	timeline.log({
		who: "workflow",
		what: known,
		...incidentOf(event.inputs, ""),
		...(typeof channel === "string" && channel !== "" ? { channel } : {}),
		...(typeof tier === "number" && tier > 0 ? { tier } : {}),
		...(typeof attempt === "number" && attempt > 0 ? { attempt } : {}),
		detail: [textOf(detail), "not recorded: the ledger was not reached"].filter((part) => part !== "").join("; "),
	});
}

function incidentOf(
	inputs: Readonly<Record<string, unknown>>,
	prefix: string,
): { readonly incident?: string; readonly occurrence?: number } {
	const incident = inputs[`${prefix}incidentKey`];
	const occurrence = inputs[`${prefix}occurrence`];
	return { ...(typeof incident === "string" ? { incident } : {}), ...(typeof occurrence === "number" ? { occurrence } : {}) };
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** Whose fault explains a failing data action: categories are named for their system. A name may begin with another one. */
function systemsOfCategory(category: string): readonly string[] {
	const named = emulatedKinds.map(emulatorOf).filter(({ name }) => `${category} `.includes(` ${name} `));
	const vendor = named.toSorted((one, other) => other.name.length - one.name.length)[0];
	if (vendor !== undefined) return [vendor.system];
	// The remediator and the messenger are functions over the ledger, too.
	const isOurs = [" Ledger", " Remedies", " Messenger"].some((end) => category.endsWith(end));
	return isOurs ? ["ledger", "functions"] : ["genesys"];
}
