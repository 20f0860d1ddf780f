import { type AccountSetup, type Emulator, unknownFault, type VendorArrival, type VendorFault } from "./emulator.ts";
import { createTeams } from "./teams/api.ts";
import type { TeamsPost, TeamsWorld } from "./teams/flows.ts";
import { requests } from "./teams/requests.ts";

/** Microsoft Teams by the webhook of a flow for each channel: it takes cards, shows them, and tells its caller nothing of it. */
export const teams = {
	name: "Microsoft Teams",
	system: "teams",
	hosts: ["webhook"],
	faults: ["answers", "loses"],
	credential: { name: "teams", isPerPlace: true },
	place: { setting: "channel", words: "the channel" },
	isAnswered: false,
	demo: { account: {}, channels: [{ channel: "operations" }, { channel: "management" }] },
	requests,
	open: ({ clock, channels }: AccountSetup) => {
		const { fetch, hosts, world } = createTeams({ clock });
		const [webhook] = hosts;
		return {
			hosts: { webhook },
			fetch,
			world,
			secrets: Object.fromEntries(channels.map(({ channel = "" }) => [`teams-${channel}-webhook`, world.addFlow(channel)])),
			begin: (fault: VendorFault) => begin(world, fault),
			refuse: (channel: string) => world.replaceAddress(channel),
			arrivals: () => world.posts().map(postArrival),
		};
	},
} as const satisfies Emulator;

function begin(world: TeamsWorld, fault: VendorFault): () => void {
	switch (fault.does) {
		case "answers":
			return world.addFault({ status: fault.status });
		case "loses":
			return world.addFault({ swallow: true });
		default:
			throw unknownFault("Microsoft Teams", fault);
	}
}

const postArrival = ({ channel, at, text, links }: TeamsPost): VendorArrival => ({
	place: channel,
	kind: /^(\[[^\]]*\] )*RECOVERED/.test(text) ? "end" : "page",
	at,
	text: [text, ...links].join("\n"),
	arrived: true,
});
