import { policyOf } from "../../functions/pipeline/route/policy.ts";
import type { EscalationPolicy } from "../../functions/pipeline/settings.ts";
import type { Facts, Story } from "./facts.ts";

/** The policy of an occurrence at a time of the story, as the decision record says; that of its beginning where no time is given. */
export function policyOfStory({ settings }: Pick<Facts, "settings">, { events, item }: Story, at = 0): EscalationPolicy {
	const routed = events.filter(({ what }) => what === "routed");
	const policy = (routed.findLast(({ atSeconds }) => atSeconds <= at) ?? routed[0])?.outcome ?? item?.policy;
	return policyOf(settings, policy === undefined ? {} : { policy });
}

/** Every policy that an occurrence ever had. */
export function policiesOfStory(facts: Pick<Facts, "settings">, story: Story): readonly EscalationPolicy[] {
	const times = story.events.filter(({ what }) => what === "routed").map(({ atSeconds }) => atSeconds);
	return times.length === 0 ? [policyOfStory(facts, story)] : times.map((at) => policyOfStory(facts, story, at));
}
