import { everyPolicy } from "../../functions/pipeline/route/policy.ts";
import type { Channel } from "../../functions/pipeline/settings.ts";
import { incidentOf } from "../report/timelineEvent.ts";
import type { Happens } from "../scenario/scenario.ts";
import { hasArrived } from "../vendors/twilioMessages.ts";
import type { OfflineWorld } from "./offlineWorld.ts";
import { pressPage } from "./pressedPage.ts";

const link = /https:\/\/\S+\/a\/\S+$/;

/** The person on call opens the acknowledge link of the newest text that came to a phone of this tier, reads what it says and presses its button. */
export async function followLink(world: OfflineWorld, { tier, by }: Extract<Happens, { do: "acknowledge-by-link" }>): Promise<void> {
	const { timeline } = world;
	const page = timeline.events.findLast(
		(event) => (event.what === "page-proven" || event.what === "page-sent") && event.tier === tier && isText(world, tier, event.channel),
	);
	const said = await pressPage(world, newestLink(world, tier), { by, without: "no text holds one" });
	timeline.tell({
		who: "person",
		what: "link-followed",
		...incidentOf(page),
		...(page === undefined ? {} : { because: page.id, tier, ...(page.channel === undefined ? {} : { channel: page.channel }) }),
		...said,
	});
}

function newestLink({ twilio, settings }: OfflineWorld, tier: number): string | undefined {
	const phones = channelsOf(settings, tier).flatMap((channel) => (channel.kind === "sms" ? [channel.to] : []));
	const texts = twilio.world.messages().filter(({ to, status }) => phones.includes(to) && hasArrived(status));
	return texts.findLast(({ body }) => link.test(body))?.body.match(link)?.[0];
}

const isText = ({ settings }: OfflineWorld, tier: number, channel: string | undefined): boolean =>
	channelsOf(settings, tier).some(({ kind, name }) => kind === "sms" && name === channel);

/** The channels of this tier, in every policy that has one. */
const channelsOf = ({ runtime }: OfflineWorld["settings"], tier: number): readonly Channel[] =>
	everyPolicy(runtime).flatMap(({ tiers }) => tiers[tier - 1]?.channels ?? []);
