import { type AccountSetup, type Emulator, type PersonAct, unknownFault, type VendorArrival, type VendorFault } from "./emulator.ts";
import { createSlack } from "./slack/api.ts";
import { shown } from "./slack/blocks.ts";
import type { SlackMessage, SlackWorld } from "./slack/workspace.ts";

/** Slack: one app in one workspace posts to channels. A message has no state: a pressed button is a request to the app, and nothing at Slack. */
export const slack = {
	name: "Slack",
	system: "slack",
	hosts: ["api"],
	faults: ["answers", "says-no", "loses"],
	credential: { name: "slack", isPerPlace: false },
	place: { setting: "channel", words: "the channel" },
	isAnswered: false,
	demo: { account: { cloud: "commercial" }, channels: [{ channel: "C0PRIMARY01" }, { channel: "C0SECONDARY" }] },
	open: ({ clock, account, channels }: AccountSetup) => {
		const { fetch, world } = createSlack({ clock });
		for (const { channel = "" } of channels) world.addChannel({ id: channel });
		return {
			// GovSlack is a cloud of its own.
			hosts: { api: account.cloud === "gov" ? "slack-gov.com" : "slack.com" },
			fetch,
			world,
			secrets: { "slack-botToken": world.botToken },
			begin: (fault: VendorFault) => begin(world, fault),
			refuse: () => world.revokeToken(),
			act: (what: PersonAct, channel: string) => (what === "delete" ? world.deleteMessages(channel) : 0),
			arrivals: () => world.messages().map(messageArrival),
		};
	},
} as const satisfies Emulator;

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
	return { place: message.channel, kind: /^(\[[^\]]*\] )?RECOVERED/.test(text) ? "end" : "page", at: message.at, text, arrived: true };
}
