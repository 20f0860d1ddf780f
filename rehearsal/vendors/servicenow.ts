import { type AccountSetup, type Emulator, type PersonAct, personActs, type VendorArrival, type VendorFault } from "./emulator.ts";
import { createServiceNow } from "./servicenow/api.ts";
import type { Incident } from "./servicenow/record.ts";
import { requests } from "./servicenow/requests.ts";

/** ServiceNow: incidents of one instance; people of an assignment group take them. */
export const servicenow = {
	name: "ServiceNow",
	system: "servicenow",
	hosts: ["instance"],
	faults: ["answers", "loses", "in-maintenance"],
	acts: personActs,
	credential: { name: "servicenow", isPerPlace: false },
	place: { setting: "group", words: "the group" },
	isAnswered: true,
	demo: {
		account: { instance: "customer", userName: "runbooks.integration", impact: "1" },
		channels: [
			{ group: "network", groupId: "11111111111111111111111111111111" },
			{ group: "telephony", groupId: "22222222222222222222222222222222" },
		],
	},
	requests,
	open: ({ clock, account: { instance = "none", userName }, channels }: AccountSetup) => {
		const { fetch, hosts, world } = createServiceNow({ clock, instance });
		const [host] = hosts;
		for (const { group = "", groupId = "" } of channels) world.addGroup(groupId, group);
		return {
			hosts: { instance: host },
			fetch,
			world,
			secrets: userName === undefined ? {} : { "servicenow-password": world.addUser(userName) },
			begin: (fault: VendorFault) => world.begin(fault),
			refuse: () => world.lockUsers(),
			acknowledge: (group: string, by: string) => world.change(group, "acknowledge", by),
			unacknowledge: (group: string, by: string) => world.change(group, "unacknowledge", by),
			act: (what: PersonAct, group: string, by: string) => world.act(what, group, by),
			arrivals: () => world.incidents().flatMap((incident) => (incident.isByApi ? [incidentArrival(incident)] : [])),
		};
	},
} as const satisfies Emulator;

/** Everything that a page says is in one text; whoever opens the record reads it. One that was deleted is over. */
function incidentArrival({ fields, group, createdAt, answeredAt, ...incident }: Incident): VendorArrival {
	const resolvedAt = incident.resolvedAt ?? incident.deletedAt;
	return {
		place: group,
		kind: "page",
		at: createdAt,
		text: fields.short_description ?? "",
		arrived: true,
		record: { key: fields.correlation_id ?? "", details: { description: fields.description ?? "" } },
		...(answeredAt === undefined ? {} : { answeredAt }),
		...(resolvedAt === undefined ? {} : { resolvedAt }),
	};
}
