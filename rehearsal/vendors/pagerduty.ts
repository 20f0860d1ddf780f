import {
	type AccountSetup,
	type Emulator,
	type Intrusion,
	type PersonAct,
	unknownFault,
	type VendorArrival,
	type VendorFault,
	type WebhookReceiver,
} from "./emulator.ts";
import type { PagerDutyHost, PagerDutyIncident, PagerDutyWorld } from "./pagerduty/account.ts";
import { createPagerDuty } from "./pagerduty/api.ts";
import type { ServiceKeys } from "./pagerduty/keys.ts";
import { acts } from "./pagerduty/people.ts";
import { requests } from "./pagerduty/requests.ts";

const hosts = ["events", "rest"] as const satisfies readonly PagerDutyHost[];

/** PagerDuty: events on one host, records on another; people answer on a service. */
export const pagerduty = {
	name: "PagerDuty",
	system: "pagerduty",
	hosts,
	faults: ["answers", "loses", "in-maintenance", "groups"],
	acts,
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
			renew: (service: string) => ({
				secrets: named(service, world.issueSecond(service)),
				endOld: () => world.endFirst(service),
			}),
			webhookSecrets: Object.fromEntries(
				channels.map(({ service = "" }) => [`pagerduty-${service}-webhookSecret`, world.webhooks.secretOf(service)]),
			),
			subscribe: (receiver: WebhookReceiver) => world.webhooks.subscribe(receiver),
			intrude: (how: Intrusion, service: string, by: string) => intrude(world, how, service, by),
			act: (what: PersonAct, service: string, by: string) => world.act(what, { service, by }).length,
			acknowledge: (service: string, by: string) => world.acknowledge({ service, by }).length,
			unacknowledge: (service: string, by: string) => world.unacknowledge({ service, by }).length,
			arrivals: () => arrivals(world.incidents()),
		};
	},
} as const satisfies Emulator;

function secretsOf(world: PagerDutyWorld, { service = "", serviceId = "" }: Readonly<Record<string, string>>) {
	return Object.entries(named(service, world.addService({ id: serviceId, name: service })));
}

/** By the keys of the stack's secrets. */
const named = (service: string, keys: ServiceKeys): Readonly<Record<string, string>> =>
	Object.fromEntries(Object.entries(keys).map(([name, key]) => [`pagerduty-${service}-${name}`, key]));

const arrivals = (all: readonly PagerDutyIncident[]): readonly VendorArrival[] =>
	all.flatMap((incident) => (incident.isOthers ? [] : [incidentArrival(incident, all)]));

function begin(world: PagerDutyWorld, fault: VendorFault): () => void {
	switch (fault.does) {
		case "answers": {
			const host = hosts.find((each) => each === fault.host);
			return world.addFault({ status: fault.status, message: "injected", ...(host === undefined ? {} : { host }) });
		}
		case "loses":
			return world.addFault({ swallow: true });
		case "in-maintenance":
			return world.addFault({ triggers: "dropped" });
		case "groups":
			return world.addFault({ triggers: "grouped" });
		default:
			throw unknownFault("PagerDuty", fault);
	}
}

async function intrude(world: PagerDutyWorld, how: Intrusion, service: string, by: string): Promise<Response | undefined> {
	if (how === "replayed") return world.webhooks.replay(service);
	const last = world.incidents().findLast(({ serviceName }) => serviceName === service);
	return last && world.webhooks.forge(last, by);
}

/** A record is there as soon as it was made, and people see it. What was merged is answered and resolved with what has its alerts now. */
export function incidentArrival(incident: PagerDutyIncident, all: readonly PagerDutyIncident[] = []): VendorArrival {
	const { answeredAt, resolvedAt } = all.find(({ id }) => id === incident.mergedInto) ?? incident;
	return {
		place: incident.serviceName,
		kind: "page",
		at: incident.createdAt,
		text: incident.title,
		arrived: true,
		record: { key: incident.incidentKey, source: incident.source, details: incident.details },
		...(answeredAt === undefined ? {} : { answeredAt }),
		...(resolvedAt === undefined ? {} : { resolvedAt }),
	};
}
