import { type AccountSetup, type Emulator, unknownFault, type VendorArrival, type VendorFault } from "./emulator.ts";
import { createTwilio } from "./sms/api.ts";
import { hasArrived, type TwilioMessage, type TwilioWorld, textOutcomes } from "./sms/messages.ts";
import { requests } from "./sms/requests.ts";

/** Texts by Twilio: nobody answers there, and each is a message of its own. */
export const sms = {
	name: "Twilio",
	system: "twilio",
	hosts: ["api"],
	faults: ["answers", "loses", "leaves-at-sent", "ends"],
	endings: textOutcomes,
	credential: { name: "twilio", isPerPlace: false },
	place: { setting: "to", words: "the phone" },
	isAnswered: false,
	demo: { account: { accountSid: "AC00000000000000000000000000000001", from: "+15555550100" }, channels: [{ to: "+15555550101" }] },
	requests,
	open: ({ clock, account: { accountSid } }: AccountSetup) => {
		const { fetch, hosts, world } = createTwilio({ clock });
		const [api] = hosts;
		return {
			hosts: { api },
			fetch,
			world,
			secrets: accountSid === undefined ? {} : { "twilio-authToken": world.addAccount({ accountSid }).authToken },
			begin: (fault: VendorFault) => begin(world, fault),
			refuse: () => world.revokeTokens(),
			renew: () => {
				const { authToken, endOld } = world.renewToken(accountSid ?? "");
				return { secrets: { "twilio-authToken": authToken }, endOld };
			},
			arrivals: () => world.messages().map(messageArrival),
		};
	},
} as const satisfies Emulator;

function begin(world: TwilioWorld, fault: VendorFault): () => void {
	switch (fault.does) {
		case "answers":
			return world.addFault({ status: fault.status, message: "injected" });
		case "loses":
			return world.addFault({ swallow: true });
		case "leaves-at-sent":
			return world.addFault({ noReceipts: true });
		case "ends": {
			const outcome = textOutcomes.find((each) => each === fault.as);
			if (outcome === undefined) throw new Error(`Expected a text that ends as ${textOutcomes.join(", ")}, got ${fault.as}`);
			return world.addFault({ outcome });
		}
		default:
			throw unknownFault("Twilio", fault);
	}
}

export const messageArrival = ({ to, body, createdAt, status }: TwilioMessage): VendorArrival => ({
	place: to,
	kind: /^(\[[^\]]*\] )*RECOVERED/.test(body) ? "end" : "page",
	at: createdAt,
	text: body,
	arrived: hasArrived(status),
});
