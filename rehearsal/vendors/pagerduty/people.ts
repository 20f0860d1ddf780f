import type { EmulatorClock } from "../../world/clock.ts";
import type { PersonAct } from "../emulator.ts";
import type { PagerDutyIncident } from "./incident.ts";
import type { PagerDutyIncidents } from "./incidents.ts";
import type { PagerDutyService } from "./service.ts";

/** What a person can do with an incident, beside answering it (support.pagerduty.com, "Edit Incidents"). */
export const acts = ["resolve", "snooze", "reassign", "merge"] as const satisfies readonly PersonAct[];

/** The shortest that the web application offers. */
const snoozeMilliseconds = 3_600_000;

/** A person does it with every incident of a service that is open; returns those. Throws Error for what nobody can do at PagerDuty. */
export function actByHand(
	incidents: PagerDutyIncidents,
	clock: EmulatorClock,
	{ what, service, by }: { readonly what: PersonAct; readonly service: PagerDutyService; readonly by: string },
): readonly PagerDutyIncident[] {
	const person = { summary: by, person: true };
	const open = incidents.openAt(service);
	switch (what) {
		case "resolve":
			return open.map((incident) => incidents.change(incident, "resolved", person));
		case "snooze":
			return open.map((incident) => snoozed(incidents, clock, incident, by));
		case "reassign":
			return open.map((incident) => reassigned(incidents, incident, by));
		case "merge":
			return merged(incidents, service, open, by);
		case "delete":
			throw new Error(`PagerDuty: expected ${acts.join(", ")}, got ${what}: nobody can delete an incident`);
	}
}

/** A snoozed incident is acknowledged until the time is over; then it is triggered again. That a triggered one becomes so is an assumption. */
function snoozed(incidents: PagerDutyIncidents, clock: EmulatorClock, incident: PagerDutyIncident, by: string): PagerDutyIncident {
	const isAnswered = incident.status === "acknowledged";
	const asleep = isAnswered ? incident : incidents.change(incident, "acknowledged", { summary: by, person: true });
	clock.spawn(async () => {
		await clock.sleep(snoozeMilliseconds);
		const later = incidents.find(asleep.id);
		if (later?.status === "acknowledged") incidents.retrigger(later, { summary: later.serviceName, person: false });
	});
	return asleep;
}

/** Whoever has it now is notified: it is triggered, though somebody had answered it. */
function reassigned(incidents: PagerDutyIncidents, incident: PagerDutyIncident, by: string): PagerDutyIncident {
	const assigned = { ...incident, assignedTo: "another team" };
	incidents.tell("incident.reassigned", assigned);
	return assigned.status === "acknowledged" ? incidents.retrigger(assigned, { summary: by, person: true }) : assigned;
}

/** Their alerts go to an incident that the person has opened for that, and they are resolved: "merged" is the reason. */
function merged(
	incidents: PagerDutyIncidents,
	service: PagerDutyService,
	open: readonly PagerDutyIncident[],
	by: string,
): readonly PagerDutyIncident[] {
	if (open.length === 0) return [];
	const person = { summary: by, person: true };
	const target = incidents.createOthers(service, "A major incident", person);
	incidents.replace({ ...target, alerts: open.flatMap(({ alerts }) => alerts) });
	return open.map(({ alerts: _moved, ...incident }) =>
		incidents.change({ ...incident, alerts: [], mergedInto: target.id }, "resolved", person),
	);
}
