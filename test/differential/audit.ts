import type { EscalationPolicy } from "../../functions/pipeline/settings.ts";
import type { Step, Story } from "./story.ts";
import type { Seconds } from "./vendors.ts";

/** How exactly an executor can keep a due time. */
export interface Grain {
	/** How late a step may be after it is due. */
	readonly step: Seconds;
	/** How long after it became readable a page may be proven, and after its deadline be called unproven. */
	readonly read: Seconds;
	/** Whether a page may go out at the very moment from which the ledger knows of an acknowledgement. */
	readonly sendsBeforeTick: boolean;
}

export type AuditName =
	| "early-step"
	| "late-step"
	| "paged-twice"
	| "too-many-attempts"
	| "given-up-too-soon"
	| "proof-invented"
	| "proof-missed"
	| "proof-read-late"
	| "paged-after-the-end"
	| "end-invented"
	| "end-overdue"
	| "end-heard-late"
	| "end-failed";

export interface Fault {
	readonly name: AuditName;
	/** The step's place in its story. */
	readonly index: number;
	readonly detail: string;
}

/** How often either executor asks, while it waits for an acknowledgement. */
const pollSeconds = 60;

interface PlaceSoFar {
	readonly attempts: number;
	readonly state: "refused" | "accepted" | "proven" | "unproven" | "given-up";
	/** Of the last attempt. */
	readonly at: Seconds;
}

export const tierOf = (place: string): number => Number(place.split("/")[0]);

/** Whether a proof comes after the page was given up or called unproven: the overseer alone keeps looking. */
export const isLateProof = (steps: readonly Step[], index: number): boolean => {
	const { what, place } = steps[index] ?? {};
	return (
		what === "proven" &&
		steps.slice(0, index).some((step) => step.place === place && (step.what === "unproven" || step.what === "given-up"))
	);
};

/**
 * Whether a story keeps the policy's times, each measured from the step before it in the same story, and says only what was true of its world.
 * Which place comes next is no question here: the two stories answer it for each other. Ends at the first fault, and where the incident is stale.
 */
export function audit(story: Story, policy: EscalationPolicy, grain: Grain): Fault | undefined {
	const auditor = new Auditor(story, policy, grain);
	for (const [index, step] of story.steps.entries()) {
		if (step.what === "stale") return undefined;
		const fault = auditor.next(step);
		if (fault !== undefined) return { index, ...fault };
	}
	return undefined;
}

type Found = Omit<Fault, "index"> | undefined;
const fault = (name: AuditName, detail: string): Found => ({ name, detail });

class Auditor {
	readonly #story: Story;
	readonly #policy: EscalationPolicy;
	readonly #grain: Grain;
	readonly #places = new Map<string, PlaceSoFar>();
	/** By tier: its first proof. */
	readonly #proofs = new Map<number, Seconds>();
	#tier = 1;
	/** When the next step is due. */
	#due: Seconds = 0;

	constructor(story: Story, policy: EscalationPolicy, grain: Grain) {
		this.#story = story;
		this.#policy = policy;
		this.#grain = grain;
	}

	next(step: Step): Found {
		switch (step.what) {
			case "accepted":
			case "refused":
				return this.#sent(step, step.what, step.place ?? "");
			case "given-up":
				return this.#givenUp(step, step.place ?? "");
			case "unproven":
				return this.#unproven(step, step.place ?? "");
			case "proven":
				return this.#proven(step, step.place ?? "");
			case "exhausted":
				return this.#afterTheEnd(step) ?? this.#onTime(step.at, this.#due, this.#grain.step);
			case "acknowledged":
				return this.#ended(step, this.#story.acknowledgedAt);
			case "recovered":
				return this.#ended(step, this.#story.recoveredAt);
			default:
				return fault("end-failed", step.detail ?? step.what);
		}
	}

