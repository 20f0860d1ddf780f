import { describe, expect, it } from "vitest";
import { personActs } from "../../../rehearsal/vendors/emulator.ts";
import { emulatorOf, ownerOf } from "../../../rehearsal/vendors/emulators.ts";
import { VirtualClock } from "../../../rehearsal/world/clock.ts";
import { placeOf } from "../../../rehearsal/world/vendorAccounts.ts";
import { credentialOf, secretKey } from "../../../vendors/credentials.ts";
import { baseAddress } from "../../../vendors/hosts.ts";
import { channelKinds, vendorOf } from "../../../vendors/kinds.ts";
import * as executors from "../../vendors/executors.ts";

describe.each(channelKinds)("the emulator and the description of %s, written apart, agree", (kind) => {
	const vendor = vendorOf(kind);
	const emulator = emulatorOf(kind);
	const { demo } = emulator;
	const { channel } = executors.placeOf(kind);
	const account = emulator.open({ clock: new VirtualClock(0), ...demo });
	const { credential } = executors.placeOf(kind);
	const held = { account: demo.account, credential, channel: demo.channels[0] ?? {} };
	const addressOf = (host: string): string => baseAddress(vendor, host, held);

	it("on the vendor's name and its hosts", () => {
		expect(emulator.name).toBe(vendor.system);
		const described = Object.keys(vendor.hosts).map((host) => new URL(addressOf(host)).host);
		expect(Object.values(account.hosts).toSorted()).toEqual(described.toSorted());
		expect(Object.keys(account.hosts)).toEqual(emulator.hosts);
	});

	it("on the credential, its secrets, and whose they are", () => {
		const credential = credentialOf(channel);
		expect(Object.keys(account.secrets)).toEqual(
			expect.arrayContaining(Object.keys(vendor.secrets).map((secret) => secretKey(credential, secret))),
		);
		expect(ownerOf(credential)).toEqual({ kind, place: vendor.credential.per === undefined ? "" : placeOf(channel) });
		expect(ownerOf("launcher")).toBeUndefined();
	});

	it("lists what people can do there: that is done to nothing, and what is not listed is refused", () => {
		const place = placeOf(channel);
		for (const what of personActs) {
			if (emulator.acts?.includes(what)) expect(account.act?.(what, demo.channels[0]?.[emulator.place.setting] ?? place, "Ada")).toBe(0);
		}
		expect(account.act !== undefined).toBe(emulator.acts !== undefined);
	});

	it("lists how what it accepts ends badly, exactly where it can end so", () => {
		expect(emulator.endings !== undefined).toBe(emulator.faults.includes("ends"));
		for (const as of emulator.endings ?? []) account.begin({ does: "ends", as })();
		if (emulator.endings !== undefined) expect(() => account.begin({ does: "ends", as: "well" })).toThrow("got well");
	});

	it("on the place of a channel, and on who can answer there", () => {
		expect(Object.keys(vendor.channel)).toContain(emulator.place.setting);
		expect(placeOf(channel)).not.toBe("");
		expect(emulator.isAnswered).toBe(vendor.traits.acknowledges);
		expect(account.acknowledge !== undefined).toBe(emulator.isAnswered);
	});
});
