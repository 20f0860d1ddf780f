import { createSes } from "./email/api.ts";
import { emailOutcomes, type SesMessage, type SesMessages } from "./email/messages.ts";
import { requests } from "./email/requests.ts";
import { type AccountSetup, type AwsCallers, type Emulator, unknownFault, type VendorArrival, type VendorFault } from "./emulator.ts";

/** E-mail by Amazon SES: nobody answers there, and each is a message of its own. */
export const email = {
	name: "Amazon SES",
	system: "ses",
	hosts: ["email"],
	faults: ["answers", "loses", "ends"],
	endings: emailOutcomes,
	credential: { name: "ses", isPerPlace: false },
	place: { setting: "to", words: "the address" },
	isAnswered: false,
	demo: { account: { region: "eu-central-1", from: "pages@runbooks.example" }, channels: [{ to: "ada@customer.example" }] },
	requests,
	open: ({ clock, account: { region = "us-east-1", from }, callers = nobody }: AccountSetup) => {
		const { fetch, host, world } = createSes({ clock, region, callers });
		if (from !== undefined) world.verify(from);
		return {
			hosts: { email: host },
			fetch,
			world,
			secrets: {},
			begin: (fault: VendorFault) => begin(world, fault),
			refuse: () => world.faults.hold({ refused: "UnrecognizedClientException" }),
			arrivals: () => world.messages().map(messageArrival),
		};
	},
} as const satisfies Emulator;

const nobody: AwsCallers = { secretsOf: () => undefined, permits: () => false };

function begin({ faults }: SesMessages, fault: VendorFault): () => void {
	switch (fault.does) {
		case "answers":
			return faults.hold({ status: fault.status });
		case "loses":
			return faults.hold({ swallow: true });
		case "ends": {
			const outcome = emailOutcomes.find((each) => each === fault.as);
			if (outcome === undefined) throw new Error(`Expected an e-mail that ends as ${emailOutcomes.join(", ")}, got ${fault.as}`);
			return faults.hold({ outcome });
		}
		default:
			throw unknownFault("Amazon SES", fault);
	}
}

const messageArrival = ({ to, subject, body, acceptedAt, events }: SesMessage): VendorArrival => ({
	place: to,
	kind: subject.startsWith("RECOVERED") ? "end" : "page",
	at: acceptedAt,
	text: `${subject}\n${body}`,
	arrived: events.some(({ type }) => type === "DELIVERY"),
});
