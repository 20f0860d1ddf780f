import { createHash } from "node:crypto";
import type { EmulatorClock } from "../../world/clock.ts";
import { type PersonAct, unknownFault, type VendorFault } from "../emulator.ts";
import { Held } from "../held.ts";
import { type Fields, type Incident, saved, state, wholeSeconds } from "./record.ts";
import { isOpen, isThere, refusalOf, resolution } from "./rules.ts";

/** What a scenario can do to an instance, and see of it. */
export interface InstanceWorld {
	/** Registers a user for the API; the password is the same in every run. */
	addUser(name: string): string;
	/** Registers an assignment group by its `sys_id`. */
	addGroup(sysId: string, name: string): void;
	/** Faults add up; returns the function that ends this one. Throws Error for one that the vendor does not have. */
	begin(fault: VendorFault): () => void;
	/** From now on the instance sleeps, and answers everything with a page for people; returns the function that wakes it. */
	hibernate(): () => void;
	/** Every user of the API is locked out; returns the function that ends it. */
	lockUsers(): () => void;
	/** A person takes what is new for a group, or takes that back; returns how many records that were. Throws Error for an unknown group. */
	change(group: string, to: "acknowledge" | "unacknowledge", by: string): number;
	act(what: PersonAct, group: string, by: string): number;
	/** In the order of their creation, the deleted ones, too. */
	incidents(): readonly Incident[];
}

/** The incident table of an instance, with the rules of a base system. */
export class IncidentTable implements InstanceWorld {
	readonly #clock: EmulatorClock;
	readonly #users = new Map<string, string>();
	readonly #groups = new Map<string, string>();
	readonly #incidents: Incident[] = [];
	readonly #faults = new Held<VendorFault>();
	readonly #sleeps = new Held<true>();
	readonly #locks = new Held<true>();
	#made = 0;

	constructor(clock: EmulatorClock) {
		this.#clock = clock;
	}

	addUser(name: string): string {
		const password = hash(`password:${name}`).slice(0, 24);
		this.#users.set(name, password);
		return password;
	}

	addGroup(sysId: string, name: string): void {
		this.#groups.set(sysId, name);
	}

	begin(fault: VendorFault): () => void {
		if (fault.does === "answers" || fault.does === "loses" || fault.does === "in-maintenance") return this.#faults.hold(fault);
		throw unknownFault("ServiceNow", fault);
	}

	hibernate(): () => void {
		return this.#sleeps.hold(true);
	}

	lockUsers(): () => void {
		return this.#locks.hold(true);
	}

	get isAsleep(): boolean {
		return this.#sleeps.items().length > 0;
	}

	/** The status with which the vendor answers instead. */
	refusal(): number | undefined {
		return this.#faults.items().flatMap((fault) => (fault.does === "answers" ? fault.status : []))[0];
	}

	knows(user: string, password: string): boolean {
		return this.#locks.items().length === 0 && this.#users.get(user) === password;
	}

