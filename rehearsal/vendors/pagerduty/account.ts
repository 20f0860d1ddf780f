import { createHash } from "node:crypto";
import type { EmulatorClock } from "../../world/clock.ts";
import { Held } from "../held.ts";
import type { PagerDutyEvent } from "./events.ts";
import type { PagerDutyIncident } from "./incident.ts";
import { type PagerDutyEventType, PagerDutyWebhooks } from "./webhooks.ts";

export type { PagerDutyIncident } from "./incident.ts";

export interface PagerDutyService {
	readonly id: string;
	readonly name: string;
	/** 32 characters: sends events, cannot read. */
	readonly routingKey: string;
	readonly apiToken: string;
}

/** One of PagerDuty's two APIs, each on a host of its own. */
export type PagerDutyHost = "events" | "rest";

/** What it does instead: an answer with this status, or a 202 whose event never becomes anything; on both hosts unless it names one. */
export type PagerDutyFault = ({ readonly status: number; readonly message: string } | { readonly swallow: true }) & {
	readonly host?: PagerDutyHost;
};

/** What a scenario can do to PagerDuty, and see of it. */
export interface PagerDutyWorld {
	/** Registers a service; its two keys are the same in every run. */
	addService(service: { readonly id: string; readonly name: string }): { readonly routingKey: string; readonly apiToken: string };
	/** Without a service the fault is the whole vendor's; `undefined` ends it. */
	setFault(fault: PagerDutyFault | undefined, serviceId?: string): void;
	/** Adds a fault of the whole vendor to what is broken already; returns the function that ends it. */
	addFault(fault: PagerDutyFault): () => void;
	/** A service's keys are revoked: its events are invalid and its token is unknown; returns the function that ends it. Throws Error for an unknown service. */
	revokeKeys(service: string): () => void;
	/** A person acknowledges every triggered incident of a service (by id or name); returns those incidents. */
	acknowledge(what: { readonly service: string; readonly by: string }): readonly PagerDutyIncident[];
	/** A person takes back what was acknowledged on a service, which is triggered again; returns those incidents. */
	unacknowledge(what: { readonly service: string; readonly by: string }): readonly PagerDutyIncident[];
	/** A person resolves every incident of a service that is open; returns those incidents. */
	resolve(what: { readonly service: string; readonly by: string }): readonly PagerDutyIncident[];
	/** In the order of their creation. */
	incidents(): readonly PagerDutyIncident[];
	/** What it tells by itself. */
	readonly webhooks: PagerDutyWebhooks;
}

/** From acceptance to incident. */
const processingMilliseconds = 2_000;

/** The account behind the two APIs: services, faults, and events that become incidents a little later. */
export class PagerDutyAccount implements PagerDutyWorld {
	readonly #clock: EmulatorClock;
	readonly #services: PagerDutyService[] = [];
	readonly #incidents: PagerDutyIncident[] = [];
	readonly #faults = new Map<string, PagerDutyFault>();
	readonly #added = new Held<PagerDutyFault>();
	readonly #revoked = new Held<PagerDutyService>();
	readonly webhooks: PagerDutyWebhooks;
	#generatedKeys = 0;

	constructor(clock: EmulatorClock) {
		this.#clock = clock;
		this.webhooks = new PagerDutyWebhooks(clock);
	}

