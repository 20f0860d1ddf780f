import type { EmulatorClock } from "../../world/clock.ts";
import { Held } from "../held.ts";
import { authTokenOf } from "../twilio/answers.ts";
import { readTwiml, type Spoken, TwimlError } from "./twiml.ts";

export type CallStatus = "queued" | "ringing" | "in-progress" | "completed" | "busy" | "no-answer" | "failed" | "canceled";
export type AnsweredBy = "human" | "machine_start";

export interface TwilioCall {
	readonly sid: string;
	readonly accountSid: string;
	readonly to: string;
	readonly from: string;
	readonly twiml: string;
	readonly ringSeconds: number;
	/** Whether it was asked who answers. */
	readonly detects: boolean;
	readonly status: CallStatus;
	readonly createdAt: number;
	/** When it was dialled. */
	readonly startedAt?: number;
	/** When its document began. */
	readonly answeredAt?: number;
	readonly answeredBy?: AnsweredBy;
	readonly endedAt?: number;
	/** What was said to a person; absent before, and where the document could not be used. */
	readonly spoken?: Spoken;
	/** Of the error dictionary: what is in the account's debugger, while the call itself ends like any other. */
	readonly errorCode?: number;
}

/** What a call that is made now comes to. */
export const callOutcomes = ["busy", "no-answer", "failed", "machine"] as const;
export type CallOutcome = (typeof callOutcomes)[number];

export type CallFault = { readonly status: number } | { readonly outcome: CallOutcome } | { readonly swallow: true };

/** A call is dialled after `queued`, picked up after `ringing`, and its document begins after `detection`: assumptions, in milliseconds. */
const takes = { queued: 1_000, busy: 2_000, ringing: 5_000, detection: 3_000 } as const;

/** Twilio's calls of one account: queued when created, over when the document is. */
export class TwilioCalls {
	readonly #clock: EmulatorClock;
	readonly #tokens = new Map<string, string>();
	readonly #calls: TwilioCall[] = [];
	readonly #faults = new Held<CallFault>();
	readonly #revoked = new Held<"tokens">();

	constructor(clock: EmulatorClock) {
		this.#clock = clock;
	}

	/** Registers an account; its secondary token is the same in every run. */
	addAccount(accountSid: string): { readonly authToken: string } {
		const authToken = authTokenOf(accountSid, "secondary");
		this.#tokens.set(accountSid, authToken);
		return { authToken };
	}

	addFault(fault: CallFault): () => void {
		return this.#faults.hold(fault);
	}

	revokeTokens(): () => void {
		return this.#revoked.hold("tokens");
	}

	/** The status that is answered to everything now, if there is one. */
	refusal(): number | undefined {
		return this.#faults.items().find((fault) => "status" in fault)?.status;
	}

	knows(accountSid: string, authToken: string): boolean {
		return this.#revoked.items().length === 0 && this.issued(accountSid, authToken);
	}

	/** Whether it is a token of this account, taken or not. */
	issued(accountSid: string, authToken: string): boolean {
		return this.#tokens.get(accountSid) === authToken;
	}

	/** In the order of their creation. */
	calls(): readonly TwilioCall[] {
		return [...this.#calls];
	}

	/** What holds now decides what becomes of this call. */
	create(draft: Pick<TwilioCall, "accountSid" | "to" | "from" | "twiml" | "ringSeconds" | "detects">): TwilioCall {
		const index = this.#calls.length;
		const sid = `CA${(index + 1).toString(16).padStart(32, "0")}`;
		const call: TwilioCall = { ...draft, sid, status: "queued", createdAt: this.#clock.now() };
		this.#calls.push(call);
		const faults = this.#faults.items();
		if (!faults.some((fault) => "swallow" in fault))
			this.#clock.spawn(() => this.#run(index, faults.find((fault) => "outcome" in fault)?.outcome));
		return call;
	}

	/** The call that is listening for a key now, the newest first. */
	listening(to: string): (TwilioCall & { readonly action: string }) | undefined {
		const now = this.#clock.now();
		for (const call of this.#calls.toReversed()) {
			const { answeredAt, spoken } = call;
			if (call.to !== to || call.status !== "in-progress" || answeredAt === undefined || spoken?.gathering === undefined) continue;
			const second = (now - answeredAt) / 1000;
			const { action, from, until } = spoken.gathering;
			if (second >= from && second < until) return { ...call, action };
		}
		return undefined;
	}

	/** The call goes on with what was answered to the key. */
	goOn(sid: string, change: Pick<TwilioCall, "spoken" | "errorCode">): void {
		const index = this.#calls.findIndex((call) => call.sid === sid);
		this.#change(index, { ...change, endedAt: this.#clock.now(), status: "completed" });
	}

	async #run(index: number, outcome: CallOutcome | undefined): Promise<void> {
		await this.#clock.sleep(takes.queued);
		if (outcome === "failed") return this.#change(index, { status: "failed" });
		this.#change(index, { status: "ringing", startedAt: this.#clock.now() });
		if (outcome === "busy" || outcome === "no-answer") return this.#unanswered(index, outcome);
		await this.#clock.sleep(takes.ringing);
		this.#change(index, { status: "in-progress" });
		await this.#clock.sleep(takes.detection);
		await this.#speak(index, outcome === "machine" ? "machine_start" : "human");
	}

	async #unanswered(index: number, status: "busy" | "no-answer"): Promise<void> {
		await this.#clock.sleep(status === "busy" ? takes.busy : (this.#calls[index]?.ringSeconds ?? 0) * 1000);
		this.#change(index, { status, endedAt: this.#clock.now() });
	}

	/** A document that cannot be used ends the call, which is completed like any other. */
	async #speak(index: number, answeredBy: AnsweredBy): Promise<void> {
		const call = this.#calls[index];
		if (call === undefined) return;
		const known = { answeredAt: this.#clock.now(), ...(call.detects ? { answeredBy } : {}) };
		try {
			const spoken = readTwiml(call.twiml);
			this.#change(index, { ...known, ...(answeredBy === "human" ? { spoken } : {}) });
			await this.#clock.sleep(spoken.seconds * 1000);
		} catch (error) {
			if (!(error instanceof TwimlError)) throw error;
			this.#change(index, { ...known, errorCode: error.code });
		}
		if (this.#calls[index]?.status === "in-progress") this.#change(index, { status: "completed", endedAt: this.#clock.now() });
	}

	#change(index: number, change: Partial<TwilioCall>): void {
		const call = this.#calls[index];
		if (call !== undefined) this.#calls.splice(index, 1, { ...call, ...change });
	}
}
