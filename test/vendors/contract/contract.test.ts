import { describe, expect, test } from "vitest";
import { checkCredential, type VendorOptions, vendorPager } from "../../../functions/edges/vendors/pager.ts";
import { network } from "../../../rehearsal/world/network.ts";
import { type ChannelKind, channelKinds } from "../../../vendors/kinds.ts";
import { openBudget } from "../../functions/edges/vendors/adapterContract.ts";
import { plantedIdentity } from "../../functions/edges/vendors/vendorPagers.ts";
import { orderOf, placeOf, wholeAccount } from "../executors.ts";
import { playContract, type Step, stepsOf } from "./story.ts";

/** An emulated vendor; its time passes only between two looks. */
function benchOf(kind: ChannelKind) {
	const place = placeOf(kind);
	const { channel, credential, routes, clock, wrong } = place;
	const fetch = network(routes);
	const options: VendorOptions = {
		kind,
		fetch,
		account: wholeAccount(place),
		credentials: async () => credential,
		budget: openBudget(),
		perMinute: 60,
		clock,
		timers: { sleep: async (milliseconds) => clock.run(clock.now() + milliseconds) },
		identity: () => plantedIdentity,
	};
	const later = async (seconds: number): Promise<void> => clock.run(clock.now() + seconds * 1000);
	return { channel, options, pager: vendorPager(options), later, wrong };
}

describe.each(channelKinds)("the contract of every vendor, at the emulator of %s", (kind) => {
	test("holds, from the check of its credential to the proof of the end", async () => {
		const { pager, options, channel, later, wrong } = benchOf(kind);
		const told: Step[] = [];
		const bench = { pager, check: () => checkCredential(options, channel), order: orderOf(channel), later };
		await playContract(bench, (step) => told.push(step));
		expect(told).toEqual(stepsOf(kind));
		expect(wrong()).toEqual([]);
	});
});
