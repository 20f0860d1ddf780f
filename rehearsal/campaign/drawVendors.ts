import { canPage } from "../../vendors/actions.ts";
import { vendorOf } from "../../vendors/kinds.ts";
import { secondsText } from "../scenario/spans.ts";
import type { VendorFault } from "../vendors/emulator.ts";
import { type EmulatedKind, emulatedKinds, emulatorOf } from "../vendors/emulators.ts";
import { Dice } from "./dice.ts";
import type { Verb } from "./verbs.ts";

type Settings = Readonly<Record<string, unknown>>;
type Drawn = { readonly name: string; readonly channels: readonly Settings[] };

/** The first profiles are as they were before there were other vendors: what they find stays what it was. */
const firstProfile = 8;

const [firstKind, ...otherKinds] = emulatedKinds.filter((kind) => kind !== "pagerduty" && kind !== "sms");
const mostChannels = 5;

/** The tiers of a policy with channels of every vendor among them, and the accounts that these need; half of the profiles have none. */
export function drawVendors(profile: number, tiers: readonly Drawn[]): { readonly tiers: readonly Drawn[]; readonly accounts: Settings } {
	const dice = new Dice(profile * 8111 + 57);
	if (profile < firstProfile || firstKind === undefined || dice.chance(0.4)) return { tiers, accounts: {} };
	const drawn = tiers.map((tier, index) => ({ ...tier, channels: withOthers(dice, tier.channels, index, [firstKind, ...otherKinds]) }));
	const kinds = new Set(drawn.flatMap(({ channels }) => channels.map(({ kind }) => kind)));
	const used = emulatedKinds.filter((kind) => kinds.has(kind) && Object.keys(vendorOf(kind).account.settings).length > 0);
	const accounts = used
		.filter((kind) => kind !== "pagerduty" && kind !== "sms")
		.map((kind) => [vendorOf(kind).account.key, emulatorOf(kind).demo.account]);
	return { tiers: drawn, accounts: Object.fromEntries(accounts) };
}

function withOthers(
	dice: Dice,
	own: readonly Settings[],
	tier: number,
	kinds: readonly [EmulatedKind, ...EmulatedKind[]],
): readonly Settings[] {
	const wanted = dice.several(dice.whole(1, 3), () => ({ kind: dice.pick(kinds), informs: dice.chance(0.2) }));
	const others = [...new Map(wanted.map((each) => [each.kind, each])).values()].map(({ kind, informs }) => channelOf(kind, tier, informs));
	const all = dice.weighted([
		[3, [...others, ...own]],
		[2, [...own, ...others]],
		[2, others],
	]);
	const pages = all.some(({ informs }) => informs !== true);
	return (pages ? all : [...all, ...own]).slice(-mostChannels);
}

/** A channel of what the emulator serves to look around; each tier has a place of its own, as far as there are several. */
function channelOf(kind: EmulatedKind, tier: number, informs: boolean): Settings {
	const { channels } = emulatorOf(kind).demo;
	return { kind, ...channels[tier % channels.length], ...(informs || !canPage(kind) ? { informs: true } : {}) };
}

/** The other vendors that a policy's channels are of. */
export const vendorsIn = (tiers: readonly Drawn[]): readonly EmulatedKind[] =>
	[firstKind, ...otherKinds].flatMap((kind) =>
		kind !== undefined && tiers.some(({ channels }) => channels.some((channel) => channel.kind === kind)) ? [kind] : [],
	);

const minutes = (dice: Dice): string =>
	secondsText(
		dice.weighted([
			[3, dice.whole(1, 5) * 60],
			[3, dice.whole(5, 20) * 60],
			[1, dice.whole(20, 60) * 60],
		]),
	);

/** What is wrong at these vendors meanwhile, and what people do there: with dice of its own. */
export function drawVendorTroubles(seed: number, kinds: readonly EmulatedKind[], lasts: number): readonly Verb[] {
	const dice = new Dice(seed * 51_407 + 29);
	const [first, ...others] = kinds;
	if (first === undefined || lasts < 12) return [];
	return dice.several(
		dice.weighted([
			[2, 0],
			[3, 1],
			[2, 2],
			[1, 3],
		]),
		() => trouble(dice, dice.pick([first, ...others]), lasts),
	);
}

function trouble(dice: Dice, kind: EmulatedKind, lasts: number): Verb {
	const { system, faults } = emulatorOf(kind);
	const common = { at: secondsText(dice.small(0, (lasts - 10) * 60)), system, for: minutes(dice) };
	return dice.weighted<() => Verb>([
		[2, () => ({ ...common, do: "hangs" })],
		[2, () => ({ ...common, do: "answers-html" })],
		[2, () => ({ ...common, do: "drops-answers" })],
		[1, () => ({ ...common, do: "slow", seconds: dice.pick([1, 3, 8]) })],
		[1, () => ({ ...common, do: "throttles", retryAfter: dice.pick([1, 30, 600]) })],
		[1, () => ({ ...common, do: "unreachable" })],
		[3, () => ownFault(dice, faults, common)],
	])();
}

type Common = Pick<Extract<Verb, { do: "hangs" }>, "at" | "for"> & { readonly system: ReturnType<typeof emulatorOf>["system"] };

function ownFault(dice: Dice, faults: readonly VendorFault["does"][], common: Common): Verb {
	const [first = "answers", ...others] = faults.filter((fault) => fault !== "answers");
	const does = dice.pick<VendorFault["does"]>([first, ...others]);
	// Each verb takes the systems that have it, and this one has.
	const verb: Settings = { ...common, do: does, ...moreOf(dice, does, common.system) };
	return verb as Verb;
}

function moreOf(dice: Dice, does: VendorFault["does"], system: Common["system"]): Settings {
	if (does === "says-no") return { error: "internal_error" };
	if (does === "ends")
		return { as: dice.pick(system === "ses" ? ["bounce", "reject", "delay"] : ["busy", "no-answer", "failed", "machine"]) };
	return does === "answers" ? { status: dice.pick([429, 500, 503, 401]) } : {};
}
