import { credentialOf, isVendorCredential } from "../../vendors/credentials.ts";
import { channelKinds, vendorOf } from "../../vendors/kinds.ts";
import { hasUsualAccount, settingOf } from "../../vendors/settings.ts";
import { list, part, record } from "./parts.ts";
import { configPath, type Problem, shown } from "./problems.ts";
import { type ConfiguredChannel, channelSchema } from "./vendors.ts";

/** A channel that is right by itself, and its place. */
interface PlacedChannel {
	readonly tier: number;
	readonly index: number;
	readonly channel: ConfiguredChannel;
}

/** Problems between channels, and between them and what stands elsewhere. `raw` is the whole configuration as it was given. */
export function channelChecks(channels: readonly PlacedChannel[], raw: Readonly<Record<string, unknown>>): readonly Problem[] {
	return [
		...channelNames(channels),
		...sameCredential(channels),
		...fixedSettings(channels),
		...missingAccounts(channels, raw),
		...unusedCredentials(channels, raw),
	];
}

/** The channels that are right by themselves, with their places. */
export function placedChannels(tiers: unknown): readonly PlacedChannel[] {
	return list(tiers).flatMap((tier, tierIndex) =>
		list(record(tier).channels).flatMap((candidate, index) => {
			const channel = part(channelSchema, candidate);
			return channel === undefined ? [] : [{ tier: tierIndex, index, channel }];
		}),
	);
}

function channelNames(channels: readonly PlacedChannel[]): readonly Problem[] {
	const seen = new Set<string>();
	return channels.flatMap(({ tier, index, channel }) => {
		const name = channel.name ?? channel.kind;
		const repeated = seen.has(`${tier}:${name}`);
		seen.add(`${tier}:${name}`);
		if (!repeated) return [];
		const expected = "a name that no other channel of this tier has (by default it is the kind)";
		return [{ path: configPath(["escalation", "tiers", tier, "channels", index, "name"]), expected, got: shown(name) }];
	});
}

const channelPath = ({ tier, index }: PlacedChannel, setting?: string): string =>
	configPath(["escalation", "tiers", tier, "channels", index, ...(setting === undefined ? [] : [setting])]);

/** One credential in one tier is one dedup key: where the vendor deduplicates, its second page would be merged into the first. */
function sameCredential(channels: readonly PlacedChannel[]): readonly Problem[] {
	const seen = new Map<string, PlacedChannel>();
	return channels.flatMap((placed) => {
		const { system, traits, credential } = vendorOf(placed.channel.kind);
		if (!traits.deduplicates) return [];
		const key = `${placed.tier}:${credentialOf(placed.channel)}`;
		const first = seen.get(key);
		if (first === undefined) {
			seen.set(key, placed);
			return [];
		}
		const { per = "kind" } = credential;
		const expected = `another ${per} than ${channelPath(first, per)}, because ${system} makes one page of two with the same key`;
		return [{ path: channelPath(placed, per), expected, got: shown(settingOf(placed.channel, per)) }];
	});
}

/** What belongs to a credential, such as the id of a service, is the same in every channel that has it. */
function fixedSettings(channels: readonly PlacedChannel[]): readonly Problem[] {
	const known = new Map<string, string>();
	return channels.flatMap((placed) => {
		const { per = "kind", fixes = {} } = vendorOf(placed.channel.kind).credential;
		return Object.entries(fixes).flatMap(([setting, words]) => {
			const key = `${credentialOf(placed.channel)} ${setting}`;
			const value = settingOf(placed.channel, setting);
			const first = known.get(key) ?? value;
			known.set(key, first);
			if (first === value) return [];
			const expected = `${shown(first)}, ${words} that ${per} "${settingOf(placed.channel, per)}" has elsewhere`;
			return [{ path: channelPath(placed, setting), expected, got: shown(value) }];
		});
	});
}

function missingAccounts(channels: readonly PlacedChannel[], raw: Readonly<Record<string, unknown>>): readonly Problem[] {
	return channelKinds.flatMap((kind) => {
		const { account } = vendorOf(kind);
		const used = channels.find(({ channel }) => channel.kind === kind);
		if (used === undefined || raw[account.key] !== undefined || hasUsualAccount({ account })) return [];
		const because = `${channelPath(used)} is of kind ${kind}`;
		return [
			{ path: configPath([account.key]), expected: `${Object.keys(account.settings).join(" and ")}, because ${because}`, got: "nothing" },
		];
	});
}

/** A date of what no channel uses would open incidents of nothing, most likely by a slip in the name. Where a channel is wrong nobody can say. */
function unusedCredentials(channels: readonly PlacedChannel[], raw: Readonly<Record<string, unknown>>): readonly Problem[] {
	const given = list(record(raw.escalation).tiers).flatMap((tier) => list(record(tier).channels));
	if (given.length !== channels.length) return [];
	const used = [...new Set(channels.map(({ channel }) => credentialOf(channel)))];
	return Object.keys(record(raw.credentials))
		.filter((name) => isVendorCredential(name) && !used.includes(name))
		.map((name) => ({
			path: configPath(["credentials", name]),
			expected: `a credential that a channel uses: ${used.join(", ")}`,
			got: name,
		}));
}
