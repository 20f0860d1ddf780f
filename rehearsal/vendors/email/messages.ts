import type { EmulatorClock } from "../../world/clock.ts";
import { Held } from "../held.ts";

/** Of the API's EventType, as far as a message without tracking meets them. */
export type EmailEvent = "SEND" | "DELIVERY" | "DELIVERY_DELAY" | "BOUNCE" | "COMPLAINT" | "REJECT";

export interface SesMessage {
	readonly id: string;
	readonly from: string;
	readonly to: string;
	readonly subject: string;
	readonly body: string;
	readonly configurationSet?: string;
	readonly acceptedAt: number;
	readonly events: readonly { readonly type: EmailEvent; readonly at: number }[];
}

/** What becomes of a message that is accepted now. */
export const emailOutcomes = ["bounce", "complaint", "reject", "delay"] as const;
export type EmailOutcome = (typeof emailOutcomes)[number];

export type SesFault =
	| { readonly status: number }
	| { readonly refused: string }
	| { readonly outcome: EmailOutcome }
	| { readonly swallow: true };

/** What is so of the account, by the words of GetAccount. */
export interface SesAccount {
	readonly sendingEnabled: boolean;
	/** Whether it is out of the sandbox, where mail goes to verified addresses only. */
	readonly productionAccess: boolean;
	/** Whether Virtual Deliverability Manager is on: without it nothing is known of a message. */
	readonly deliverabilityManager: boolean;
	readonly isSuspended: boolean;
}

/** A message is in its insights after the first of these, and at its recipient's server after the second: assumptions, in milliseconds. */
const takes = { insights: 1_000, delivery: 3_000 } as const;

const outcomes: Readonly<Record<EmailOutcome, readonly EmailEvent[]>> = {
	bounce: ["BOUNCE"],
	complaint: ["DELIVERY", "COMPLAINT"],
	reject: ["REJECT"],
	delay: ["DELIVERY_DELAY"],
};

/** Amazon SES in one account and region: what it accepted, and what became of it. */
export class SesMessages {
	readonly #clock: EmulatorClock;
	readonly #messages: SesMessage[] = [];
	readonly #verified = new Set<string>();
	readonly #asked = new Map<string, number>();
	readonly faults = new Held<SesFault>();
	account: SesAccount = { sendingEnabled: true, productionAccess: true, deliverabilityManager: true, isSuspended: false };

	constructor(clock: EmulatorClock) {
		this.#clock = clock;
	}

	now(): number {
		return this.#clock.now();
	}

	/** An address, or a domain with all of its addresses. */
	verify(identity: string): void {
		this.#verified.add(identity.toLowerCase());
	}

	isVerified(address: string): boolean {
		const plain = address.toLowerCase();
		return this.#verified.has(plain) || this.#verified.has(plain.slice(plain.indexOf("@") + 1));
	}

	/** Whether an operation that is allowed once a second is asked too soon. */
	isTooSoon(operation: string): boolean {
		const last = this.#asked.get(operation);
		const isSoon = last !== undefined && this.now() < last + 1000;
		if (!isSoon) this.#asked.set(operation, this.now());
		return isSoon;
	}

	/** In the order in which they were accepted. */
	messages(): readonly SesMessage[] {
		return [...this.#messages];
	}

	/** What is known of a message now. */
	insight(id: string): SesMessage | undefined {
		const message = this.#messages.find((each) => each.id === id);
		return message !== undefined && this.account.deliverabilityManager && message.events.length > 0 ? message : undefined;
	}

	/** What holds now decides what becomes of this message. */
	accept(draft: Omit<SesMessage, "id" | "acceptedAt" | "events">): SesMessage {
		const index = this.#messages.length;
		const id = `010701${index.toString(16).padStart(10, "0")}-00000000-0000-0000-0000-000000000000-000000`;
		const message: SesMessage = { ...draft, id, acceptedAt: this.now(), events: [] };
		this.#messages.push(message);
		const faults = this.faults.items();
		const outcome = faults.find((fault) => "outcome" in fault)?.outcome;
		const isLost = faults.some((fault) => "swallow" in fault);
		this.#clock.spawn(async () => {
			await this.#clock.sleep(takes.insights);
			this.#happened(index, ["SEND"]);
			await this.#clock.sleep(takes.delivery - takes.insights);
			if (!isLost) this.#happened(index, outcome === undefined ? ["DELIVERY"] : outcomes[outcome]);
		});
		return message;
	}

	#happened(index: number, types: readonly EmailEvent[]): void {
		const message = this.#messages[index];
		if (message === undefined) return;
		const events = [...message.events, ...types.map((type) => ({ type, at: this.now() }))];
		this.#messages.splice(index, 1, { ...message, events });
	}
}
