import type { EmulatorClock } from "../../world/clock.ts";
import type { PagerDutyEvent } from "./events.ts";
import { type Agent, alertOf, holds, incidentOf, isOpen, othersIncident, type PagerDutyIncident } from "./incident.ts";
import type { PagerDutyService } from "./service.ts";
import type { PagerDutyEventType, PagerDutyWebhooks } from "./webhooks.ts";

/** What becomes of an event that would make an incident. */
export type Intake = "incident" | "dropped" | "grouped";

/** The incidents of an account, each change of which its webhooks tell. */
export class PagerDutyIncidents {
	readonly #clock: EmulatorClock;
	readonly #webhooks: PagerDutyWebhooks;
	readonly #all: PagerDutyIncident[] = [];

	constructor(clock: EmulatorClock, webhooks: PagerDutyWebhooks) {
		this.#clock = clock;
		this.#webhooks = webhooks;
	}

	/** In the order of their creation. */
	all(): readonly PagerDutyIncident[] {
		return [...this.#all];
	}

	openAt(service: PagerDutyService): readonly PagerDutyIncident[] {
		return this.#all.filter((each) => each.serviceId === service.id && isOpen(each));
	}

	/** Keys correlate within one service; an acknowledge or a resolve with nothing open is dropped. */
	process(service: PagerDutyService, event: PagerDutyEvent, key: string, intake: Intake): void {
		const open = this.openAt(service).find((each) => holds(each, key));
		const itself = { summary: service.name, person: false };
		if (event.action === "trigger") {
			if (open !== undefined) this.replace({ ...open, triggers: open.triggers + 1 });
			else this.#takeIn(service, event, key, intake);
		} else if (open !== undefined && event.action === "resolve") {
			this.#resolveAlert(open, key, itself);
		} else if (open?.status === "triggered") {
			this.change(open, "acknowledged", itself);
		}
	}

	#takeIn(service: PagerDutyService, event: PagerDutyEvent, key: string, intake: Intake): void {
		if (intake === "dropped") return;
		const made = this.#made(service);
		const group = intake === "grouped" ? this.openAt(service).at(-1) : undefined;
		if (group === undefined) this.create(incidentOf(made, event, key));
		else this.replace({ ...group, alerts: [...group.alerts, alertOf(event, key, made.createdAt)] });
	}

	/** An incident is over once all of its alerts are (support.pagerduty.com, "Alerts"). */
	#resolveAlert(incident: PagerDutyIncident, key: string, by: Agent): void {
		const alerts = incident.alerts.map((alert) => (alert.key === key ? { ...alert, isResolved: true } : alert));
		const changed = this.replace({ ...incident, alerts });
		if (alerts.every(({ isResolved }) => isResolved)) this.change(changed, "resolved", by);
	}

	#made({ id, name }: PagerDutyService) {
		return { number: this.#all.length + 1, serviceId: id, serviceName: name, createdAt: this.#clock.now() };
	}

	/** An incident of something else: nobody's page of ours. */
	createOthers(service: PagerDutyService, title: string, by: Agent): PagerDutyIncident {
		return this.create(othersIncident(this.#made(service), title, by));
	}

	create(incident: PagerDutyIncident): PagerDutyIncident {
		this.#all.push(incident);
		this.#webhooks.tell("incident.triggered", incident);
		return incident;
	}

	change(incident: PagerDutyIncident, status: "acknowledged" | "resolved", changedBy: Agent): PagerDutyIncident {
		const now = this.#clock.now();
		const answered = changedBy.person && incident.answeredAt === undefined ? { answeredAt: now } : {};
		const resolved =
			status === "resolved" ? { resolvedAt: now, alerts: incident.alerts.map((alert) => ({ ...alert, isResolved: true })) } : {};
		return this.tell(`incident.${status}`, { ...incident, ...answered, ...resolved, status, changedBy, changedAt: now });
	}

	/** An answer is no more: the incident is triggered again. */
	retrigger({ answeredAt: _answer, ...incident }: PagerDutyIncident, changedBy: Agent): PagerDutyIncident {
		return this.tell("incident.unacknowledged", { ...incident, status: "triggered", changedBy, changedAt: this.#clock.now() });
	}

	tell(type: PagerDutyEventType, incident: PagerDutyIncident): PagerDutyIncident {
		this.#webhooks.tell(type, incident);
		return this.replace(incident);
	}

	replace(incident: PagerDutyIncident): PagerDutyIncident {
		this.#all.splice(incident.number - 1, 1, incident);
		return incident;
	}

	find(id: string): PagerDutyIncident | undefined {
		return this.#all.find((each) => each.id === id);
	}
}
