import type { EmulatorClock } from "../world/clock.ts";
import {
	type AccountSetup,
	type Emulator,
	type PersonAct,
	unknownFault,
	type VendorArrival,
	type VendorFault,
	type WebhookReceiver,
} from "./emulator.ts";
import { createSlack } from "./slack/api.ts";
import { buttonsOf, shown } from "./slack/blocks.ts";
import { pressed } from "./slack/interaction.ts";
import { requests } from "./slack/requests.ts";
import type { SlackMessage, SlackWorld } from "./slack/workspace.ts";

/** Slack: one app in one workspace posts to channels. A message has no state: a button that is pressed is a request to the app, and nothing at Slack. */
export const slack = {
	name: "Slack",
	system: "slack",
	hosts: ["api"],
	faults: ["answers", "says-no", "loses"],
	acts: ["delete"],
	credential: { name: "slack", isPerPlace: false },
	place: { setting: "channel", words: "the channel" },
	isAnswered: false,
	tells: true,
	demo: { account: { cloud: "commercial" }, channels: [{ channel: "C0PRIMARY01" }, { channel: "C0SECONDARY" }] },
	requests,
	open: ({ clock, account, channels }: AccountSetup) => {
		const { fetch, world } = createSlack({ clock });
		for (const { channel = "" } of channels) world.addChannel({ id: channel });
		const app: { receiver?: WebhookReceiver } = {};
		return {
			// GovSlack is a cloud of its own.
			hosts: { api: account.cloud === "gov" ? "slack-gov.com" : "slack.com" },
			fetch,
			world,
			secrets: { "slack-botToken": world.botToken },
			begin: (fault: VendorFault) => begin(world, fault),
			refuse: () => world.revokeToken(),
			act: (what: PersonAct, channel: string) => act(world, what, channel),
			webhookSecrets: { "slack-signingSecret": world.signingSecret },
			subscribe: (receiver: WebhookReceiver) => {
				app.receiver = receiver;
			},
			arrivals: () => world.messages().map((message) => ({ ...messageArrival(message), ...pressOf(message, world, clock, app.receiver) })),
		};
	},
} as const satisfies Emulator;

function act(world: SlackWorld, what: PersonAct, channel: string): number {
	if (what === "delete") return world.deleteMessages(channel);
	throw new Error(`Slack: expected delete, got ${what}: a message has no state`);
}

function begin(world: SlackWorld, fault: VendorFault): () => void {
	switch (fault.does) {
		case "answers":
			return world.addFault({ status: fault.status, message: "injected" });
		case "says-no":
			return world.addFault({ error: fault.error });
		case "loses":
			return world.addFault({ swallow: true });
		default:
			throw unknownFault("Slack", fault);
	}
}

/** Whoever is in the channel has it as soon as it is posted. */
function messageArrival(message: SlackMessage): VendorArrival {
	const text = shown(message);
	const { key }: { readonly key?: unknown } = Object(message.metadata?.event_payload);
	const kind = /^(\[[^\]]*\] )*RECOVERED/.test(text) ? "end" : "page";
	return { place: message.channel, kind, at: message.at, text, arrived: true, ...(typeof key === "string" ? { key } : {}) };
}

/** The button of a message is pressed, where the app has an address for that: within three seconds Slack wants a 200, or shows a warning. */
function pressOf(
	message: SlackMessage,
	{ signingSecret }: SlackWorld,
	clock: EmulatorClock,
	receiver: WebhookReceiver | undefined,
): Pick<VendorArrival, "press"> {
	const [button] = buttonsOf(message);
	if (receiver === undefined || button === undefined || message.isDeleted) return {};
	const press = async (): Promise<string> => {
		const request = pressed(receiver.urlOf(message.channel), signingSecret, { message, button, by: "the person on call", at: clock.now() });
		const { status } = await receiver.deliver(request);
		return status === 200 ? "the button is pressed" : `Slack shows a warning (${status})`;
	};
	return { press };
}
