import { describe, expect, test } from "vitest";
import { network } from "../../../rehearsal/world/network.ts";

const vendor = {
	host: "api.vendor.example",
	fetch: async (request: Request) => new Response(`${request.method} ${request.url} ${await request.text()}`),
};

describe("the network", () => {
	test("routes by host, with method, path, query and body", async () => {
		const net = network([vendor]);
		const answer = await net("https://api.vendor.example/a?b=c", { method: "POST", body: "d" });
		expect(await answer.text()).toBe("POST https://api.vendor.example/a?b=c d");
	});

	test("does not know a host without a route, as Node's fetch does not", async () => {
		const error = await network([vendor])("https://elsewhere.example/").catch((thrown: unknown) => thrown);
		expect(error).toBeInstanceOf(TypeError);
		expect(error).toMatchObject({
			message: "fetch failed",
			cause: { code: "ENOTFOUND", message: "getaddrinfo ENOTFOUND elsewhere.example" },
		});
	});

	test("refuses connections to a host that was cut, until it is restored", async () => {
		const net = network([vendor]);
		net.world.cut("api.vendor.example");
		await expect(net("https://api.vendor.example/")).rejects.toMatchObject({ cause: { code: "ECONNREFUSED" } });
		net.world.restore("api.vendor.example");
		await expect(net("https://api.vendor.example/")).resolves.toHaveProperty("status", 200);
	});

	test("does not cut what it does not have", () => {
		expect(() => network([vendor]).world.cut("typo.example")).toThrow(
			"expected a host of this network to cut, got typo.example; allowed: api.vendor.example",
		);
	});
});
