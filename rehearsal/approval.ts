import type { OfflineWorld } from "./offlineWorld.ts";
import type { Happens } from "./scenario.ts";
import { incidentOf } from "./timelineEvent.ts";

const link = /https:\/\/\S+\/approve\?\S+/;

/** The person on call opens the newest page's approval link, reads what it says and presses its button. */
export async function approve(world: OfflineWorld, { channel, by }: Extract<Happens, { do: "approve" }>): Promise<void> {
	const { timeline, aws } = world;
	const url = approvalLink(world, channel);
	const page = timeline.events.findLast((event) => event.what === "page-sent");
	const opened = url === undefined ? undefined : await aws.fetchUrl(new Request(url));
	const pressed = url === undefined || opened?.ok !== true ? opened : await aws.fetchUrl(new Request(url, { method: "POST" }));
	// Never the link itself: whoever reads the report must not hold it.
	timeline.tell({
		who: "person",
		what: "approved",
		...incidentOf(page),
		channel,
		outcome: pressed === undefined ? "no-link" : String(pressed.status),
		detail: `${by}: ${pressed === undefined ? "no page holds a link" : textOf(await pressed.text())}`,
	});
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

/** What a page says to the person who opened it. */
export const textOf = (html: string): string => html.match(/<p>(.*?)<\/p>/)?.[1] ?? "";
