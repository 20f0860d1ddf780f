import type { Settings } from "../../components/settings/settings.ts";
import type { OfflineAws } from "../aws/account.ts";
import type { Timeline } from "../report/timeline.ts";
import type { Happens } from "../scenario/scenario.ts";
import { accountAt, emulatedKinds, emulatorOf, type VendorAccounts, type VendorSystem } from "../vendors/emulators.ts";
import type { VirtualClock } from "./clock.ts";
import type { Latency } from "./latency.ts";
import { answeredChannels, placeOf } from "./vendorAccounts.ts";

/** As much of the offline world as a webhook goes through. */
interface Heard {
	readonly aws: OfflineAws;
	readonly clock: VirtualClock;
	readonly latency: Latency;
	readonly timeline: Timeline;
	readonly settings: Settings;
	readonly vendors: VendorAccounts;
}

/** From now on these vendors tell the declared function URL what happens, each place at its own path. */
export function subscribeVendors(world: Heard, systems: readonly VendorSystem[]): void {
	const url = world.aws.state.urls[0]?.url;
	if (url === undefined) return;
	for (const kind of emulatedKinds) {
		const { system, credential } = emulatorOf(kind);
		if (!systems.includes(system)) continue;
		accountAt(world.vendors, kind).subscribe?.({
			urlOf: (place) => new URL(credential.isPerPlace ? `vendors/${kind}/${place}` : `vendors/${kind}`, url).href,
			deliver: (request) => deliver(world, system, request),
		});
	}
}

async function deliver({ aws, clock, latency, timeline }: Heard, system: VendorSystem, request: Request): Promise<Response> {
	const way = (): Promise<void> => clock.sleep(latency.oneWay("http"));
	await way();
	const response = await aws.fetchUrl(request);
	const { status } = response;
	const { outcome }: { outcome?: unknown } = response.ok ? Object(await response.clone().json()) : {};
	const detail = [new URL(request.url).pathname, ...(typeof outcome === "string" ? [outcome] : [])].join(": ");
	timeline.log({ who: system, what: "webhook-sent", outcome: String(status), detail });
	await way();
	return response;
}

/** Somebody who is not the vendor sends something to the address of a place. Throws Error where nobody could. */
export async function intrude({ vendors, settings, timeline }: Heard, verb: Extract<Happens, { do: "intrudes" }>): Promise<void> {
	const { how, service, by } = verb;
	const answered = answeredChannels(settings.runtime).find(({ channel }) => placeOf(channel) === service);
	if (answered === undefined) throw new Error(`intrudes: expected a place of a policy where people answer, got "${service}"`);
	const response = await accountAt(vendors, answered.channel.kind).intrude?.(how, service, by);
	timeline.log({
		who: "scenario",
		what: "intruded",
		outcome: String(response?.status ?? "nothing to send"),
		detail: `${how} for ${service}`,
	});
}