	addService({ id, name }: { readonly id: string; readonly name: string }) {
		const key = (purpose: string, length: number) => createHash("sha256").update(`${purpose}:${id}`).digest("hex").slice(0, length);
		const service = { id, name, routingKey: key("routing key", 32), apiToken: key("api token", 20) };
		if (!this.#services.some((each) => each.id === id)) this.#services.push(service);
		return { routingKey: service.routingKey, apiToken: service.apiToken };
	}

	setFault(fault: PagerDutyFault | undefined, serviceId = ""): void {
		if (fault === undefined) this.#faults.delete(serviceId);
		else this.#faults.set(serviceId, fault);
	}

	addFault(fault: PagerDutyFault): () => void {
		return this.#added.hold(fault);
	}

	acknowledge({ service, by }: { readonly service: string; readonly by: string }): readonly PagerDutyIncident[] {
		const found = this.#registered(service);
		const open = this.#incidents.filter((each) => each.serviceId === found.id && each.status === "triggered");
		return open.map((incident) => this.#change(incident, "acknowledged", { summary: by, person: true }));
	}

	unacknowledge({ service, by }: { readonly service: string; readonly by: string }): readonly PagerDutyIncident[] {
		const found = this.#registered(service);
		const answered = this.#incidents.filter((each) => each.serviceId === found.id && each.status === "acknowledged");
		return answered.map(({ answeredAt: _answer, ...incident }) => {
			const changedBy = { summary: by, person: true };
			return this.#tell("incident.unacknowledged", { ...incident, status: "triggered", changedBy, changedAt: this.#clock.now() });
		});
	}

	resolve({ service, by }: { readonly service: string; readonly by: string }): readonly PagerDutyIncident[] {
		const found = this.#registered(service);
		const open = this.#incidents.filter((each) => each.serviceId === found.id && each.status !== "resolved");
		return open.map((incident) => this.#change(incident, "resolved", { summary: by, person: true }));
	}

	revokeKeys(service: string): () => void {
		return this.#revoked.hold(this.#registered(service));
	}

	#registered(service: string): PagerDutyService {
		const found = this.#services.find(({ id, name }) => id === service || name === service);
		if (found !== undefined) return found;
		const allowed = this.#services.map(({ name }) => name).join(", ");
		throw new Error(`PagerDuty: expected a registered service, got "${service}"; allowed: ${allowed}`);
	}

	/** The services whose keys are taken. */
	get #known(): readonly PagerDutyService[] {
		const revoked = this.#revoked.items();
		return this.#services.filter((each) => !revoked.includes(each));
	}

	incidents(): readonly PagerDutyIncident[] {
		return [...this.#incidents];
	}

	serviceOf(routingKey: string): PagerDutyService | undefined {
		return this.#known.find((each) => each.routingKey === routingKey);
	}

	knowsToken(apiToken: string): boolean {
		return this.#known.some((each) => each.apiToken === apiToken);
	}

	/** The whole vendor's fault goes before that of a service, and a refusal before a loss. */
	fault(serviceIds: readonly string[], host: PagerDutyHost): PagerDutyFault | undefined {
		const set = ["", ...serviceIds].flatMap((id) => this.#faults.get(id) ?? []);
		const held = [...set, ...this.#added.items()].filter((fault) => fault.host === undefined || fault.host === host);
		return held.find((fault) => "status" in fault) ?? held[0];
	}

	/** Takes an event in and returns its dedup key; what it does happens later, if at all. */
	take(service: PagerDutyService, event: PagerDutyEvent): string {
		if (event.dedupKey === undefined) this.#generatedKeys += 1;
		const dedupKey = event.dedupKey ?? `generated-${this.#generatedKeys}`;
		if (this.fault([service.id], "events") === undefined) {
			this.#clock.spawn(async () => {
				await this.#clock.sleep(processingMilliseconds);
				this.#process(service, event, dedupKey);
			});
		}
		return dedupKey;
	}

	/** Keys correlate within one service; an acknowledge or a resolve with nothing open is dropped. */
	#process(service: PagerDutyService, event: PagerDutyEvent, dedupKey: string): void {
		const open = this.#incidents.find(
			(each) => each.serviceId === service.id && each.incidentKey === dedupKey && each.status !== "resolved",
		);
		const itself = { summary: service.name, person: false };
		if (event.action === "trigger") {
			if (open === undefined) this.#create(this.#incident(service, event, dedupKey));
			else this.#replace({ ...open, triggers: open.triggers + 1 });
		} else if (open !== undefined && event.action === "resolve") {
			this.#change(open, "resolved", itself);
		} else if (open?.status === "triggered") {
			this.#change(open, "acknowledged", itself);
		}
	}

	#incident(service: PagerDutyService, event: PagerDutyEvent, incidentKey: string): PagerDutyIncident {
		const number = this.#incidents.length + 1;
		const now = this.#clock.now();
		return {
			id: `Q${number.toString(36).toUpperCase().padStart(13, "0")}`,
			number,
			serviceId: service.id,
			serviceName: service.name,
			incidentKey,
			title: event.summary,
			severity: event.severity,
			source: event.source,
			component: event.component,
			group: event.group,
			details: event.details,
			status: "triggered",
			createdAt: now,
			changedAt: now,
			changedBy: { summary: service.name, person: false },
			triggers: 1,
		};
	}

	#change(incident: PagerDutyIncident, status: "acknowledged" | "resolved", changedBy: PagerDutyIncident["changedBy"]): PagerDutyIncident {
		const now = this.#clock.now();
		const answered = changedBy.person && incident.answeredAt === undefined ? { answeredAt: now } : {};
		const resolved = status === "resolved" ? { resolvedAt: now } : {};
		return this.#tell(`incident.${status}`, { ...incident, ...answered, ...resolved, status, changedBy, changedAt: now });
	}

	#create(incident: PagerDutyIncident): void {
		this.#incidents.push(incident);
		this.webhooks.tell("incident.triggered", incident);
	}

	#tell(type: PagerDutyEventType, incident: PagerDutyIncident): PagerDutyIncident {
		this.webhooks.tell(type, incident);
		return this.#replace(incident);
	}

	#replace(incident: PagerDutyIncident): PagerDutyIncident {
		this.#incidents.splice(incident.number - 1, 1, incident);
		return incident;
	}
}
