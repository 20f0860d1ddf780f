import { createHash } from "node:crypto";
import type { EmulatorClock } from "../../world/clock.ts";
import { Held } from "../held.ts";
import type { Block } from "./blocks.ts";

export interface SlackChannel {
	readonly id: string;
	readonly isPrivate: boolean;
	/** Whether the bot was invited. */
	readonly isMember: boolean;
	readonly isArchived: boolean;
}

export interface SlackMessage {
	readonly channel: string;
	/** Its name within the channel, and its time: Unix seconds with six decimal places. */
	readonly ts: string;
	/** Milliseconds. */
	readonly at: number;
	/** As the API gives it: addresses are in angle brackets. */
	readonly text: string;
	readonly blocks: readonly Block[];
	readonly metadata?: SlackMetadata;
	/** The message that it replies to. */
	readonly threadTs?: string;
	/** A reply that the channel sees, too. */
	readonly isBroadcast: boolean;
	readonly editedAt?: number;
	readonly isDeleted: boolean;
}

/** What an app says to apps. */
export interface SlackMetadata {
	readonly event_type: string;
	readonly event_payload: unknown;
}

/** What Slack does instead of its work: answers with this status, says no with a 200, or takes a message that nobody ever sees. */
export type SlackFault =
	| { readonly status: number; readonly message: string }
	| { readonly error: string }
	/** Accepts a message and keeps none. */
	| { readonly swallow: true };

/** What a scenario can do to Slack, and see of it. */
export interface SlackWorld {
	readonly botToken: string;
	/** With which Slack signs what it sends to the app. */
	readonly signingSecret: string;
	/** A public channel that the bot is in, unless it says otherwise. A channel that is there is changed. */
	addChannel(channel: Pick<SlackChannel, "id"> & Partial<SlackChannel>): void;
	/** The scopes of the bot's token, instead of those that it has. */
	grant(scopes: readonly string[]): void;
	addFault(fault: SlackFault): () => void;
	/** Takes the token no longer; returns the function that ends it. */
	revokeToken(): () => void;
	/** Somebody deletes what stands in a channel, and not what only its threads hold; returns how many messages that were. */
	deleteMessages(channel: string): number;
	/** In the order in which they came. */
	messages(): readonly SlackMessage[];
}

/** Who posts, and where. */
export const identity = {
	team: "Rehearsal",
	team_id: "T0REHEARSAL",
	user: "runbooks",
	user_id: "U0RUNBOOKS",
	bot_id: "B0RUNBOOKS",
} as const;

const usualScopes = ["chat:write", "channels:history", "groups:history"];

/** The workspace behind the Web API: channels, the bot, and what it posted. Nobody else posts. */
export class SlackWorkspace implements SlackWorld {
	readonly #clock: EmulatorClock;
	readonly #channels = new Map<string, SlackChannel>();
	readonly #messages: SlackMessage[] = [];
	readonly #faults = new Held<SlackFault>();
	readonly #revoked = new Held<"token">();
	readonly botToken = `xoxb-${createHash("sha256").update("bot token").digest("hex").slice(0, 40)}`;
	readonly signingSecret = createHash("sha256").update("signing secret").digest("hex").slice(0, 32);
	#scopes: readonly string[] = usualScopes;
	#posted = 0;

	constructor(clock: EmulatorClock) {
		this.#clock = clock;
	}

	addChannel({ id, ...rest }: Pick<SlackChannel, "id"> & Partial<SlackChannel>): void {
		const known = this.#channels.get(id) ?? { id, isPrivate: id.startsWith("G"), isMember: true, isArchived: false };
		this.#channels.set(id, { ...known, ...rest });
	}

	grant(scopes: readonly string[]): void {
		this.#scopes = scopes;
	}

	addFault(fault: SlackFault): () => void {
		return this.#faults.hold(fault);
	}

	revokeToken(): () => void {
		return this.#revoked.hold("token");
	}

	get scopes(): readonly string[] {
		return this.#scopes;
	}

	get isRevoked(): boolean {
		return this.#revoked.items().length > 0;
	}

	/** The fault that answers in Slack's stead, a broken service before a refusal. */
	refusal(): Exclude<SlackFault, { swallow: true }> | undefined {
		const held = this.#faults.items().flatMap((fault) => ("swallow" in fault ? [] : [fault]));
		return held.find((fault) => "status" in fault) ?? held[0];
	}

	/** A private channel is there only for its members. */
	channel(id: string): SlackChannel | undefined {
		const found = this.#channels.get(id);
		return found?.isPrivate === true && !found.isMember ? undefined : found;
	}

	messages(): readonly SlackMessage[] {
		return [...this.#messages];
	}

	message(channel: string, ts: string): SlackMessage | undefined {
		return this.#messages.find((each) => each.channel === channel && each.ts === ts && !each.isDeleted);
	}

	post(draft: Omit<SlackMessage, "ts" | "at" | "isDeleted">): SlackMessage {
		const at = this.#clock.now();
		const message = { ...draft, ts: this.#nextTs(at), at, isDeleted: false };
		if (!this.#faults.items().some((fault) => "swallow" in fault)) this.#messages.push(message);
		return message;
	}

	update(message: SlackMessage, change: Pick<SlackMessage, "text" | "blocks"> & Partial<Pick<SlackMessage, "metadata">>): SlackMessage {
		const changed = { ...message, ...change, editedAt: this.#clock.now() };
		this.#replace(message, changed);
		return changed;
	}

	deleteMessages(channel: string): number {
		const isThere = ({ threadTs, isBroadcast, isDeleted }: SlackMessage): boolean => !isDeleted && (threadTs === undefined || isBroadcast);
		const open = this.#messages.filter((each) => each.channel === channel && isThere(each));
		for (const message of open) this.#replace(message, { ...message, isDeleted: true });
		return open.length;
	}

	#replace(message: SlackMessage, changed: SlackMessage): void {
		this.#messages.splice(this.#messages.indexOf(message), 1, changed);
	}

	/** No two messages have the same. */
	#nextTs(at: number): string {
		this.#posted += 1;
		const microseconds = (at % 1000) * 1000 + (this.#posted % 1000);
		return `${Math.floor(at / 1000)}.${`${microseconds}`.padStart(6, "0")}`;
	}
}
