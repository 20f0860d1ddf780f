import { type AccountSetup, type Emulator, unknownFault, type VendorArrival, type VendorFault } from "./emulator.ts";
import { createVoice, host } from "./voice/api.ts";
import { callOutcomes, type TwilioCall, type TwilioCalls } from "./voice/calls.ts";
import { pressKey } from "./voice/key.ts";
import { requests } from "./voice/requests.ts";

/** Calls by Twilio: a person who hears one can press a key, and each is a call of its own. */
export const voice = {
	name: "Twilio Voice",
	system: "twilio-voice",
	hosts: ["api"],
	faults: ["answers", "loses", "ends"],
	endings: callOutcomes,
	credential: { name: "twilio-voice", isPerPlace: false },
	place: { setting: "to", words: "the phone" },
	isAnswered: false,
	demo: { account: { accountSid: "AC00000000000000000000000000000002", from: "+15555550100" }, channels: [{ to: "+15555550102" }] },
	requests,
	open: ({ clock, account: { accountSid } }: AccountSetup) => {
		const { fetch, takes, world } = createVoice({ clock });
		return {
			hosts: { api: host },
			fetch,
			takes,
			world,
			secrets: accountSid === undefined ? {} : { "twilio-voice-authToken": world.addAccount(accountSid).authToken },
			begin: (fault: VendorFault) => begin(world, fault),
			refuse: () => world.revokeTokens(),
			arrivals: () => world.calls().map((call) => callArrival(world, call)),
		};
	},
} as const satisfies Emulator;

function begin(world: TwilioCalls, fault: VendorFault): () => void {
	switch (fault.does) {
		case "answers":
			return world.addFault({ status: fault.status });
		case "loses":
			return world.addFault({ swallow: true });
		case "ends": {
			const outcome = callOutcomes.find((each) => each === fault.as);
			if (outcome === undefined) throw new Error(`Expected a call that ends as ${callOutcomes.join(", ")}, got ${fault.as}`);
			return world.addFault({ outcome });
		}
		default:
			throw unknownFault("Twilio Voice", fault);
	}
}

/** It arrived where a person heard it: not by ringing, and not on a machine. */
function callArrival(world: TwilioCalls, { sid, to, createdAt, spoken }: TwilioCall): VendorArrival {
	const listening = world.listening(to);
	const text = spoken?.words ?? "";
	return {
		place: to,
		kind: /^(This is a drill\. )?Recovered/.test(text) ? "end" : "page",
		at: createdAt,
		text,
		arrived: spoken !== undefined,
		...(listening?.sid === sid ? { press: (send) => pressKey(world, listening, send) } : {}),
	};
}