	#onTime(at: Seconds, due: Seconds, allowed: Seconds): Found {
		if (at < due) return fault("early-step", `due at ${due}, done at ${at}`);
		return at - due > allowed ? fault("late-step", `due at ${due}, done at ${at}, allowed within ${allowed}`) : undefined;
	}

	#afterTheEnd({ at }: Step): Found {
		const { acknowledgedAt, recoveredAt } = this.#story;
		if (recoveredAt !== undefined && at >= recoveredAt) return fault("paged-after-the-end", `it recovered at ${recoveredAt}`);
		if (acknowledgedAt === undefined || at < acknowledgedAt || (at === acknowledgedAt && this.#grain.sendsBeforeTick)) return undefined;
		return fault("paged-after-the-end", `an acknowledgement was known at ${acknowledgedAt}`);
	}

	#sent(step: Step, state: "accepted" | "refused", place: string): Found {
		const { attemptsPerChannel, proofSeconds, waitsSeconds } = this.#policy;
		const before = this.#places.get(place);
		if (before !== undefined && before.state !== "refused") return fault("paged-twice", `${place} was ${before.state}`);
		const attempts = (before?.attempts ?? 0) + 1;
		if (attempts > attemptsPerChannel) return fault("too-many-attempts", `${attempts} of ${attemptsPerChannel}`);
		const wrong = this.#afterTheEnd(step) ?? this.#onTime(step.at, this.#due, this.#grain.step);
		this.#places.set(place, { attempts, state, at: step.at });
		this.#tier = Math.max(this.#tier, tierOf(place));
		if (state === "accepted") this.#due = step.at + proofSeconds;
		else this.#due = step.at + (attempts < attemptsPerChannel ? (waitsSeconds[attempts - 1] ?? 0) : 0);
		return wrong;
	}

	#givenUp({ at }: Step, place: string): Found {
		const before = this.#places.get(place);
		if (before?.state !== "refused" || before.attempts < this.#policy.attemptsPerChannel)
			return fault("given-up-too-soon", `after ${before?.attempts ?? 0} of ${this.#policy.attemptsPerChannel} attempts`);
		this.#places.set(place, { ...before, state: "given-up" });
		return this.#closed(place, at, before.at, this.#grain.step);
	}

	#unproven({ at }: Step, place: string): Found {
		const before = this.#places.get(place);
		if (before?.state !== "accepted") return fault("early-step", `${place} was ${before?.state ?? "not paged"}`);
		const readable = this.#story.readableAt[place];
		if (readable !== undefined && readable <= at) return fault("proof-missed", `readable from ${readable}`);
		this.#places.set(place, { ...before, state: "unproven" });
		return this.#closed(place, at, before.at + this.#policy.proofSeconds, this.#grain.read);
	}

	/** Once a channel has nothing more to give, the next step is due, unless the tier is proven by another. */
	#closed(place: string, at: Seconds, due: Seconds, allowed: Seconds): Found {
		if (tierOf(place) === this.#tier && !this.#proofs.has(this.#tier)) this.#due = at;
		return this.#onTime(at, due, allowed);
	}

	#proven({ at }: Step, place: string): Found {
		const before = this.#places.get(place);
		const readable = this.#story.readableAt[place];
		if (before === undefined || readable === undefined || readable > at)
			return fault("proof-invented", `readable from ${readable ?? "never"}`);
		this.#places.set(place, { ...before, state: "proven" });
		const tier = tierOf(place);
		if (!this.#proofs.has(tier)) this.#proofs.set(tier, at);
		if (tier === this.#tier) this.#due = (this.#proofs.get(tier) ?? at) + this.#policy.acknowledgeSeconds;
		const from = Math.max(readable, before.at);
		return at - from > this.#grain.read ? fault("proof-read-late", `readable from ${from}, allowed within ${this.#grain.read}`) : undefined;
	}

	/** Heard of once it could be known: within a poll where the executor waits for it, else at the next step, which must have been due by then. */
	#ended({ at, what }: Step, knownAt: Seconds | undefined): Found {
		if (knownAt === undefined || at < knownAt) return fault("end-invented", `${what} was known at ${knownAt ?? "no time"}`);
		const allowed = Math.max(this.#grain.step, this.#grain.read);
		if (knownAt > this.#due + allowed) return fault("end-overdue", `a step was due at ${this.#due}, the answer was known at ${knownAt}`);
		const waitingSince = this.#proofs.get(this.#tier);
		const last = waitingSince === undefined ? Math.max(this.#due, knownAt) + allowed : Math.max(waitingSince, knownAt) + pollSeconds;
		return at > last ? fault("end-heard-late", `known at ${knownAt}, to be heard by ${last}`) : undefined;
	}
}
