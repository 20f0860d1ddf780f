import type { Instant } from "../../pipeline/model/incident.ts";
import { type Clock, type DispatchMessage, type DispatchQueue, EdgeError } from "../../pipeline/ports.ts";
import { type BackOff, backOffSeconds, longestDelaySeconds } from "../http/backOff.ts";

/** One message as its receiver gets it. */
export interface Received {
	readonly messageId: string;
	readonly receiptHandle: string;
	readonly body: string;
	/** Counts from 1. */
	readonly receiveCount: number;
	readonly sentAt: Instant;
}

interface Message {
	readonly id: string;
	readonly body: string;
	readonly sentAt: Instant;
	visibleAt: Instant;
	receiveCount: number;
	receiptHandle: string | undefined;
}

export interface MemoryQueueOptions {
	readonly clock: Clock;
	readonly visibilityTimeoutSeconds: number;
	/** After this many receives a message goes to `deadLetters` instead of to a receiver. */
	readonly maxReceiveCount?: number | undefined;
	readonly deadLetters?: MemoryQueue | undefined;
	/** Told whenever a message will become visible, with the instant: what a receiver would learn by polling. */
	readonly visible?: (at: Instant) => void;
}

/**
 * A standard SQS queue without SQS: delays, visibility timeout, receive counts and redrive on an injected clock. As `DispatchQueue`
 * it keeps the promises of `sqsQueue` (one contract suite runs on both); the rest is what the receiver's side needs.
 */
export class MemoryQueue implements DispatchQueue, BackOff {
	readonly #options: MemoryQueueOptions;
	readonly #messages: Message[] = [];
	#sent = 0;

	constructor(options: MemoryQueueOptions) {
		this.#options = options;
	}

	async send(message: DispatchMessage, delaySeconds: number): Promise<void> {
		this.add(JSON.stringify(message), delaySeconds);
	}

	async backOff(delivery: { readonly receiptHandle: string; readonly receiveCount: number }): Promise<void> {
		this.changeVisibility(delivery.receiptHandle, backOffSeconds(delivery));
	}

	/** Puts a body on the queue; a delay over 900 seconds or below 0 is refused as by SQS. */
	add(body: string, delaySeconds = 0): void {
		if (!Number.isInteger(delaySeconds) || delaySeconds < 0 || delaySeconds > longestDelaySeconds) {
			throw new EdgeError("rejected", `SQS: expected a delay of 0 to ${longestDelaySeconds} whole seconds, got ${delaySeconds}`, {
				retry: false,
			});
		}
		this.#sent += 1;
		const now = this.#options.clock.now();
		const id = `message-${String(this.#sent).padStart(6, "0")}`;
		this.#show({ id, body, sentAt: now, visibleAt: now + delaySeconds * 1000, receiveCount: 0, receiptHandle: undefined });
	}

	/** Takes at most `limit` visible messages, oldest first; they are invisible until the visibility timeout. */
	receive(limit: number): readonly Received[] {
		const now = this.#options.clock.now();
		const visible = this.#messages.filter((message) => message.visibleAt <= now).toSorted((a, b) => a.visibleAt - b.visibleAt);
		const taken: Received[] = [];
		for (const message of visible) {
			if (taken.length === limit) break;
			if (message.receiveCount >= (this.#options.maxReceiveCount ?? Number.POSITIVE_INFINITY)) this.#bury(message);
			else taken.push(this.#take(message, now));
		}
		return taken;
	}

	/** Deletes the message of that receipt handle; a handle of an earlier delivery deletes nothing. */
	delete(receiptHandle: string): void {
		const index = this.#messages.findIndex((message) => message.receiptHandle === receiptHandle);
		if (index !== -1) this.#messages.splice(index, 1);
	}

	/** Makes the message of that receipt handle visible again in so many seconds. Throws EdgeError where there is none. */
	changeVisibility(receiptHandle: string, seconds: number): void {
		const message = this.#messages.find((candidate) => candidate.receiptHandle === receiptHandle);
		if (message === undefined) throw new EdgeError("rejected", "SQS: expected the receipt handle of a message in flight", { retry: false });
		message.visibleAt = this.#options.clock.now() + seconds * 1000;
		this.#options.visible?.(message.visibleAt);
	}

	/** The bodies of all messages, visible or not, in the order of sending: for assertions. */
	bodies(): readonly string[] {
		return this.#messages.map((message) => message.body);
	}

	/** How many messages are visible, not yet delivered because of a delay, and delivered but not deleted. */
	depth(): { readonly visible: number; readonly delayed: number; readonly inFlight: number } {
		const now = this.#options.clock.now();
		const hidden = this.#messages.filter((message) => message.visibleAt > now);
		const delayed = hidden.filter((message) => message.receiptHandle === undefined).length;
		return { visible: this.#messages.length - hidden.length, delayed, inFlight: hidden.length - delayed };
	}

	/** How old the oldest message is, visible or not, in whole seconds; 0 where there is none. */
	oldestSeconds(): number {
		const now = this.#options.clock.now();
		return Math.max(0, ...this.#messages.map(({ sentAt }) => Math.floor((now - sentAt) / 1000)));
	}

	#take(message: Message, now: Instant): Received {
		message.receiveCount += 1;
		message.receiptHandle = `${message.id}#${message.receiveCount}`;
		message.visibleAt = now + this.#options.visibilityTimeoutSeconds * 1000;
		this.#options.visible?.(message.visibleAt);
		const { id, body, receiveCount, sentAt, receiptHandle } = message;
		return { messageId: id, receiptHandle, body, receiveCount, sentAt };
	}

	#bury(message: Message): void {
		this.#messages.splice(this.#messages.indexOf(message), 1);
		this.#options.deadLetters?.add(message.body);
	}

	#show(message: Message): void {
		this.#messages.push(message);
		this.#options.visible?.(message.visibleAt);
	}
}

/** The dispatch queue in memory, with SQS's defaults where nothing is said. */
export function memoryQueue(clock: Clock, options: Partial<Omit<MemoryQueueOptions, "clock">> = {}): MemoryQueue {
	return new MemoryQueue({ clock, visibilityTimeoutSeconds: 30, ...options });
}
