import type { EmulatorClock } from "../../world/clock.ts";
import type { PersonAct } from "../emulator.ts";
import { Held } from "../held.ts";
import type { PagerDutyEvent } from "./events.ts";
import type { PagerDutyIncident } from "./incident.ts";
import { type Intake, PagerDutyIncidents } from "./incidents.ts";
import { issuedKeys, SecondKeys, type ServiceKeys } from "./keys.ts";
import { actByHand } from "./people.ts";
import type { PagerDutyService, PagerDutySetup } from "./service.ts";
import { PagerDutyWebhooks } from "./webhooks.ts";

export type { PagerDutyIncident } from "./incident.ts";

/** One of PagerDuty's two APIs, each on a host of its own. */
export type PagerDutyHost = "events" | "rest";

/** What it does instead: an answer with this status, or a 202 whose event never becomes anything; on both hosts unless it names one. */
export type PagerDutyFault = (
	| { readonly status: number; readonly message: string }
	| { readonly swallow: true }
	/** A maintenance window ("no new incidents will be created"), or a service that groups alerts: the alert is one of an incident that is open. */
	| { readonly triggers: "dropped" | "grouped" }
) & { readonly host?: PagerDutyHost };

/** What a scenario can do to PagerDuty, and see of it. */
export interface PagerDutyWorld {
	/** Registers a service; its two keys are the same in every run. */
	addService(service: { readonly id: string; readonly name: string }): ServiceKeys;
	/** Somebody changes how a service (by id or name) is set up. Throws Error for an unknown service. */
	setUp(service: string, setup: Partial<PagerDutySetup>): void;
	/** Without a service the fault is the whole vendor's; `undefined` ends it. */
	setFault(fault: PagerDutyFault | undefined, serviceId?: string): void;
	/** Adds a fault of the whole vendor to what is broken already; returns the function that ends it. */
	addFault(fault: PagerDutyFault): () => void;
	/** A service's keys are revoked: its events are invalid and its token is unknown; returns the function that ends it. Throws Error for an unknown service. */
	revokeKeys(service: string): () => void;
	/** Issues a second pair of keys beside the first of a service (by id or name). Throws Error for an unknown service. */
	issueSecond(service: string): ServiceKeys;
	/** The first pair of a service is deleted for good. */
	endFirst(service: string): void;
	/** A person acknowledges every triggered incident of a service (by id or name); returns those incidents. */
	acknowledge(what: { readonly service: string; readonly by: string }): readonly PagerDutyIncident[];
	/** A person takes back what was acknowledged on a service, which is triggered again; returns those incidents. */
	unacknowledge(what: { readonly service: string; readonly by: string }): readonly PagerDutyIncident[];
	/** A person does it with every incident of a service that is open; returns those incidents. Throws Error for what nobody can do there. */
	act(what: PersonAct, at: { readonly service: string; readonly by: string }): readonly PagerDutyIncident[];
	/** In the order of their creation. */
	incidents(): readonly PagerDutyIncident[];
	/** What it tells by itself. */
	readonly webhooks: PagerDutyWebhooks;
}

const othersAlert = { key: "another-tool", summary: "Another tool's incident", isResolved: false } as const;

/** From acceptance to incident. */
const processingMilliseconds = 2_000;

/** The account behind the two APIs: services, faults, and events that become incidents a little later. */
export class PagerDutyAccount implements PagerDutyWorld {
	readonly #clock: EmulatorClock;
	readonly #services: PagerDutyService[] = [];
	readonly #incidents: PagerDutyIncidents;
	readonly #faults = new Map<string, PagerDutyFault>();
	readonly #added = new Held<PagerDutyFault>();
	readonly #revoked = new Held<PagerDutyService>();
	readonly keys = new SecondKeys();
	readonly webhooks: PagerDutyWebhooks;
	#generatedKeys = 0;

	constructor(clock: EmulatorClock) {
		this.#clock = clock;
		this.webhooks = new PagerDutyWebhooks(clock);
		this.#incidents = new PagerDutyIncidents(clock, this.webhooks);
	}

