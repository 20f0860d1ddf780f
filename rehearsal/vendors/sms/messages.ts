import type { EmulatorClock } from "../../world/clock.ts";
import { Held } from "../held.ts";
import { authTokenOf } from "../twilio/answers.ts";

export type TwilioStatus = "queued" | "sent" | "delivered" | "undelivered" | "failed";

/** Whether a message is in the phone: one that its carrier took is, although no receipt says so. */
export const hasArrived = (status: TwilioStatus): boolean => status === "delivered" || status === "sent";

export interface TwilioMessage {
	readonly sid: string;
	readonly accountSid: string;
	readonly to: string;
	readonly from: string;
	readonly body: string;
	readonly status: TwilioStatus;
	readonly createdAt: number;
	/** Undefined while queued. */
	readonly sentAt: number | undefined;
	readonly errorCode: number | undefined;
}

/** How a text ends that does not arrive: its carrier refuses it or its recipient has opted out of it, or Twilio cannot send it. */
export const textOutcomes = ["undelivered", "failed"] as const;

/** What the vendor does instead: an answer with this status to every request, a final status that is not "delivered", or none ever. */
export type TwilioFault =
	| { readonly status: number; readonly message: string }
	| { readonly outcome: (typeof textOutcomes)[number] }
	| { readonly swallow: true }
	/** The carrier takes it and sends no receipt. */
	| { readonly noReceipts: true };

/** What a scenario can do to Twilio, and see of it. */
export interface TwilioWorld {
	/** Registers an account; its token is the same in every run. */
	addAccount(account: { readonly accountSid: string }): { readonly authToken: string };
	/** Another token of the account beside the first. */
	renewToken(accountSid: string): { readonly authToken: string; readonly endOld: () => void };
	/** `undefined` ends the fault. */
	setFault(fault: TwilioFault | undefined): void;
	/** Adds a fault to what is broken already; returns the function that ends it. */
	addFault(fault: TwilioFault): () => void;
	/** The token of every account is revoked; returns the function that ends it. */
	revokeTokens(): () => void;
	/** In the order of their creation. */
	messages(): readonly TwilioMessage[];
}

/** From queued to its final status. */
const deliveryMilliseconds = 5_000;
/** Twilio's error codes of a message: unknown destination handset, and a queue that overflowed. */
const errorCodes = { undelivered: 30003, failed: 30001 } as const;

/** Twilio's accounts and messages: queued when created, final a little later. */
export class TwilioMessages implements TwilioWorld {
	readonly #clock: EmulatorClock;
	/** By the account, those that are taken. */
	readonly #tokens = new Map<string, readonly string[]>();
	readonly #messages: TwilioMessage[] = [];
	#fault: TwilioFault | undefined;
	readonly #added = new Held<TwilioFault>();
	readonly #revoked = new Held<"tokens">();

	constructor(clock: EmulatorClock) {
		this.#clock = clock;
	}

	addAccount({ accountSid }: { readonly accountSid: string }): { readonly authToken: string } {
		const authToken = authTokenOf(accountSid, "primary");
		this.#tokens.set(accountSid, [authToken]);
		return { authToken };
	}

	renewToken(accountSid: string): { readonly authToken: string; readonly endOld: () => void } {
		const authToken = authTokenOf(accountSid, "renewed");
		this.#tokens.set(accountSid, [...(this.#tokens.get(accountSid) ?? []), authToken]);
		return { authToken, endOld: () => this.#tokens.set(accountSid, [authToken]) };
	}

	setFault(fault: TwilioFault | undefined): void {
		this.#fault = fault;
	}

	addFault(fault: TwilioFault): () => void {
		return this.#added.hold(fault);
	}

	revokeTokens(): () => void {
		return this.#revoked.hold("tokens");
	}

	/** The faults that hold now. */
	get #held(): readonly TwilioFault[] {
		return [...(this.#fault === undefined ? [] : [this.#fault]), ...this.#added.items()];
	}

	messages(): readonly TwilioMessage[] {
		return [...this.#messages];
	}

	/** The fault that answers in the vendor's stead, if there is one. */
	refusal(): { readonly status: number; readonly message: string } | undefined {
		return this.#held.find((fault) => "status" in fault);
	}

	knows(accountSid: string, authToken: string): boolean {
		return this.#revoked.items().length === 0 && this.#tokens.get(accountSid)?.includes(authToken) === true;
	}

	/** What the fault is now decides what becomes of this message. */
	create(draft: Pick<TwilioMessage, "accountSid" | "to" | "from" | "body">): TwilioMessage {
		const index = this.#messages.length;
		const sid = `SM${(index + 1).toString(16).padStart(32, "0")}`;
		const message = { ...draft, sid, status: "queued", createdAt: this.#clock.now(), sentAt: undefined, errorCode: undefined } as const;
		this.#messages.push(message);
		if (this.#held.some((fault) => "swallow" in fault)) return message;
		const isSilent = this.#held.some((fault) => "noReceipts" in fault);
		const outcome = this.#held.find((fault) => "outcome" in fault)?.outcome ?? (isSilent ? "sent" : "delivered");
		this.#clock.spawn(async () => {
			await this.#clock.sleep(deliveryMilliseconds);
			const errorCode = outcome === "delivered" || outcome === "sent" ? undefined : errorCodes[outcome];
			this.#messages.splice(index, 1, { ...message, status: outcome, sentAt: this.#clock.now(), errorCode });
		});
		return message;
	}
}
