import type { AccountSetup, Emulator, PersonAct, VendorFault } from "./emulator.ts";
import { createJsm, isForAlerts, type JsmWorld } from "./jsm/api.ts";
import { requests } from "./jsm/requests.ts";
import { alertArrival } from "./opsgenie/arrival.ts";

/** Alerts of Jira Service Management: two APIs on one host; people answer for a team. */
export const jsm = {
	name: "Jira Service Management",
	system: "jsm",
	hosts: ["integration", "api"],
	faults: ["answers", "loses", "in-maintenance", "groups"],
	acts: ["resolve", "snooze", "reassign", "delete"],
	credential: { name: "jsm", isPerPlace: true },
	place: { setting: "team", words: "the team" },
	isAnswered: true,
	demo: {
		account: { cloudId: "11111111-2222-4333-8444-555555555555", email: "reader@example.com" },
		channels: [{ team: "primary" }, { team: "secondary" }],
	},
	requests,
	open: ({ clock, account: { cloudId = "", email = "" }, channels }: AccountSetup) => {
		const { fetch, hosts, world } = createJsm({ clock, cloudId, email });
		const [host] = hosts;
		return {
			hosts: { integration: host, api: host },
			fetch,
			takes: isForAlerts,
			world,
			secrets: Object.fromEntries(channels.flatMap(({ team = "" }) => secretsOf(world, team))),
			begin: (fault: VendorFault) => world.begin(fault),
			refuse: (team: string) => world.revokeKey(team),
			acknowledge: (team: string, by: string) => world.change(team, "acknowledge", by),
			unacknowledge: (team: string, by: string) => world.change(team, "unacknowledge", by),
			act: (what: PersonAct, team: string, by: string) => world.act(what, team, by),
			arrivals: () => world.alerts().flatMap(alertArrival),
		};
	},
} as const satisfies Emulator;

const secretsOf = (world: JsmWorld, team: string) =>
	Object.entries(world.addTeam(team)).map(([name, secret]) => [`jsm-${team}-${name}`, secret] as const);
