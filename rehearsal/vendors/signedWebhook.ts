import { type AccountSetup, type Emulator, type PersonAct, unknownFault, type VendorArrival, type VendorFault } from "./emulator.ts";
import { createReceiver, type KeptPage, type Receiver } from "./signedWebhook/receiver.ts";
import { requests } from "./signedWebhook/requests.ts";

/** An endpoint of the customer's own that takes signed orders; people answer there. */
export const signedWebhook = {
	name: "Signed webhook",
	system: "signedWebhook",
	hosts: ["endpoint"],
	faults: ["answers", "loses"],
	acts: ["resolve", "delete"],
	credential: { name: "signedWebhook", isPerPlace: true },
	place: { setting: "endpoint", words: "the endpoint" },
	isAnswered: true,
	demo: {
		account: {},
		channels: [{ endpoint: "own-pager", url: "https://pager.customer.example/orders" }],
	},
	requests,
	open: ({ clock, channels }: AccountSetup) => {
		const receiver = createReceiver(clock);
		for (const { endpoint = "", url = "" } of channels) receiver.addEndpoint(endpoint, url);
		return {
			hosts: Object.fromEntries(receiver.hosts().map((host, index) => [index === 0 ? "endpoint" : `endpoint-${index + 1}`, host])),
			fetch: receiver.fetch,
			secrets: Object.fromEntries(
				channels.map(({ endpoint = "" }) => [`signedWebhook-${endpoint}-signingSecret`, receiver.secretOf(endpoint)]),
			),
			begin: (fault: VendorFault) => begin(receiver, fault),
			refuse: (endpoint: string) => receiver.revoke(endpoint),
			acknowledge: (endpoint: string, by: string) => receiver.change(endpoint, "acknowledged", by),
			unacknowledge: (endpoint: string, by: string) => receiver.change(endpoint, "delivered", by),
			act: (what: PersonAct, endpoint: string, by: string) => receiver.act(what, endpoint, by),
			arrivals: () => receiver.pages().map(arrivalOf),
		};
	},
} as const satisfies Emulator;

function begin(receiver: Receiver, fault: VendorFault): () => void {
	if (fault.does === "answers") return receiver.faults.hold({ status: fault.status });
	if (fault.does === "loses") return receiver.faults.hold({ swallow: true });
	throw unknownFault("the signed webhook", fault);
}

/** A page that was deleted is over. */
function arrivalOf({ endpoint, key, title, entity, details, createdAt, answeredAt, ...page }: KeptPage): VendorArrival {
	const resolvedAt = page.resolvedAt ?? page.deletedAt;
	return {
		place: endpoint,
		kind: "page",
		at: createdAt,
		text: title,
		arrived: true,
		record: { key, source: entity, details },
		...(answeredAt === undefined ? {} : { answeredAt }),
		...(resolvedAt === undefined ? {} : { resolvedAt }),
	};
}
