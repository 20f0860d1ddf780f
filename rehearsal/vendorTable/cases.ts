import { canPage } from "../../vendors/actions.ts";
import { vendorOf } from "../../vendors/kinds.ts";
import { type Scenario, scenarioFile } from "../scenario/scenario.ts";
import type { Emulator, VendorFault } from "../vendors/emulator.ts";
import { type EmulatedKind, emulatedKinds, emulatorOf } from "../vendors/emulators.ts";

/** One fault of one vendor, for as long as its story lasts. */
export interface FaultCase {
	readonly kind: EmulatedKind;
	/** As the table names it. */
	readonly fault: string;
	readonly scenario: Scenario;
}

type Verb = Readonly<Record<string, unknown>>;

/** Of the whole story: it begins before the failure, and ends behind it. */
const whole = { at: "30s", for: "30m" } as const;

/** What can be wrong on the way to every vendor, and what every one of them can answer. */
const everywhere: readonly (readonly [string, Verb])[] = [
	["no connection", { do: "unreachable" }],
	["never answers", { do: "hangs" }],
	["answers 8 s late", { do: "slow", seconds: 8 }],
	["its answers are lost", { do: "drops-answers" }],
	["200 with HTML", { do: "answers-html" }],
	["429", { do: "throttles", retryAfter: 60 }],
	["500", { do: "answers", status: 500 }],
	["503", { do: "answers", status: 503 }],
	["400", { do: "answers", status: 400 }],
	["403", { do: "answers", status: 403 }],
	["404", { do: "answers", status: 404 }],
];

/** What only some vendors do, by their emulators' own list. */
const ownFaults: Readonly<Partial<Record<VendorFault["does"], readonly [string, Verb]>>> = {
	loses: ["accepted, and never there", { do: "loses" }],
	"leaves-at-sent": ["delivered without a receipt", { do: "leaves-at-sent" }],
	"says-no": ["200 that says no", { do: "says-no", error: "internal_error" }],
	"in-maintenance": ["maintenance: accepted, no record", { do: "in-maintenance" }],
	groups: ["grouped into another record", { do: "groups" }],
};

/** What is accepted and ends badly, in the vendor's own words. */
const badEnds = ({ endings = [] }: Pick<Emulator, "endings">): readonly (readonly [string, Verb])[] =>
	endings.map((as) => [`accepted, and it ends: ${as}`, { do: "ends", as }] as const);

/** The vendors whose pages can be proven, and those that only inform. */
export const pagingKinds = emulatedKinds.filter(canPage);
export const informingKinds = emulatedKinds.filter((kind) => !canPage(kind));

/** A stack with this vendor first and another one as its fallback; what the emulator serves to look around is its account. */
export function faultCases(kind: EmulatedKind): readonly FaultCase[] {
	const emulator = emulatorOf(kind);
	const { system, faults } = emulator;
	const own = faults.flatMap((each) => {
		const known = ownFaults[each];
		return known === undefined ? [] : [known];
	});
	const verbs: readonly (readonly [string, Verb])[] = [
		...[...everywhere, ...own, ...badEnds(emulator)].map(([words, verb]) => [words, { ...whole, system, ...verb }] as const),
		["its credential is revoked", { ...whole, do: "refuses", client: credentialOf(kind) }],
	];
	return [["nothing", undefined] as const, ...verbs].map(([fault, verb]) => ({ kind, fault, scenario: storyOf(kind, verb) }));
}

function credentialOf(kind: EmulatedKind): string {
	const { credential, demo, place } = emulatorOf(kind);
	return credential.isPerPlace ? `${credential.name}-${demo.channels[0]?.[place.setting]}` : credential.name;
}

/** On no host that the vendor has itself: what is wrong there must not be wrong at its fallback. */
function fallbackOf(kind: EmulatedKind): Readonly<Record<string, string>> {
	const hostsOf = (each: EmulatedKind): readonly unknown[] => Object.values(vendorOf(each).hosts).map(({ name }) => name);
	const isShared = hostsOf("sms").some((host) => hostsOf(kind).includes(host));
	return isShared ? { kind: "pagerduty", service: "fallback", serviceId: "PFALLBACK" } : { kind: "sms", to: "+15555550109" };
}

function storyOf(kind: EmulatedKind, verb: Verb | undefined): Scenario {
	const { demo } = emulatorOf(kind);
	const { key, settings } = vendorOf(kind).account;
	const channel = { kind, ...demo.channels[0] };
	const fallback = fallbackOf(kind);
	const channels = canPage(kind) ? [channel, fallback] : [fallback, { ...channel, informs: true }];
	return scenarioFile.parse({
		name: `${kind} fails`,
		why: "What happens to the people on call when one vendor fails.",
		lasts: "9m",
		trunks: [{ name: "Frankfurt-1" }],
		settings: {
			...(Object.keys(settings).length === 0 ? {} : { [key]: demo.account }),
			policies: { telephony: { tiers: [{ name: "primary", channels }] } },
		},
		happens: [{ at: "1m", do: "trunk-down", trunk: "Frankfurt-1" }, ...(verb === undefined ? [] : [verb])],
		must: [{ by: "8m", what: "incident-opened" }],
	});
}
