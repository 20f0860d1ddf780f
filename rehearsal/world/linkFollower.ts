import { incidentOf } from "../report/timelineEvent.ts";
import type { Happens } from "../scenario/scenario.ts";
import type { OfflineWorld } from "./offlineWorld.ts";
import { pressPage } from "./pressedPage.ts";
import { newestArrival, placeOf, unansweredChannels } from "./vendorAccounts.ts";

const link = /https:\/\/\S+\/a\/\S+$/;

/** The person on call opens the acknowledge link of the newest text that came to a place of this tier, reads what it says and presses its button. */
export async function followLink(world: OfflineWorld, { tier, by }: Extract<Happens, { do: "acknowledge-by-link" }>): Promise<void> {
	const { timeline } = world;
	const page = timeline.events.findLast(
		(event) => (event.what === "page-proven" || event.what === "page-sent") && event.tier === tier && isText(world, tier, event.channel),
	);
	const said = await pressPage(world, newestLink(world, tier), { by, without: "no text holds one" });
	timeline.log({
		who: "person",
		what: "link-followed",
		...incidentOf(page),
		...(page === undefined ? {} : { because: page.id, tier, ...(page.channel === undefined ? {} : { channel: page.channel }) }),
		...said,
	});
}

function newestLink({ vendors, settings }: OfflineWorld, tier: number): string | undefined {
	const channels = unansweredChannels(settings.runtime, tier);
	const newest = newestArrival(
		vendors,
		({ place, arrived, text }, kind) =>
			arrived && link.test(text) && channels.some((channel) => channel.kind === kind && placeOf(channel) === place),
	);
	return newest?.text.match(link)?.[0];
}

const isText = ({ settings }: OfflineWorld, tier: number, channel: string | undefined): boolean =>
	unansweredChannels(settings.runtime, tier).some(({ name }) => name === channel);
