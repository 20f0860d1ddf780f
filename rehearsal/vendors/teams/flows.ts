import { createHash } from "node:crypto";
import type { EmulatorClock } from "../../world/clock.ts";
import { Held } from "../held.ts";
import { readMessage, type TeamsMessage } from "./card.ts";

/** What the platform does instead: answers with this status, or takes what no channel ever shows. */
export type TeamsFault = { readonly status: number } | { readonly swallow: true };

/** A flow that posts to a channel what comes to its webhook. */
interface Flow {
	readonly channel: string;
	/** 32 hexadecimal digits, without dashes. */
	readonly id: string;
	/** What its address ends in: whoever has it may post. */
	readonly signature: string;
	readonly state: "Enabled" | "Disabled";
}

/** What stands in a channel. */
export interface TeamsPost extends TeamsMessage {
	readonly channel: string;
	/** Milliseconds. */
	readonly at: number;
}

/** One run of a flow: a failure is in its history, and whoever called hears nothing of it. */
export interface FlowRun {
	readonly channel: string;
	readonly problem?: string;
}

/** What a scenario can do to Teams, and see of it. */
export interface TeamsWorld {
	/** Makes a channel's flow; returns its address, the same in every run. */
	addFlow(channel: string): string;
	setState(channel: string, state: Flow["state"]): void;
	addFault(fault: TeamsFault): () => void;
	/** The address of a channel's flow is worth nothing any more, as after a new one was made; returns the function that ends it. */
	replaceAddress(channel: string): () => void;
	/** In the order in which they came. */
	posts(): readonly TeamsPost[];
	runs(): readonly FlowRun[];
}

/** The environment's own host: since 2025-11-30 no flow is called on `logic.azure.com` any more. */
export const host = "default0a1b2c3d4e5f4a6b8c7d9e0f1a2b3c.4d.environment.api.powerplatform.com";
export const basePath = "/powerautomate/automations/direct/workflows";

/** The flows behind the webhooks, and the channels that they post to. */
export class TeamsFlows implements TeamsWorld {
	readonly #clock: EmulatorClock;
	readonly #flows = new Map<string, Flow>();
	readonly #faults = new Held<TeamsFault>();
	readonly #replaced = new Held<string>();
	readonly #posts: TeamsPost[] = [];
	readonly #runs: FlowRun[] = [];

	constructor(clock: EmulatorClock) {
		this.#clock = clock;
	}

	addFlow(channel: string): string {
		const made = (purpose: string): Buffer => createHash("sha256").update(`${purpose}:${channel}`).digest();
		const flow: Flow = {
			channel,
			id: made("flow").toString("hex").slice(0, 32),
			signature: made("signature").toString("base64url"),
			state: "Enabled",
		};
		this.#flows.set(channel, flow);
		const query = new URLSearchParams({ "api-version": "1", sp: "/triggers/manual/run", sv: "1.0", sig: flow.signature });
		return `https://${host}:443${basePath}/${flow.id}/triggers/manual/paths/invoke?${query}`;
	}

	setState(channel: string, state: Flow["state"]): void {
		const flow = this.#flows.get(channel);
		if (flow === undefined) throw new Error(`Microsoft Teams: expected a channel with a flow, got "${channel}"`);
		this.#flows.set(channel, { ...flow, state });
	}

	addFault(fault: TeamsFault): () => void {
		return this.#faults.hold(fault);
	}

	replaceAddress(channel: string): () => void {
		return this.#replaced.hold(channel);
	}

	posts(): readonly TeamsPost[] {
		return [...this.#posts];
	}

	runs(): readonly FlowRun[] {
		return [...this.#runs];
	}

	/** The fault that answers in the platform's stead. */
	refusal(): { readonly status: number } | undefined {
		return this.#faults.items().find((fault) => "status" in fault);
	}

	flow(id: string): Flow | undefined {
		return [...this.#flows.values()].find((each) => each.id === id);
	}

	knows({ channel, signature }: Flow, given: string): boolean {
		return given === signature && !this.#replaced.items().includes(channel);
	}

	/** Runs a flow, a little later: who called it has its answer by then. */
	run({ channel }: Flow, body: Readonly<Record<string, unknown>>): void {
		if (this.#faults.items().some((fault) => "swallow" in fault)) return;
		this.#clock.spawn(async () => {
			await this.#clock.sleep(runMilliseconds);
			const message = readMessage(body);
			const problem = "problem" in message ? message.problem : undefined;
			this.#runs.push({ channel, ...(problem === undefined ? {} : { problem }) });
			if (!("problem" in message)) this.#posts.push({ channel, at: this.#clock.now(), ...message });
		});
	}
}

const runMilliseconds = 2_000;
