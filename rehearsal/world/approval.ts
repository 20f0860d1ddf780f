import { incidentOf } from "../report/timelineEvent.ts";
import type { Happens } from "../scenario/scenario.ts";
import type { VendorArrival } from "../vendors/emulator.ts";
import type { EmulatedKind } from "../vendors/emulators.ts";
import type { OfflineWorld } from "./offlineWorld.ts";
import { pressPage } from "./pressedPage.ts";
import { newestArrival } from "./vendorAccounts.ts";

const link = /https:\/\/\S+\/approve\?\S+/;

/** The person on call opens the newest page's approval link, reads what it says and presses its button. */
export async function approve(world: OfflineWorld, { channel, by }: Extract<Happens, { do: "approve" }>): Promise<void> {
	const page = world.timeline.events.findLast((event) => event.what === "page-sent");
	const held = approvalLink(world, channel);
	const said = await pressPage(world, held?.url, { by, without: "no page holds a link" });
	const where = channel ?? held?.channel;
	world.timeline.log({
		who: "person",
		what: "approved",
		...incidentOf(page),
		...(where === undefined ? {} : { channel: where }),
		...said,
	});
}

/** All that people can read of a page. */
const contentOf = ({ text, record }: VendorArrival): string => `${text} ${JSON.stringify(record?.details ?? "")}`;

/** The approval link of the newest page, or of the newest on a kind of channel, as the person who was paged holds it. */
export function approvalLink(
	{ vendors }: OfflineWorld,
	channel?: EmulatedKind,
): { readonly url: string; readonly channel: EmulatedKind } | undefined {
	const held = newestArrival(vendors, (arrival, kind) => link.test(contentOf(arrival)) && (channel ?? kind) === kind);
	// A text in JSON ends at its quote.
	const url =
		held &&
		contentOf(held)
			.match(link)?.[0]
			.replace(/["\\].*$/, "");
	return held === undefined || url === undefined ? undefined : { url, channel: held.channel };
}
