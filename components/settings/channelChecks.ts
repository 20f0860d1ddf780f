import { credentialOf, isVendorCredential } from "../../vendors/credentials.ts";
import { channelKinds, vendorOf } from "../../vendors/kinds.ts";
import { hasUsualAccount, settingOf } from "../../vendors/settings.ts";
import type { Fields } from "../../vendors/vendor.ts";
import { list, record } from "./parts.ts";
import { channelPath, type PlacedChannel } from "./policyChecks.ts";
import { configPath, type Problem, shown } from "./problems.ts";

/** Problems between the channels of all policies, and between them and what stands elsewhere. `raw` is the whole configuration as it was given. */
export const channelChecks = (channels: readonly PlacedChannel[], raw: Readonly<Record<string, unknown>>): readonly Problem[] => [
	...fixedSettings(channels),
	...missingAccounts(channels, raw),
	...unusedCredentials(channels, raw),
	...generationsOfVendors(raw),
];

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
			{ path: configPath([account.key]), expected: `${required(account.settings).join(" and ")}, because ${because}`, got: "nothing" },
		];
	});
}

const required = (settings: Fields): readonly string[] =>
	Object.entries(settings).flatMap(([name, field]) => (field.usual === undefined ? [name] : []));

/** A vendor's credential is made at its vendor: there is no other generation of it that the program could make. */
const generationsOfVendors = (raw: Readonly<Record<string, unknown>>): readonly Problem[] =>
	Object.entries(record(raw.credentials)).flatMap(([name, section]) =>
		["generation", "keepsPrevious"]
			.filter((setting) => isVendorCredential(name) && setting in record(section))
			.map((setting) => ({
				path: configPath(["credentials", name, setting]),
				expected: "this for a client of Genesys Cloud only",
				got: `it for ${name}, which npm run rotate replaces`,
			})),
	);

/** A date of what no channel uses would open incidents of nothing, most likely by a slip in the name. Where a channel is wrong nobody can say. */
function unusedCredentials(channels: readonly PlacedChannel[], raw: Readonly<Record<string, unknown>>): readonly Problem[] {
	const tiers = Object.values(record(raw.policies)).flatMap((policy) => list(record(policy).tiers));
	const given = tiers.flatMap((tier) => list(record(tier).channels));
	if (channels.length === 0 || given.length !== channels.length) return [];
	const used = [...new Set(channels.map(({ channel }) => credentialOf(channel)))];
	return Object.keys(record(raw.credentials))
		.filter((name) => isVendorCredential(name) && !used.includes(name))
		.map((name) => ({
			path: configPath(["credentials", name]),
			expected: `a credential that a channel uses: ${used.join(", ")}`,
			got: name,
		}));
}
