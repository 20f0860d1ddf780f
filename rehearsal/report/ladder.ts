import type { Channel, EscalationPolicy } from "../../functions/pipeline/settings.ts";
import { vendorOf } from "../../vendors/kinds.ts";
import { settingOf } from "../../vendors/settings.ts";

/** One tier of a policy, and when it is paged where everything works and nobody answers. */
export interface LadderStep {
	/** Seconds from the opening of the incident. */
	readonly atSeconds: number;
	/** Counts from 1. */
	readonly tier: number;
	readonly name: string;
	/** In order of preference. */
	readonly channels: readonly string[];
}

/** Who is paged by a policy, in order. */
export const stepsOf = ({ tiers, acknowledgeSeconds }: EscalationPolicy): readonly LadderStep[] =>
	tiers.map(({ name, channels }, index) => ({
		atSeconds: index * acknowledgeSeconds,
		tier: index + 1,
		name,
		channels: channels.map(channelText),
	}));

/** A channel as people know it: its kind, and whom it reaches. */
export function channelText(channel: Channel): string {
	const [setting = ""] = Object.keys(vendorOf(channel.kind).channel);
	return `${channel.kind} ${settingOf(channel, setting)}`.trim();
}

/** The same as lines for a terminal, with what happens where nobody answers and where somebody does. */
export function ladderLines(policy: EscalationPolicy): readonly string[] {
	const { acknowledgeSeconds, repeatSeconds, repeatsADay, acknowledgedForSeconds, reopenSeconds } = policy;
	const again = `${repeatSeconds} s after the last tier without an answer: routed anew, at most ${repeatsADay} times a day`;
	return [
		...stepsOf(policy).map((step, index) => {
			const when = index === 0 ? "0 s" : `then ${acknowledgeSeconds} s without an answer`;
			return `${when}: tier ${step.tier} ${step.name}: ${channelsText(step.channels, policy)}`;
		}),
		repeatsADay === 0 ? "after the last tier nobody is asked again" : again,
		`an answer holds for ${acknowledgedForSeconds} s, one by which a page was ended by hand for ${reopenSeconds} s; then whoever gave it is asked first`,
	];
}

function channelsText([first = "", ...others]: readonly string[], { proofSeconds }: EscalationPolicy): string {
	const fallbacks = others.map((channel) => `, else ${channel}`).join("");
	return `${first} (proof within ${proofSeconds} s${fallbacks})`;
}
