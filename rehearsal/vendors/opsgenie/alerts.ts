import { createHash } from "node:crypto";
import type { EmulatorClock } from "../../world/clock.ts";
import { type PersonAct, unknownFault, type VendorFault } from "../emulator.ts";
import { Held } from "../held.ts";
import { type AlertChange, type AlertDraft, changed, type Doer, type GenieAlert, groupedAlias } from "./alert.ts";

/** What became of a request; there is none while it is not processed. */
export interface RequestStatus {
	readonly action: string;
	readonly isSuccess: boolean;
	readonly status: string;
	readonly processedAt: number;
	readonly alertId: string;
	readonly alias: string;
}

/** What a scenario can do to the alerts of an account, and see of them. */
export interface AlertWorld {
	/** Registers the integration of a team; its key is the same in every run. */
	addTeam(team: string): string;
	/** Faults add up; returns the function that ends this one. Throws Error for one that the vendor does not have. */
	begin(fault: VendorFault): () => void;
	/** A team's key is revoked; returns the function that ends it. */
	revokeKey(team: string): () => void;
	/** A person does it to every open alert of a team; returns how many that were. */
	change(team: string, action: AlertChange["action"], by: string): number;
	act(what: PersonAct, team: string, by: string): number;
	/** In the order of their creation, the deleted ones, too. */
	alerts(): readonly GenieAlert[];
}

const processingMilliseconds = 2_000;

/** Opsgenie's alerts, which Jira Service Management has taken over: what is accepted is done a little later, if at all. */
export class GenieAlerts implements AlertWorld {
	readonly #name: string;
	readonly #clock: EmulatorClock;
	readonly #teams = new Map<string, string>();
	readonly #alerts: GenieAlert[] = [];
	readonly #requests = new Map<string, RequestStatus>();
	readonly #faults = new Held<VendorFault>();
	readonly #revoked = new Held<string>();
	#accepted = 0;

	constructor(name: string, clock: EmulatorClock) {
		this.#name = name;
		this.#clock = clock;
	}

	addTeam(team: string): string {
		const key = uuid(`${this.#name} key:${team}`);
		this.#teams.set(key, team);
		return key;
	}

