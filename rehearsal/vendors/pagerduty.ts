import type { AccountSetup, Emulator, VendorArrival, VendorFault } from "./emulator.ts";
import type { PagerDutyHost, PagerDutyIncident, PagerDutyWorld } from "./pagerduty/account.ts";
import { createPagerDuty } from "./pagerduty/api.ts";

const hosts = ["events", "rest"] as const satisfies readonly PagerDutyHost[];

/** PagerDuty: events on one host, records on another; people answer on a service. */
export const pagerduty = {
	name: "PagerDuty",
	system: "pagerduty",
	hosts,
	faults: ["answers", "loses"],
	credential: { name: "pagerduty", isPerPlace: true },
	place: { setting: "service", words: "the service" },
	isAnswered: true,
	demo: {
		account: { region: "us" },
		channels: [
			{ service: "primary", serviceId: "PPRIMARY" },
			{ service: "secondary", serviceId: "PSECOND" },
		],
	},
	open: ({ clock, account, channels }: AccountSetup) => {
		const { fetch, hosts: names, world } = createPagerDuty({ clock, region: account.region === "eu" ? "eu" : "us" });
		const [events, rest] = names;
		return {
			hosts: { events, rest },
			fetch,
			world,
			secrets: Object.fromEntries(channels.flatMap((channel) => secretsOf(world, channel))),
			begin: (fault: VendorFault) => begin(world, fault),
			refuse: (service: string) => world.revokeKeys(service),
			acknowledge: (service: string, by: string) => world.acknowledge({ service, by }).length,
			unacknowledge: (service: string, by: string) => world.unacknowledge({ service, by }).length,
			arrivals: () => world.incidents().map(incidentArrival),
		};
	},
} as const satisfies Emulator;

function secretsOf(world: PagerDutyWorld, { service = "", serviceId = "" }: Readonly<Record<string, string>>) {
	const keys = world.addService({ id: serviceId, name: service });
	return Object.entries(keys).map(([name, key]) => [`pagerduty-${service}-${name}`, key] as const);
}

function begin(world: PagerDutyWorld, fault: VendorFault): () => void {
	if (fault.does !== "answers") return world.addFault({ swallow: true });
	const host = hosts.find((each) => each === fault.host);
	return world.addFault({ status: fault.status, message: "injected", ...(host === undefined ? {} : { host }) });
}

/** A record is there as soon as it was made, and people see it. */
export const incidentArrival = (incident: PagerDutyIncident): VendorArrival => ({
	place: incident.serviceName,
	kind: "page",
	at: incident.createdAt,
	text: incident.title,
	arrived: true,
	record: { key: incident.incidentKey, source: incident.source, details: incident.details },
	...(incident.answeredAt === undefined ? {} : { answeredAt: incident.answeredAt }),
	...(incident.resolvedAt === undefined ? {} : { resolvedAt: incident.resolvedAt }),
});