	addService({ id, name }: { readonly id: string; readonly name: string }) {
		const keys = issuedKeys(id);
		if (!this.#services.some((each) => each.id === id)) this.#services.push({ id, name, ...keys, status: "active", grouping: null });
		return keys;
	}

	setUp(service: string, setup: Partial<PagerDutySetup>): void {
		const before = this.#registered(service);
		this.#services.splice(this.#services.indexOf(before), 1, { ...before, ...setup });
	}

	/** The service of an id as it is set up now, which shows what faults stand for. */
	service(wanted: string): PagerDutyService | undefined {
		const service = this.#services.find(({ id }) => id === wanted);
		if (service === undefined) return undefined;
		const faults = [...["", wanted].flatMap((id) => this.#faults.get(id) ?? []), ...this.#added.items()];
		const triggers = faults.map((fault) => ("triggers" in fault ? fault.triggers : undefined));
		return {
			...service,
			...(triggers.includes("dropped") ? { status: "maintenance" } : {}),
			...(triggers.includes("grouped") ? { grouping: "time" } : {}),
		};
	}

	setFault(fault: PagerDutyFault | undefined, serviceId = ""): void {
		if (fault === undefined) this.#faults.delete(serviceId);
		else this.#faults.set(serviceId, fault);
	}

	/** What groups alerts has something open to group them into: an incident that another tool made a while ago, where there is none. */
	addFault(fault: PagerDutyFault): () => void {
		if ("triggers" in fault && fault.triggers === "grouped") this.#openOthers();
		return this.#added.hold(fault);
	}

	#openOthers(): void {
		const idle = this.#services.filter((service) => this.#incidents.openAt(service).length === 0);
		for (const service of idle) {
			const made = this.#incidents.createOthers(service, "Another tool's incident", { summary: service.name, person: false });
			const then = made.createdAt - 3_600_000;
			this.#incidents.replace({ ...made, alerts: [{ ...othersAlert, createdAt: then }], createdAt: then, changedAt: then });
		}
	}

	acknowledge({ service, by }: { readonly service: string; readonly by: string }): readonly PagerDutyIncident[] {
		const open = this.#incidents.openAt(this.#registered(service)).filter(({ status }) => status === "triggered");
		return open.map((incident) => this.#incidents.change(incident, "acknowledged", { summary: by, person: true }));
	}

	unacknowledge({ service, by }: { readonly service: string; readonly by: string }): readonly PagerDutyIncident[] {
		const answered = this.#incidents.openAt(this.#registered(service)).filter(({ status }) => status === "acknowledged");
		return answered.map((incident) => this.#incidents.retrigger(incident, { summary: by, person: true }));
	}

	act(what: PersonAct, { service, by }: { readonly service: string; readonly by: string }): readonly PagerDutyIncident[] {
		return actByHand(this.#incidents, this.#clock, { what, service: this.#registered(service), by });
	}

	revokeKeys(service: string): () => void {
		return this.#revoked.hold(this.#registered(service));
	}

	issueSecond(service: string): ServiceKeys {
		return this.keys.issue(this.#registered(service).id);
	}

	endFirst(service: string): void {
		this.keys.endFirst(this.#registered(service).id);
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
		return this.#services.filter(({ id }) => !revoked.some((each) => each.id === id));
	}

	incidents(): readonly PagerDutyIncident[] {
		return this.#incidents.all();
	}

	serviceOf(routingKey: string): PagerDutyService | undefined {
		return this.#known.find((each) => this.keys.of(each).some((keys) => keys.routingKey === routingKey));
	}

	knowsToken(apiToken: string): boolean {
		return this.#known.some((each) => this.keys.of(each).some((keys) => keys.apiToken === apiToken));
	}

	/** The whole vendor's fault goes before that of a service, and a refusal before a loss. */
	fault(serviceIds: readonly string[], host: PagerDutyHost): PagerDutyFault | undefined {
		const set = ["", ...serviceIds].flatMap((id) => this.#faults.get(id) ?? []);
		const held = [...set, ...this.#added.items()].filter((fault) => fault.host === undefined || fault.host === host);
		return held.find((fault) => "status" in fault) ?? held.find((fault) => "swallow" in fault) ?? held[0];
	}

	/** Takes an event in and returns its dedup key; what it does happens later, if at all. */
	take(service: PagerDutyService, event: PagerDutyEvent): string {
		if (event.dedupKey === undefined) this.#generatedKeys += 1;
		const dedupKey = event.dedupKey ?? `generated-${this.#generatedKeys}`;
		const fault = this.fault([service.id], "events");
		if (fault !== undefined && !("triggers" in fault)) return dedupKey;
		const intake = fault?.triggers ?? intakeOf(service);
		this.#clock.spawn(async () => {
			await this.#clock.sleep(processingMilliseconds);
			this.#incidents.process(service, event, dedupKey, intake);
		});
		return dedupKey;
	}
}

/** What becomes of a trigger, as people have set the service up. */
function intakeOf({ status, grouping }: PagerDutySetup): Intake {
	if (status !== "active") return "dropped";
	return grouping === null ? "incident" : "grouped";
}
