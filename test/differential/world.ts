import { memoryLedger } from "../../functions/edges/memory/ledger.ts";
import { held } from "../../functions/pipeline/deduplicate/relapse.ts";
import type { Incident } from "../../functions/pipeline/model/incident.ts";
import type { Ledger } from "../../functions/pipeline/ports.ts";
import type { EscalationPolicy, RuntimeSettings } from "../../functions/pipeline/settings.ts";
import { incident, settings, zero } from "../functions/pipeline/fixtures.ts";
import { type Case, placeOf } from "./generators.ts";
import type { Step, Story } from "./story.ts";
import { type Place, type Seconds, type SendAnswer, Vendors } from "./vendors.ts";

export const tickSeconds = 60;
export const key = incident().key;
export const launchId = "launch-1";

/** The settings of both executors: nothing but the policy matters, and the overseer's checks of itself find nothing. */
export function settingsWith(policy: EscalationPolicy): RuntimeSettings {
	return { ...settings, policies: { default: policy }, limits: { ...settings.limits, detectorSilentSeconds: 1_000_000_000 } };
}

/** One incident in a ledger of its own, the vendors, a clock that an executor moves, and the story that they tell. */
export class World {
	readonly clock = { now: () => zero + this.#now * 1000 };
	readonly vendors: Vendors;
	/** The ledger, watched: what an executor writes is a part of its story. */
	readonly ledger: Ledger;
	readonly #played: Case;
	readonly #plain = memoryLedger(this.clock);
	readonly #steps: Step[] = [];
	readonly #attempts = new Map<string, number>();
	readonly #ended = new Set<string>();
	#now: Seconds = 0;
	#recovered = false;
	#held = false;
	/** As it was written last. */
	#last = incident();

	constructor(played: Case) {
		this.#played = played;
		this.vendors = new Vendors(played, () => this.#now);
		this.ledger = { ...this.#plain, write: (...write) => this.#write(...write) };
	}

	get now(): Seconds {
		return this.#now;
	}

	async open(change: Partial<Incident>): Promise<void> {
		this.#last = incident({ severity: this.#played.severity, ...change });
		await this.#plain.write(key, this.#last, 0, { dueAt: zero });
	}

	async incident(): Promise<Incident> {
		return (await this.#plain.read(key))?.value as Incident;
	}

	/** The first tick at or after a moment. */
	tickFrom(moment: Seconds): Seconds {
		const { phase } = this.#played;
		return phase + Math.ceil(Math.max(0, moment - phase) / tickSeconds) * tickSeconds;
	}

	/** Moves the clock; on the way the failure may end, which the poller writes before anybody else acts at that moment. */
	async advance(to: Seconds): Promise<void> {
		const { recoversAt, heldAt } = this.#played;
		if (heldAt !== undefined && heldAt <= to && !this.#held) {
			this.#held = true;
			await this.#change(heldAt, (item) => held(item, this.clock.now()));
		}
		if (recoversAt !== undefined && recoversAt <= to && !this.#recovered) {
			this.#recovered = true;
			await this.#change(recoversAt, (item) => ({ ...item, state: "recovered", recoveredAt: this.clock.now() }));
		}
		this.#now = Math.max(this.#now, to);
	}

	async #change(at: Seconds, next: (item: Incident) => Incident): Promise<void> {
		this.#now = Math.max(this.#now, at);
		const stored = await this.#plain.read(key);
		this.#last = next(stored?.value as Incident);
		await this.#plain.write(key, this.#last, stored?.version ?? 0, { dueAt: zero });
	}

	/** Sends as the executor asks; a page that the ledger has given up or could not prove is only sent again, which is no step of the policy. */
	send(place: Place): SendAnswer {
		const answer = this.vendors.send(place);
		if (this.#ended.has(place.key)) return answer;
		const attempt = (this.#attempts.get(place.key) ?? 0) + 1;
		this.#attempts.set(place.key, attempt);
		this.#tell({ what: "refused" in answer ? "refused" : "accepted", place: place.key, attempt });
		return answer;
	}

	recordOutcome(outcome: string): void {
		const known = (["acknowledged", "recovered", "exhausted"] as const).find((name) => name === outcome);
		this.#tell({ what: known ?? "failed", ...(known === undefined ? { detail: outcome } : {}) });
	}

	story(): Story {
		const acknowledged = this.vendors.acknowledged();
		const { recoversAt } = this.#played;
		const visibleAt = acknowledged === undefined ? undefined : this.tickFrom(acknowledged.at);
		// What recovered before the overseer could see the acknowledgement was never acknowledged for anybody.
		const seen = visibleAt !== undefined && (recoversAt === undefined || visibleAt < recoversAt);
		return {
			steps: this.#steps,
			readableAt: this.vendors.readableAt(),
			taken: this.vendors.taken(),
			...(seen ? { acknowledgedAt: visibleAt } : {}),
			...(recoversAt === undefined ? {} : { recoveredAt: recoversAt }),
		};
	}

	#tell(step: Omit<Step, "at">): void {
		this.#steps.push({ at: this.#now, ...step });
	}

	async #write(...[written, value, version, options]: Parameters<Ledger["write"]>): ReturnType<Ledger["write"]> {
		const result = await this.#plain.write(written, value, version, options);
		if (written !== key || result !== "written") return result;
		this.#compare(this.#last, value as Incident);
		this.#last = value as Incident;
		return result;
	}

	#compare(before: Incident, after: Incident): void {
		for (const page of after.pages.filter(({ purpose }) => purpose === "page")) {
			const earlier = before.pages.find(
				({ purpose, tier, channel }) => purpose === "page" && tier === page.tier && channel === page.channel,
			);
			const place = placeOf(page.tier, page.channel);
			// The policy has gone on: it makes no further attempt there, and what is offered on is no step of it.
			if (page.state === "failed" && (page.tier < after.tier || after.exhausted !== undefined)) this.#ended.add(place);
			if (earlier?.state === page.state) continue;
			if (page.state === "proven") this.#tell({ what: "proven", place });
			if ((page.state === "unproven" || page.state === "given-up") && !this.#ended.has(place)) {
				this.#ended.add(place);
				this.#tell({ what: page.state, place });
			}
		}
		if (before.stale === undefined && after.stale !== undefined) this.#tell({ what: "stale" });
	}
}
