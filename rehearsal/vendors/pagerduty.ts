import type { AccountSetup, Emulator, Intrusion, PersonAct, VendorArrival, VendorFault, WebhookReceiver } from "./emulator.ts";
import type { PagerDutyHost, PagerDutyIncident, PagerDutyWorld } from "./pagerduty/account.ts";
import { createPagerDuty } from "./pagerduty/api.ts";
import { requests } from "./pagerduty/requests.ts";

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
	tells: true,
	demo: {
		account: { region: "us" },
		channels: [
			{ service: "primary", serviceId: "PPRIMARY" },
			{ service: "secondary", serviceId: "PSECOND" },
		],
	},
	requests,
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
			webhookSecrets: Object.fromEntries(
				channels.map(({ service = "" }) => [`pagerduty-${service}-webhookSecret`, world.webhooks.secretOf(service)]),
			),
			subscribe: (receiver: WebhookReceiver) => world.webhooks.subscribe(receiver),
			intrude: (how: Intrusion, service: string, by: string) => intrude(world, how, service, by),
			act: (what: PersonAct, service: string, by: string) => act(world, what, service, by),
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

function act(world: PagerDutyWorld, what: PersonAct, service: string, by: string): number {
	if (what !== "resolve") throw new Error(`Expected an act that is rehearsed at PagerDuty, got ${what}`);
	return world.resolve({ service, by }).length;
}

async function intrude(world: PagerDutyWorld, how: Intrusion, service: string, by: string): Promise<Response | undefined> {
	if (how === "replayed") return world.webhooks.replay(service);
	const last = world.incidents().findLast(({ serviceName }) => serviceName === service);
	return last && world.webhooks.forge(last, by);
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
