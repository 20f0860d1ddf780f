import { readFileSync } from "node:fs";
import { readFlow } from "../../architect/read.ts";
import { type Answer, type Effect, type Outcome, simulate } from "../../architect/simulate.ts";
import { substitute } from "../../architect/substitute.ts";
import { activeIncidentsTable } from "../../components/genesys/activeIncidents.ts";
import type { Happens } from "../scenario/scenario.ts";
import type { OfflineWorld } from "./offlineWorld.ts";

const file = "examples/flows/announced-outage.yaml";
const text = (): string => readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");

/** A caller is answered by the example's flow, as the organization's data tables are at this moment. Throws Error where the flow cannot be run. */
export function takeCall(
	{ clock, timeline, genesys, settings, queueIds }: OfflineWorld,
	{ queue }: Extract<Happens, { do: "calls" }>,
): void {
	const id = queueIds.get(queue);
	if (id === undefined) throw new Error(`calls: expected a queue of the organization, got "${queue}"`);
	const table = activeIncidentsTable(settings.base);
	const steps = simulate(workflowOf({ table, queue }), {}, { now: clock.now(), entities: { queues: [{ id, name: queue }] } });
	let step = steps.next();
	while (!step.done) step = steps.next({ now: clock.now(), ...answerTo(step.value, genesys) });
	timeline.log({ who: "person", what: "called", ...heard(step.value) });
}

function workflowOf(substitutions: Readonly<Record<string, string>>) {
	const substituted = substitute(text(), substitutions);
	if ("problems" in substituted) throw new Error(`${file}: ${substituted.problems.map(({ message }) => message).join("; ")}`);
	const read = readFlow(substituted.text, file, { asking: true });
	if ("findings" in read) throw new Error(`${file}: ${read.findings.map(({ message }) => message).join("; ")}`);
	return read.workflow;
}

/** A table that was not deployed is the look-up's failure; audio is played and the call is queued. */
function answerTo(effect: Effect, { world }: OfflineWorld["genesys"]): Pick<Answer, "result"> {
	if (effect.kind !== "ask") throw new Error(`${file}: expected no ${effect.kind}`);
	const asked = (next: string | undefined, outputs: Readonly<Record<string, string | number | boolean>> = {}): Pick<Answer, "result"> => ({
		result: { kind: "asked", ...(next === undefined ? {} : { next }), outputs },
	});
	if (effect.type !== "dataTableLookup") return asked(effect.type === "transferToAcd" ? "transferred" : undefined);
	const table = world.dataTables().find(({ name }) => name === effect.subject);
	if (table === undefined) return asked("failure", { errorType: "DataTablesTableNotFoundException" });
	const row = table.rows.get(String(effect.inputs.lookupValue));
	if (row === undefined) return asked("notFound");
	return asked("found", Object.fromEntries(Object.entries(row).flatMap(([name, value]) => (isPlain(value) ? [[name, value]] : []))));
}

const isPlain = (value: unknown): value is string | number | boolean => ["string", "number", "boolean"].includes(typeof value);

/** The announcement by the name of its action. */
function heard({ outcome, exitReason, error, trace }: Outcome): { readonly outcome: string; readonly detail: string } {
	if (outcome === "error") throw new Error(`${file}: the run ended by an error: ${error?.message}`);
	const played = trace.flatMap(({ kind, action }) => (kind === "playAudio" ? [action] : []));
	return { outcome: played.length === 0 ? "nothing announced" : "announced", detail: [...played, exitReason].join(", then ") };
}
