import { incidentOf, type TimelineEvent } from "../report/timelineEvent.ts";
import type { Happens } from "../scenario/scenario.ts";
import type { VendorArrival } from "../vendors/emulator.ts";
import type { OfflineWorld } from "./offlineWorld.ts";
import { pressPage } from "./pressedPage.ts";
import { newestArrival, placeOf, unansweredChannels } from "./vendorAccounts.ts";

/** At the end of a line. */
const link = /https:\/\/\S+\/a\/\S+$/m;

/**
 * The person on call opens the acknowledge link of the newest text that came to a place of this tier, reads what it says and presses its button;
 * or presses a key in a call that asks for one.
 */
export async function followLink(world: OfflineWorld, { tier, by }: Extract<Happens, { do: "acknowledge-by-link" }>): Promise<void> {
	const { timeline } = world;
	const page = timeline.events.findLast(
		(event) => (event.what === "page-proven" || event.what === "page-sent") && event.tier === tier && isText(world, tier, event.channel),
	);
	const said = await answered(world, tier, by);
	timeline.log({
		who: "person",
		what: "link-followed",
		...incidentOf(page),
		...(page === undefined ? {} : { because: page.id, tier, ...(page.channel === undefined ? {} : { channel: page.channel }) }),
		...said,
	});
}

/** On the phone a key is pressed; a text is opened. */
async function answered(world: OfflineWorld, tier: number, by: string): Promise<Required<Pick<TimelineEvent, "outcome" | "detail">>> {
	const newest = newestAnswerable(world, tier);
	if (newest?.press === undefined) return pressPage(world, newest?.text.match(link)?.[0], { by, without: "no text holds one" });
	return { outcome: "key", detail: `${by}: ${await newest.press((request) => world.aws.fetchUrl(request))}` };
}

function newestAnswerable({ vendors, settings }: OfflineWorld, tier: number): VendorArrival | undefined {
	const channels = unansweredChannels(settings.runtime, tier);
	return newestArrival(
		vendors,
		({ place, arrived, text, press }, kind) =>
			arrived &&
			(press !== undefined || link.test(text)) &&
			channels.some((channel) => channel.kind === kind && placeOf(channel) === place),
	);
}

const isText = ({ settings }: OfflineWorld, tier: number, channel: string | undefined): boolean =>
	unansweredChannels(settings.runtime, tier).some(({ name }) => name === channel);
