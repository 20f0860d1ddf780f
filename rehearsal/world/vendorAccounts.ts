import { everyPolicy } from "../../functions/pipeline/route/policy.ts";
import type { Channel, RuntimeSettings } from "../../functions/pipeline/settings.ts";
import { accountOf, settingOf } from "../../vendors/settings.ts";
import type { AccountSetup, VendorArrival } from "../vendors/emulator.ts";
import { type EmulatedKind, emulatedKinds, emulatorOf, type VendorAccounts } from "../vendors/emulators.ts";
import type { EmulatorClock } from "./clock.ts";

/** A channel of a policy, and its tier, counted from 1. */
interface Placed {
	readonly tier: number;
	readonly channel: Channel;
}

/** Of every policy. */
export const everyChannelOf = (runtime: RuntimeSettings): readonly Placed[] =>
	everyPolicy(runtime).flatMap(({ tiers }) =>
		tiers.flatMap(({ channels, informs = [] }, index) => [...channels, ...informs].map((channel) => ({ tier: index + 1, channel }))),
	);

/** What a channel's setting says of the place where its pages arrive. */
export const placeOf = (channel: Channel): string => settingOf(channel, emulatorOf(channel.kind).place.setting);

/** The account that the stack has at each vendor, with every channel of its policies. */
export function openAccounts(
	runtime: RuntimeSettings,
	clockOf: (kind: EmulatedKind) => EmulatorClock,
	callers?: NonNullable<AccountSetup["callers"]>,
): VendorAccounts {
	const known = callers === undefined ? {} : { callers };
	const opened = emulatedKinds.map((kind) => {
		const channels = everyChannelOf(runtime).flatMap(({ channel }) => (channel.kind === kind ? [channel] : []));
		return [kind, emulatorOf(kind).open({ clock: clockOf(kind), account: accountOf(runtime, kind) ?? {}, channels, ...known })] as const;
	});
	// Each kind has what its own emulator opened.
	return Object.fromEntries(opened) as VendorAccounts;
}

/** The channels on which people answer. */
export const answeredChannels = (runtime: RuntimeSettings): readonly Placed[] =>
	everyChannelOf(runtime).filter(({ channel }) => emulatorOf(channel.kind).isAnswered);

/** The channels of a tier on which nobody can answer but by a link. */
export const unansweredChannels = (runtime: RuntimeSettings, tier: number): readonly Channel[] =>
	everyChannelOf(runtime).flatMap((each) => (each.tier === tier && !emulatorOf(each.channel.kind).isAnswered ? [each.channel] : []));

/** What came last of what fits: each vendor's order is its own, and between vendors their times decide. */
export function newestArrival(
	vendors: VendorAccounts,
	fits: (arrival: VendorArrival, kind: EmulatedKind) => boolean,
): (VendorArrival & { readonly channel: EmulatedKind }) | undefined {
	const found = emulatedKinds.flatMap((kind) => {
		const last = vendors[kind].arrivals().findLast((arrival) => fits(arrival, kind));
		return last === undefined ? [] : [{ ...last, channel: kind }];
	});
	return found.toSorted((one, other) => one.at - other.at).at(-1);
}
