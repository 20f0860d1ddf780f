import { longestRunSeconds } from "../../architect/limits.ts";
import { credentialOf } from "../../vendors/credentials.ts";
import { vendorOf } from "../../vendors/kinds.ts";
import { settingOf } from "../../vendors/settings.ts";
import { list, part, record } from "./parts.ts";
import { policySchema } from "./policies.ts";
import { configPath, type Problem, shown } from "./problems.ts";
import { type ConfiguredChannel, channelSchema } from "./vendors.ts";

/** What a check of one policy may look at: each part that is right by itself, whatever else is wrong. */
export interface PolicyParts {
	readonly name: string;
	readonly attemptsPerChannel: number | undefined;
	readonly waitsSeconds: readonly number[] | undefined;
	readonly proofSeconds: number | undefined;
	readonly readBackSeconds: number | undefined;
	readonly acknowledgeSeconds: number | undefined;
	readonly staleSeconds: number | undefined;
	/** As they were given. */
	readonly tiers: unknown;
	readonly channels: readonly PlacedChannel[];
}

/** A channel that is right by itself, and where it stands. */
export interface PlacedChannel {
	readonly policy: string;
	readonly tier: number;
	readonly index: number;
	readonly channel: ConfiguredChannel;
}

const shape = policySchema.shape;

/** Every policy that is a section, by its parts. */
export const policyParts = (policies: unknown): readonly PolicyParts[] =>
	Object.entries(record(policies)).map(([name, policy]) => {
		const given = record(policy);
		return {
			name,
			attemptsPerChannel: part(shape.attemptsPerChannel, given.attemptsPerChannel),
			waitsSeconds: part(shape.waitsSeconds, given.waitsSeconds),
			proofSeconds: part(shape.proofSeconds, given.proofSeconds),
			readBackSeconds: part(shape.readBackSeconds, given.readBackSeconds),
			acknowledgeSeconds: part(shape.acknowledgeSeconds, given.acknowledgeSeconds),
			staleSeconds: part(shape.staleSeconds, given.staleSeconds),
			tiers: given.tiers,
			channels: channelsIn(name, given.tiers),
		};
	});

/** The channels of all policies that are right by themselves, with their places. */
export const placedChannels = (policies: unknown): readonly PlacedChannel[] => policyParts(policies).flatMap(({ channels }) => channels);

const channelsIn = (policy: string, tiers: unknown): readonly PlacedChannel[] =>
	list(tiers).flatMap((tier, tierIndex) =>
		list(record(tier).channels).flatMap((candidate, index) => {
			const channel = part(channelSchema, candidate);
			return channel === undefined ? [] : [{ policy, tier: tierIndex, index, channel }];
		}),
	);

export const channelPath = ({ policy, tier, index }: PlacedChannel, setting?: string): string =>
	configPath(["policies", policy, "tiers", tier, "channels", index, ...(setting === undefined ? [] : [setting])]);

/** Problems between settings of one policy that are right one by one. */
export const policyProblems = (policy: PolicyParts): readonly Problem[] => [
	...waits(policy),
	...spans(policy),
	...tierNames(policy),
	...channelNames(policy.channels),
	...sameCredential(policy.channels),
	...roles(policy),
	...runTime(policy),
];

function waits({ name, attemptsPerChannel, waitsSeconds }: PolicyParts): readonly Problem[] {
	const path = configPath(["policies", name, "waitsSeconds"]);
	if (waitsSeconds === undefined) return [];
	const growing = waitsSeconds.every((wait, index) => index === 0 || wait > (waitsSeconds[index - 1] ?? 0));
	const wrongCount = attemptsPerChannel !== undefined && waitsSeconds.length !== attemptsPerChannel - 1;
	const got = shown(waitsSeconds);
	const expected = `${(attemptsPerChannel ?? 1) - 1} waits, one fewer than attemptsPerChannel (${attemptsPerChannel})`;
	return [
		...(wrongCount ? [{ path, expected, got }] : []),
		...(growing ? [] : [{ path, expected: "waits that grow, each longer than the one before", got }]),
	];
}