	begin(fault: VendorFault): () => void {
		if (fault.does === "leaves-at-sent" || fault.does === "says-no") throw unknownFault(this.#name, fault);
		return this.#faults.hold(fault);
	}

	revokeKey(team: string): () => void {
		return this.#revoked.hold(this.#registered(team));
	}

	/** The team whose key this is; undefined for one that is not taken. */
	teamOf(key: string): string | undefined {
		const team = this.#teams.get(key);
		return team === undefined || this.#revoked.items().includes(team) ? undefined : team;
	}

	/** The status with which the vendor answers instead. */
	refusal(host: string): number | undefined {
		for (const fault of this.#faults.items()) {
			if (fault.does === "answers" && (fault.host === undefined || fault.host === host)) return fault.status;
		}
		return undefined;
	}

	change(team: string, action: AlertChange["action"], by: string): number {
		const isDue = ({ acknowledged }: GenieAlert): boolean => action === "close" || acknowledged === (action === "unacknowledge");
		return this.#forEach(team, isDue, (alert) => changed(alert, action, { name: by, isPerson: true }, this.#clock.now()));
	}

	act(what: PersonAct, team: string, by: string): number {
		const updatedAt = this.#clock.now();
		switch (what) {
			case "resolve":
				return this.change(team, "close", by);
			// Whether a snoozed alert counts as acknowledged is not said: an assumption, the one by which nobody has answered.
			case "snooze":
				return this.#forEach(
					team,
					({ snoozed }) => !snoozed,
					(alert) => ({ ...alert, snoozed: true, updatedAt }),
				);
			case "reassign":
				return this.#forEach(
					team,
					() => true,
					(alert) => ({ ...alert, owner: by, updatedAt }),
				);
			case "delete":
				return this.#forEach(
					team,
					() => true,
					(alert) => ({ ...alert, deletedAt: updatedAt }),
				);
			case "merge":
				throw new Error(`${this.#name}: expected resolve, snooze, reassign or delete, got ${what}: alerts are not merged by hand`);
		}
	}

	#forEach(team: string, isDue: (alert: GenieAlert) => boolean, change: (alert: GenieAlert) => GenieAlert): number {
		const name = this.#registered(team);
		const due = this.#alerts.filter((alert) => alert.team === name && isOpen(alert) && isDue(alert));
		for (const alert of due) this.#replace(alert, change(alert));
		return due.length;
	}

	#registered(team: string): string {
		const allowed = [...this.#teams.values()];
		if (allowed.includes(team)) return team;
		throw new Error(`${this.#name}: expected a registered team, got "${team}"; allowed: ${allowed.join(", ")}`);
	}

	alerts(): readonly GenieAlert[] {
		return [...this.#alerts];
	}

	/** Those that can be found. */
	existing(): readonly GenieAlert[] {
		return this.#alerts.filter(({ deletedAt }) => deletedAt === undefined);
	}

	requestStatus(id: string): RequestStatus | undefined {
		return this.#requests.get(id);
	}

	/** Takes a request in and returns its id. What is broken now decides what becomes of it. */
	create(team: string, draft: AlertDraft): string {
		const is = (does: VendorFault["does"]): boolean => this.#faults.items().some((fault) => fault.does === does);
		const [isIgnored, isGrouped] = [is("in-maintenance"), is("groups")];
		return this.#accept("Create", draft.alias, () => (isIgnored ? undefined : this.#created(team, draft, isGrouped)));
	}

	/** What meets nothing open changes nothing. */
	request(find: (alert: GenieAlert) => boolean, { action, user, note }: AlertChange): string {
		const by: Doer = { name: user, isPerson: false };
		return this.#accept(`${action.charAt(0).toUpperCase()}${action.slice(1)}`, "", () => {
			const open = this.#alerts.find((alert) => isOpen(alert) && find(alert));
			if (open === undefined) return undefined;
			const notes = note === "" ? open.notes : [...open.notes, note];
			return this.#replace(open, { ...changed(open, action, by, this.#clock.now()), notes });
		});
	}

	#accept(action: string, alias: string, effect: () => GenieAlert | undefined): string {
		this.#accepted += 1;
		const id = uuid(`${this.#name} request:${this.#accepted}`);
		if (this.#faults.items().some(({ does }) => does === "loses")) return id;
		this.#clock.spawn(async () => {
			await this.#clock.sleep(processingMilliseconds);
			const alert = effect();
			const done = {
				isSuccess: alert !== undefined,
				status: alert === undefined ? "Alert does not exist" : `${action} request is processed`,
			};
			this.#requests.set(id, { action, ...done, processedAt: this.#clock.now(), alertId: alert?.id ?? "", alias: alert?.alias ?? alias });
		});
		return id;
	}

	/** One alert of an alias is open in the whole account. A policy that rewrites aliases folds one into whatever is open. */
	#created(team: string, draft: AlertDraft, isGrouped: boolean): GenieAlert {
		const now = this.#clock.now();
		const alias = isGrouped ? groupedAlias : draft.alias;
		const open = this.#alerts.find((alert) => isOpen(alert) && alert.alias === alias);
		if (open !== undefined) return this.#replace(open, { ...open, count: open.count + 1, lastOccurredAt: now, updatedAt: now });
		const number = this.#alerts.length + 1;
		const id = `${uuid(`${this.#name} alert:${number}`)}-${now}`;
		const times = { createdAt: now, updatedAt: now, lastOccurredAt: now };
		const state = { status: "open", acknowledged: false, snoozed: false, owner: "", count: 1 } as const;
		const alert: GenieAlert = { ...draft, ...state, ...times, id, tinyId: `${number}`, alias: alias || id, team };
		this.#alerts.push(alert);
		return alert;
	}

	#replace(before: GenieAlert, after: GenieAlert): GenieAlert {
		this.#alerts.splice(this.#alerts.indexOf(before), 1, after);
		return after;
	}
}

const isOpen = ({ status, deletedAt }: GenieAlert): boolean => status === "open" && deletedAt === undefined;

/** The same for the same words. */
export function uuid(words: string): string {
	const digits = createHash("sha256").update(words).digest("hex");
	return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20, 32)].join("-");
}