	incidents(): readonly Incident[] {
		return [...this.#incidents];
	}

	/** Those that can be found. */
	existing(): readonly Incident[] {
		return this.#incidents.filter(isThere);
	}

	find(sysId: string): Incident | undefined {
		return this.existing().find(({ fields }) => fields.sys_id === sysId);
	}

	/** A new record. Under a fault a business rule of the instance keeps it from being made, or deletes it in the same transaction: the answer is the same. */
	insert(set: Fields, by: string): Fields {
		const incident = this.#new(set, by, true);
		if (!this.#faults.items().some(({ does }) => does !== "answers")) this.#incidents.push(incident);
		return incident.fields;
	}

	#new(set: Fields, by: string, isByApi: boolean): Incident {
		this.#made += 1;
		const now = this.#clock.now();
		const number = `INC${String(10_000 + this.#made).padStart(7, "0")}`;
		const at = wholeSeconds(now);
		const made = { sys_id: hash(number).slice(0, 32), number, opened_at: at, sys_created_on: at, sys_created_by: by };
		const fields = saved(made, { state: state.new, ...this.#referred(set) }, { by, now });
		return { fields, group: this.#groups.get(fields.assignment_group ?? "") ?? "", isByApi, createdAt: now };
	}

	/** A reference to what there is not does not stick. */
	#referred(set: Fields): Fields {
		const { assignment_group: group } = set;
		return group === undefined || this.#groups.has(group) ? set : { ...set, assignment_group: "" };
	}

	/** Changes a record. A text: why not. */
	update(incident: Incident, set: Fields, by: string): Fields | string {
		const now = this.#clock.now();
		const fields = saved(incident.fields, this.#referred(set), { by, now });
		const { resolvedAt: _before, ...rest } = incident;
		const refusal = refusalOf(incident.fields, fields);
		if (refusal === undefined) this.#replace(incident, { ...rest, fields, ...resolution(fields, incident, now) });
		return refusal ?? fields;
	}

	change(group: string, to: "acknowledge" | "unacknowledge", by: string): number {
		const isNew = ({ state: at }: Fields): boolean => at === state.new;
		if (to === "acknowledge") return this.#each(group, by, { state: state.inProgress, assigned_to: by }, isNew);
		return this.#each(group, by, { state: state.new, assigned_to: "" }, (fields) => !isNew(fields));
	}

	act(what: PersonAct, group: string, by: string): number {
		switch (what) {
			case "resolve":
				return this.#each(group, by, { state: state.resolved, close_code: "Solution provided", close_notes: "Repaired." });
			case "snooze":
				return this.#each(group, by, { state: state.onHold, hold_reason: "1" });
			case "reassign":
				return this.#each(group, by, { assignment_group: hash("another group").slice(0, 32), assigned_to: "" });
			case "merge":
				return this.#merge(group, by);
			case "delete":
				return this.#delete(group);
		}
	}

	/** The state of a child follows its parent's, which is in progress (servicenow.com, "Synchronization between a parent and a child incident"). */
	#merge(group: string, by: string): number {
		const parent = this.#new({ short_description: "A major incident", state: state.inProgress }, by, false);
		const merged = this.#each(group, by, { parent_incident: parent.fields.sys_id ?? "", state: state.inProgress });
		this.#incidents.push(parent);
		return merged;
	}

	#delete(group: string): number {
		const due = this.#open(group);
		for (const incident of due) this.#replace(incident, { ...incident, deletedAt: this.#clock.now() });
		return due.length;
	}

	/** A person sets it on everything of a group that is open; whoever leaves a record as new has not answered it. */
	#each(group: string, by: string, set: Fields, isDue: (fields: Fields) => boolean = () => true): number {
		const due = this.#open(group).filter(({ fields }) => isDue(fields));
		const now = this.#clock.now();
		for (const incident of due) {
			const fields = saved(incident.fields, set, { by, now });
			const { answeredAt = now, ...rest } = incident;
			const answered = fields.state === state.new ? {} : { answeredAt };
			this.#replace(incident, { ...rest, ...answered, fields, ...resolution(fields, incident, now) });
		}
		return due.length;
	}

	#open(group: string): readonly Incident[] {
		const allowed = [...this.#groups.values()];
		if (allowed.includes(group)) return this.#incidents.filter((incident) => incident.group === group && isOpen(incident));
		throw new Error(`ServiceNow: expected a registered group, got "${group}"; allowed: ${allowed.join(", ")}`);
	}

	#replace(incident: Incident, after: Incident): void {
		this.#incidents.splice(this.#indexOf(incident), 1, after);
	}

	#indexOf({ fields }: Incident): number {
		return this.#incidents.findIndex((each) => each.fields.sys_id === fields.sys_id);
	}
}

const hash = (text: string): string => createHash("sha256").update(text).digest("hex");
