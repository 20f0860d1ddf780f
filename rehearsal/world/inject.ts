import { policyOf } from "../../functions/pipeline/route/policy.ts";
import { policyAt } from "../report/routed.ts";
import { incidentOf, type TimelineEvent } from "../report/timelineEvent.ts";
import type { Happens } from "../scenario/scenario.ts";
import { accountAt, emulatorOf } from "../vendors/emulators.ts";
import { approve } from "./approval.ts";
import { takeCall } from "./callerVerb.ts";
import { askForDrill } from "./drilling.ts";
import { beginFault, describeFault, isFault, systemOf } from "./faults.ts";
import { followLink } from "./linkFollower.ts";
import type { OfflineWorld } from "./offlineWorld.ts";
import { operateByHand } from "./operator.ts";
import { changeOrganization } from "./organizationVerbs.ts";
import { rotateByHand } from "./rotating.ts";
import { silenceByHand } from "./silencing.ts";
import { answeredChannels, everyChannelOf, placeOf } from "./vendorAccounts.ts";
import { intrude } from "./vendorWebhooks.ts";
import { sendWebhook } from "./webhooks.ts";

/** Puts one verb of a scenario on the clock: what it does, and the end of a fault. `id` tells its fault from every other. */
export function scheduleVerb(world: OfflineWorld, verb: Happens, at: number, id: string): void {
	const { clock, timeline } = world;
	if (!isFault(verb)) {
		clock.at(at, "scenario", async () => inject(world, verb));
		return;
	}
	clock.at(at, "scenario", async () => {
		const end = beginFault(world, verb, id);
		timeline.log({ who: "scenario", what: "fault-began", outcome: systemOf(verb), detail: describeFault(verb) });
		clock.at(at + verb.for * 1000, "scenario", async () => {
			end();
			timeline.log({ who: "scenario", what: "fault-ended", outcome: systemOf(verb) });
		});
	});
}

async function inject(world: OfflineWorld, verb: Exclude<Happens, { for: number }>): Promise<void> {
	switch (verb.do) {
		case "acknowledge":
		case "unacknowledge":
			answer(world, verb);
			return;
		case "acts":
			actAtVendor(world, verb);
			return;
		case "intrudes":
			await intrude(world, verb);
			return;
		case "operates":
			await operateByHand(world, verb);
			return;
		case "rotates":
		case "deploys-key":
		case "revokes":
			await rotateByHand(world, verb);
			return;
		case "asks-drill":
			await askForDrill(world, verb);
			return;
		case "acknowledge-by-link":
			await followLink(world, verb);
			return;
		case "remedy-helps":
			world.effects.expect(verb);
			return;
		case "approve":
			await approve(world, verb);
			return;
		case "webhook":
			for (let sent = 0; sent < verb.times; sent += 1) await sendWebhook(world, verb, verb.repeats);
			return;
		case "posts":
			await sendWebhook(world, verb, 0);
			return;
		case "calls":
			takeCall(world, verb);
			return;
		case "silences":
		case "ends-silence":
			await silenceByHand(world, verb);
			return;
		case "kills":
			kill(world, verb);
			return;
		default:
			world.timeline.log({ who: "scenario", what: verb.do, detail: changeOrganization(world.genesys.world, verb) });
	}
}

function kill({ aws, timeline }: OfflineWorld, verb: Extract<Happens, { do: "kills" }>): void {
	aws.killAfter(verb.function, verb.after);
	const detail = `the ${verb.function} dies at its outside call ${verb.after} from now`;
	timeline.log({ who: "scenario", what: "fault-began", outcome: "functions", detail });
}

/** A person does something at a vendor with what is open there. Throws Error where nobody can. */
function actAtVendor({ timeline, vendors, settings }: OfflineWorld, verb: Extract<Happens, { do: "acts" }>): void {
	const placed = everyChannelOf(settings.runtime).find(({ channel }) => placeOf(channel) === verb.service);
	if (placed === undefined) throw new Error(`${verb.act}: expected a place of a policy, got "${verb.service}"`);
	const { kind } = placed.channel;
	const { name, place } = emulatorOf(kind);
	const changed = accountAt(vendors, kind).act?.(verb.act, verb.service, verb.by);
	if (changed === undefined) throw new Error(`${verb.act}: expected a vendor where people can do it, got ${name}`);
	timeline.log({
		who: "person",
		what: "acted",
		channel: kind,
		outcome: changed === 1 ? "1 incident" : `${changed} incidents`,
		detail: `${verb.by}: ${verb.act} on ${place.words} ${verb.service}`,
	});
}

/** The person answers the page that was last proven to have reached that place, or takes the answer back. Throws Error where nobody can answer. */
function answer(world: OfflineWorld, { do: verb, service, by }: Extract<Happens, { do: "acknowledge" | "unacknowledge" }>): void {
	const { timeline, vendors, settings } = world;
	const answered = answeredChannels(settings.runtime).find(({ channel }) => placeOf(channel) === service);
	if (answered === undefined) throw new Error(`${verb}: expected a place of a policy where people answer, got "${service}"`);
	const { kind } = answered.channel;
	const isThere = (event: TimelineEvent): boolean => {
		const policy = policyAt(timeline.events, event);
		const { tiers } = policyOf(settings.runtime, policy === undefined ? {} : { policy });
		const channels = tiers[(event.tier ?? 0) - 1]?.channels ?? [];
		return channels.some((channel) => channel.kind === kind && placeOf(channel) === service && channel.name === event.channel);
	};
	const page = timeline.events.findLast((event) => (event.what === "page-proven" || event.what === "page-sent") && isThere(event));
	const changed = accountAt(vendors, kind)[verb]?.(service, by);
	const { name, place } = emulatorOf(kind);
	if (changed === undefined) throw new Error(`${verb}: expected a vendor where people can do it, got ${name}`);
	timeline.log({
		who: "person",
		what: verb === "acknowledge" ? "acknowledged" : "unacknowledged",
		...incidentOf(page),
		...(page === undefined ? {} : { because: page.id, ...(page.tier === undefined ? {} : { tier: page.tier }) }),
		channel: kind,
		outcome: changed === 1 ? "1 incident" : `${changed} incidents`,
		detail:
			verb === "acknowledge" ? `${by} answers on ${place.words} ${service}` : `${by} takes the answer on ${place.words} ${service} back`,
	});
}
