import { incidentOf } from "../report/timelineEvent.ts";
import type { Happens } from "../scenario/scenario.ts";
import type { OfflineWorld } from "./offlineWorld.ts";
import { pressPage } from "./pressedPage.ts";

const link = /https:\/\/\S+\/approve\?\S+/;

/** The person on call opens the newest page's approval link, reads what it says and presses its button. */
export async function approve(world: OfflineWorld, { channel, by }: Extract<Happens, { do: "approve" }>): Promise<void> {
	const page = world.timeline.events.findLast((event) => event.what === "page-sent");
	const said = await pressPage(world, approvalLink(world, channel), { by, without: "no page holds a link" });
	world.timeline.tell({ who: "person", what: "approved", ...incidentOf(page), channel, ...said });
}

/** The approval link of the newest page on a channel, as the person who was paged holds it. */
export function approvalLink({ pagerduty, twilio }: OfflineWorld, channel: "pagerduty" | "sms"): string | undefined {
	const texts =
		channel === "sms"
			? twilio.world.messages().map(({ body }) => body)
			: pagerduty.world.incidents().map(({ details }) => JSON.stringify(details));
	const held = texts.findLast((text) => link.test(text));
	// A text in JSON ends at its quote.
	return held?.match(link)?.[0].replace(/["\\].*$/, "");
}
