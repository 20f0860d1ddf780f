import type { PollerHealth } from "../detect/health.ts";
import { changeIncident, decideIncident, type IncidentPorts, type IncidentRef, readIncident } from "../ledger/incidents.ts";
import { freeLease } from "../ledger/leases.ts";
import { readItem } from "../ledger/store.ts";
import type { Incident } from "../model/incident.ts";
import { pollerKey } from "../model/keys.ts";
import type { OperatorAct } from "../model/operatorAct.ts";
import { about } from "../page/flow.ts";
import type { Entry, Ports } from "../ports.ts";
import { logRouted } from "../route/flow.ts";
import { type Asked, type Operated, operate, withAct } from "./rules.ts";

/** How an act is carried out: `look` says what would happen, and writes nothing. */
export type OperateHow = "do" | "look";

/** Carries out an operator's act on one occurrence, on whatever version of it stands. Throws EdgeError. */
export async function carryOutAct(ports: IncidentPorts, ref: IncidentRef, asked: Asked, how: OperateHow): Promise<Operated> {
	const { ledger, settings, clock } = ports;
	const health = await readItem<PollerHealth>(ledger, pollerKey(settings.environment));
	const rule = (incident: Incident | undefined): Operated => operate(incident, asked, { settings, health }, clock.now());
	if (how === "look") return rule(await readIncident(ports, ref));
	return decideIncident(ports, ref, (incident) => {
		const operated = rule(incident);
		return { write: operated.incident, result: operated };
	});
}

/** Writes down what was done with a message of an incident; nothing where there is no such occurrence. Throws EdgeError. */
export async function recordAct(ports: IncidentPorts, ref: IncidentRef, act: Omit<OperatorAct, "at" | "told">): Promise<void> {
	await changeIncident(ports, ref, (incident) => withAct(incident, { ...act, at: ports.clock.now() }));
}

type TellPorts = IncidentPorts & Pick<Ports, "journal">;

/**
 * The overseer's: tells in the journal what operators did since its last visit, and gives back the lease of a workflow that a new round has
 * replaced. Told before it is marked: twice rather than never. Returns the incident as it then stands.
 */
export async function tellActs(ports: TellPorts, incident: Incident): Promise<Incident> {
	const untold = (incident.acts ?? []).filter(({ told }) => told === undefined);
	if (untold.length === 0) return incident;
	for (const act of untold) {
		ports.journal.log({ ...about(incident), ...entryOf(act) });
		if (act.did === "told-again") await afterRound(ports, incident);
	}
	const isTold = ({ at, did }: OperatorAct): boolean => untold.some((act) => act.at === at && act.did === did);
	const told = await changeIncident(ports, incident, ({ acts = [], ...item }) => ({
		...item,
		acts: acts.map((act) => (isTold(act) ? { ...act, told: true as const } : act)),
	}));
	return told ?? incident;
}

async function afterRound(ports: TellPorts, incident: Incident): Promise<void> {
	logRouted(ports, incident);
	const { launch } = incident;
	if (launch !== undefined && (await freeLease(ports, launch.id)))
		ports.journal.log({ what: "lease-released", ...about(incident), outcome: "by-overseer" });
}

function entryOf({ did, by, why, round }: OperatorAct): Pick<Entry, "what" | "outcome" | "detail"> {
	const who = `by ${by}, by hand: ${why}`;
	switch (did) {
		case "acknowledged":
			return { what: "acknowledged", outcome: "by-hand", detail: who };
		case "noted":
			return { what: "acknowledged", outcome: "resolved", detail: who };
		case "resolved":
			return { what: "recovered", outcome: "by-hand", detail: who };
		case "told-again":
			return { what: "repeated", outcome: "by-hand", detail: `round ${round} of the policy, ${who}` };
		case "redriven":
		case "dropped":
			return { what: "operated", outcome: did, detail: who };
	}
}
