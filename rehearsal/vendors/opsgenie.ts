import type { AccountSetup, Emulator, PersonAct, VendorFault } from "./emulator.ts";
import { createOpsgenie } from "./opsgenie/api.ts";
import { alertArrival } from "./opsgenie/arrival.ts";
import { requests } from "./opsgenie/requests.ts";

/** Opsgenie: alerts that one host takes and shows; people answer for a team. */
export const opsgenie = {
	name: "Opsgenie",
	system: "opsgenie",
	hosts: ["api"],
	faults: ["answers", "loses", "in-maintenance", "groups"],
	acts: ["resolve", "snooze", "reassign", "delete"],
	credential: { name: "opsgenie", isPerPlace: true },
	place: { setting: "team", words: "the team" },
	isAnswered: true,
	demo: { account: { region: "us" }, channels: [{ team: "primary" }, { team: "secondary" }] },
	requests,
	open: ({ clock, account, channels }: AccountSetup) => {
		const { fetch, hosts, world } = createOpsgenie({ clock, region: account.region === "eu" ? "eu" : "us" });
		const [api] = hosts;
		return {
			hosts: { api },
			fetch,
			world,
			secrets: Object.fromEntries(channels.map(({ team = "" }) => [`opsgenie-${team}-apiKey`, world.addTeam(team)])),
			begin: (fault: VendorFault) => world.begin(fault),
			refuse: (team: string) => world.revokeKey(team),
			acknowledge: (team: string, by: string) => world.change(team, "acknowledge", by),
			unacknowledge: (team: string, by: string) => world.change(team, "unacknowledge", by),
			act: (what: PersonAct, team: string, by: string) => world.act(what, team, by),
			arrivals: () => world.alerts().flatMap(alertArrival),
		};
	},
} as const satisfies Emulator;
