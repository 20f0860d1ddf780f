import { describe, expect, test } from "vitest";
import { checkCredential, vendorPager } from "../../../../functions/edges/vendors/pager.ts";
import { createServiceNow } from "../../../../rehearsal/vendors/servicenow/api.ts";
import { VirtualClock } from "../../../../rehearsal/world/clock.ts";
import { network } from "../../../../rehearsal/world/network.ts";
import { channel, key, optionsOf, order, start, table, userName, world } from "./servicenowWorld.ts";

describe("a person who", () => {
	test.each([
		{ act: "snooze", state: "acknowledged" },
		{ act: "merge", state: "acknowledged" },
		{ act: "reassign", state: "delivered" },
		{ act: "resolve", state: "resolved" },
		{ act: "delete", state: "absent" },
	] as const)("does $act leaves it $state", async ({ act, state }) => {
		const { pager, instance } = world();
		await pager.send(order());
		expect(instance.act(act, "network", "ada")).toBe(1);
		await expect(pager.read(order())).resolves.toMatchObject({ state });
	});

	test("uses states of the instance's own is understood by the account's settings", async () => {
		const { pager, options } = world({ acknowledgedStates: "12, 13", resolvedStates: "20" });
		const { receipt } = await pager.send(order());
		const read = async (state: string) => {
			const record = { sys_id: receipt, number: "INC1", state, correlation_id: key, sys_updated_by: "ada" };
			return (await vendorPager({ ...options, fetch: async () => Response.json({ result: [record] }) }).read(order())).state;
		};
		const states = await Promise.all(["1", "2", "3", "6", "8", "12", "13", "20", "99", ""].map(read));
		expect(states).toEqual([
			...["delivered", "delivered", "delivered", "delivered", "delivered"],
			...["acknowledged", "acknowledged", "resolved", "delivered", "delivered"],
		]);
	});
});

describe("an acknowledgement", () => {
	test("sets the state by the record's id, and notes what is new; twice is once", async () => {
		const { pager, instance, requests, asked } = world();
		const { receipt } = await pager.send(order());
		asked();
		await pager.acknowledge?.(order({ note: "Acknowledged by Ada" }));
		const [, patch] = requests;
		expect(`${patch?.method} ${patch?.url.split("?")[0]}`).toBe(`PATCH ${table}/${receipt}`);
		expect(await patch?.json()).toEqual({ state: "2", work_notes: "Acknowledged by Ada" });
		expect(asked()).toEqual(["GET", "PATCH"]);
		await pager.acknowledge?.(order({ receipt }));
		expect(asked()).toEqual(["GET"]);
		expect(instance.incidents()).toMatchObject([{ fields: { state: "2" } }]);
	});

	test.each(["snooze", "resolve", "delete"] as const)("takes nothing back of what a person did: %s", async (act) => {
		const { pager, instance, asked } = world();
		const { receipt } = await pager.send(order());
		instance.act(act, "network", "ada");
		const before = instance.incidents();
		asked();
		await pager.acknowledge?.(order({ receipt }));
		expect(asked()).toEqual(["GET"]);
		expect(instance.incidents()).toEqual(before);
	});
});

describe("the end", () => {
	test("resolves with the code and the notes that the instance asks for", async () => {
		const { pager, instance, requests, asked } = world();
		const { receipt } = await pager.send(order());
		asked();
		await expect(pager.resolve(order({ note: "Over since 10:20 UTC." }))).resolves.toEqual({ receipt });
		expect(await requests[1]?.json()).toEqual({
			state: "6",
			close_code: "Solution provided",
			close_notes: "Genesys Cloud runbooks: Over since 10:20 UTC.",
		});
		await expect(pager.read(order())).resolves.toMatchObject({ state: "resolved", by: userName });
		expect(instance.incidents()).toMatchObject([{ resolvedAt: start, fields: { state: "6" } }]);
	});

	test("leaves what a person has resolved as it is, and makes nothing of what is not there", async () => {
		const { pager, instance, asked } = world();
		const { receipt } = await pager.send(order());
		instance.act("resolve", "network", "ada");
		asked();
		await expect(pager.resolve(order())).resolves.toEqual({ receipt });
		expect(instance.incidents()).toMatchObject([{ fields: { close_notes: "Repaired.", sys_updated_by: "ada" } }]);
		await expect(pager.resolve(order({ dedupKey: `${key}r2` }))).resolves.toEqual({ receipt: `${key}r2` });
		expect(asked()).toEqual(["GET", "GET"]);
	});

	test("is of every record that was made for the page: two who send at once make two", async () => {
		const { pager, instance, asked } = world();
		const both = await Promise.all([pager.send(order()), pager.send(order())]);
		expect(new Set(both.map(({ receipt }) => receipt)).size).toBe(2);
		asked();
		const newest = instance.incidents()[1]?.fields.sys_id;
		await expect(pager.resolve(order({ note: "n" }))).resolves.toEqual({ receipt: newest });
		expect(asked()).toEqual(["GET", "PATCH", "PATCH"]);
		expect(instance.incidents().map(({ fields }) => fields.state)).toEqual(["6", "6"]);
	});

	test("with a code that the instance does not have is forbidden, and says no more than that", async () => {
		const { pager } = world({ closeCode: "Solved (Permanently)" });
		await pager.send(order());
		await expect(pager.resolve(order({ note: "n" }))).rejects.toMatchObject({
			reason: "forbidden",
			retry: false,
			message: "ServiceNow: expected 2xx from the end of the incident, got 403",
		});
	});
});

describe("a limit or a password", () => {
	test("that is used up says when to come again", async () => {
		const clock = new VirtualClock(start);
		const { fetch, hosts, world: instance } = createServiceNow({ clock, instance: "customer", requestsPerHour: 1 });
		const pager = vendorPager(optionsOf(network(hosts.map((host) => ({ host, fetch }))), instance.addUser(userName)));
		await pager.read(order());
		await expect(pager.read(order())).rejects.toMatchObject({ reason: "rate-limited", retry: true, retryAfterSeconds: 900 });
	});

	test("is taken, or is not, and nothing is made to see it", async () => {
		const { options, instance, net, asked } = world();
		await expect(checkCredential(options, channel)).resolves.toBeUndefined();
		await expect(checkCredential(optionsOf(net), channel)).rejects.toMatchObject({ reason: "unauthorized", retry: false });
		instance.hibernate();
		await expect(checkCredential(options, channel)).rejects.toMatchObject({ reason: "malformed", retry: true });
		expect(asked()).toEqual(["GET", "GET", "GET"]);
		expect(instance.incidents()).toEqual([]);
	});
});
