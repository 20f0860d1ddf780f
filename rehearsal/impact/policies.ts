import type { EscalationPolicy, RuntimeSettings } from "../../functions/pipeline/settings.ts";
import { channelText } from "../report/ladder.ts";

/** What changes in one policy, whatever fails. */
export type PolicyChange =
	| { readonly what: "policy-added" | "policy-removed"; readonly policy: string }
	| { readonly what: "tier-added" | "tier-removed"; readonly policy: string; readonly tier: string; readonly targets: readonly string[] }
	| {
			readonly what: "channel-added" | "channel-removed";
			readonly policy: string;
			readonly tier: string;
			readonly channel: string;
			readonly target: string;
	  }
	| {
			readonly what: "channel-replaced";
			readonly policy: string;
			readonly tier: string;
			readonly channel: string;
			readonly target: string;
			readonly instead: string;
	  }
	| { readonly what: "channels-reordered"; readonly policy: string; readonly tier: string; readonly first: string; readonly before: string }
	| {
			readonly what: "tier-moved";
			readonly policy: string;
			readonly tier: string;
			readonly fromSeconds: number;
			readonly toSeconds: number;
	  }
	| { readonly what: "time-changed"; readonly policy: string; readonly setting: TimeSetting; readonly from: number; readonly to: number };

const timeSettings = [
	"acknowledgeSeconds",
	"staleSeconds",
	"proofSeconds",
	"repeatSeconds",
	"repeatsADay",
	"acknowledgedForSeconds",
	"reopenSeconds",
] as const;
type TimeSetting = (typeof timeSettings)[number];

/** Compares the policies of two settings, by their names. */
export function comparePolicies(
	{ policies: from }: Pick<RuntimeSettings, "policies">,
	{ policies: to }: Pick<RuntimeSettings, "policies">,
): readonly PolicyChange[] {
	return [...new Set([...Object.keys(from), ...Object.keys(to)])].toSorted().flatMap((policy): readonly PolicyChange[] => {
		const [before, after] = [from[policy], to[policy]];
		if (before === undefined) return [{ what: "policy-added", policy }];
		if (after === undefined) return [{ what: "policy-removed", policy }];
		return [...tierChanges(policy, before, after), ...timeChanges(policy, before, after)];
	});
}

interface Level {
	readonly name: string;
	readonly atSeconds: number;
	readonly channels: readonly { readonly name: string; readonly target: string }[];
}

const levelsOf = ({ tiers, acknowledgeSeconds }: EscalationPolicy): readonly Level[] =>
	tiers.map(({ name, channels }, index) => ({
		name,
		atSeconds: index * acknowledgeSeconds,
		channels: channels.map((channel) => ({ name: channel.name, target: channelText(channel) })),
	}));

/** A tier is the same by its name, or where it was renamed by its place. */
function tierChanges(policy: string, before: EscalationPolicy, after: EscalationPolicy): readonly PolicyChange[] {
	const [from, to] = [levelsOf(before), levelsOf(after)];
	const has = (levels: readonly Level[], name: string): boolean => levels.some((level) => level.name === name);
	const pairs = from.map((level, index) => {
		const place = to[index];
		const renamed = place !== undefined && !has(from, place.name) ? place : undefined;
		return [level, to.find(({ name }) => name === level.name) ?? renamed] as const;
	});
	const added = to.filter((level) => !pairs.some(([, other]) => other === level));
	const targets = ({ channels }: Level): readonly string[] => channels.map(({ target }) => target);
	return [
		...pairs.flatMap(([old, now]): readonly PolicyChange[] =>
			now === undefined ? [{ what: "tier-removed", policy, tier: old.name, targets: targets(old) }] : levelChanges(policy, old, now),
		),
		...added.map((level): PolicyChange => ({ what: "tier-added", policy, tier: level.name, targets: targets(level) })),
	];
}

function levelChanges(policy: string, old: Level, now: Level): readonly PolicyChange[] {
	const tier = now.name;
	const gone = old.channels.filter(({ target }) => !now.channels.some((each) => each.target === target));
	const fresh = now.channels.filter(({ target }) => !old.channels.some((each) => each.target === target));
	const [first, before] = [now.channels[0]?.target ?? "", old.channels[0]?.target ?? ""];
	const isReordered = gone.length === 0 && first !== before && old.channels.some(({ target }) => target === first);
	return [
		...gone.map(({ name: channel, target }, index): PolicyChange => {
			const instead = fresh[index]?.target;
			return instead === undefined
				? { what: "channel-removed", policy, tier, channel, target }
				: { what: "channel-replaced", policy, tier, channel, target, instead };
		}),
		...fresh
			.slice(gone.length)
			.map(({ name: channel, target }): PolicyChange => ({ what: "channel-added", policy, tier, channel, target })),
		...(isReordered ? [{ what: "channels-reordered" as const, policy, tier, first, before }] : []),
		...(old.atSeconds === now.atSeconds
			? []
			: [{ what: "tier-moved" as const, policy, tier, fromSeconds: old.atSeconds, toSeconds: now.atSeconds }]),
	];
}

const timeChanges = (policy: string, before: EscalationPolicy, after: EscalationPolicy): readonly PolicyChange[] =>
	timeSettings
		.filter((setting) => before[setting] !== after[setting])
		.map((setting) => ({ what: "time-changed", policy, setting, from: before[setting], to: after[setting] }));