function spans({ name: policy, proofSeconds, readBackSeconds, acknowledgeSeconds, staleSeconds }: PolicyParts): readonly Problem[] {
	const within = (name: string, value: number | undefined, limitName: string, limit: number | undefined, strict: boolean) => {
		if (value === undefined || limit === undefined || value < limit || (!strict && value === limit)) return [];
		const expected = `${strict ? "less than" : "at most"} ${limitName} (${limit})`;
		return [{ path: configPath(["policies", policy, name]), expected, got: shown(value) }];
	};
	return [
		...within("readBackSeconds", readBackSeconds, "proofSeconds", proofSeconds, false),
		...within("acknowledgeSeconds", acknowledgeSeconds, "staleSeconds", staleSeconds, true),
	];
}

function tierNames({ name: policy, tiers }: PolicyParts): readonly Problem[] {
	const seen = new Set<unknown>();
	return list(tiers).flatMap((tier, index) => {
		const { name } = record(tier);
		const repeated = typeof name === "string" && seen.has(name);
		seen.add(name);
		const path = configPath(["policies", policy, "tiers", index, "name"]);
		return repeated ? [{ path, expected: "a name that no other tier has", got: shown(name) }] : [];
	});
}

function channelNames(channels: readonly PlacedChannel[]): readonly Problem[] {
	const seen = new Set<string>();
	return channels.flatMap((placed) => {
		const { tier, channel } = placed;
		const name = channel.name ?? channel.kind;
		const repeated = seen.has(`${tier}:${name}`);
		seen.add(`${tier}:${name}`);
		if (!repeated) return [];
		const expected = "a name that no other channel of this tier has (by default it is the kind)";
		return [{ path: channelPath(placed, "name"), expected, got: shown(name) }];
	});
}

/** A channel has one role, and a tier somebody who is paged. */
function roles({ name, tiers, channels }: PolicyParts): readonly Problem[] {
	const both = channels.filter(({ channel }) => channel.informs === true && channel.pages === true);
	const silent = list(tiers).flatMap((tier, index) => {
		const known = channels.filter((placed) => placed.tier === index);
		const isWhole = known.length > 0 && known.length === list(record(tier).channels).length;
		return isWhole && known.every(({ channel }) => channel.informs === true) ? [index] : [];
	});
	return [
		...both.map((placed) => ({ path: channelPath(placed, "informs"), expected: "nothing, where pages is true", got: "true" })),
		...silent.map((tier) => ({
			path: configPath(["policies", name, "tiers", tier, "channels"]),
			expected: "at least one channel that pages",
			got: "only channels that inform",
		})),
	];
}

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

/** In the place of what is wrong by itself. */
const usual = {
	waitsSeconds: shape.waitsSeconds.parse(undefined),
	proofSeconds: shape.proofSeconds.parse(undefined),
	acknowledgeSeconds: shape.acknowledgeSeconds.parse(undefined),
};

/** Calls of one run at their slowest, measured on the workflow of the largest policy: those of each channel, and all others together. */
const slowestCalls = { channelSeconds: 1100, otherSeconds: 25_000 };

/** The platform ends a run of the workflow after 72 hours: what it waits, and its calls at their slowest, must be over by then. */
function runTime(policy: PolicyParts): readonly Problem[] {
	const {
		name,
		waitsSeconds = usual.waitsSeconds,
		proofSeconds = usual.proofSeconds,
		acknowledgeSeconds = usual.acknowledgeSeconds,
	} = policy;
	const { tiers } = policy;
	const channels = policy.channels.filter(({ channel }) => channel.informs !== true);
	const count = list(tiers).length;
	const waiting = waitsSeconds.reduce((sum, wait) => sum + wait, 0) + proofSeconds;
	const rest = longestRunSeconds - slowestCalls.otherSeconds - channels.length * (waiting + slowestCalls.channelSeconds);
	if (count * acknowledgeSeconds <= rest) return [];
	const because = `tiers (${count}) × acknowledgeSeconds, with the waitsSeconds and proofSeconds of ${channels.length} channels, must fit into one run of the workflow, which Genesys Cloud ends after 72 hours`;
	const expected = `at most ${Math.floor(rest / count)}, because ${because}`;
	return [{ path: configPath(["policies", name, "acknowledgeSeconds"]), expected, got: shown(acknowledgeSeconds) }];
}
