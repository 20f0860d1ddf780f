import { describe, expect, test } from "vitest";
import { apiOf, createOrganization, providerOf, tableToken } from "./organization.ts";

const tables = "/flows/datatables";
const columns = (properties: Readonly<Record<string, unknown>>) => ({ schema: { properties: { key: { type: "string" }, ...properties } } });
const sites = {
	name: "Sites",
	...columns({ town: { type: "string" }, floors: { type: "integer", default: 1 }, share: { type: "number" } }),
};

async function start() {
	const made = createOrganization();
	const api = await apiOf(made.cloud, made.deployer);
	const { body } = await api("POST", tables, sites);
	return { ...made, api, table: `${tables}/${(body as { id: string }).id}` };
}

describe("a data table", () => {
	test.each([
		["no key", { name: "x", schema: { properties: { town: { type: "string" } } } }, 400],
		["a key of another type", { name: "x", schema: { properties: { key: { type: "integer" } } } }, 400],
		["a type that there is not", { name: "x", ...columns({ at: { type: "date" } }) }, 400],
		[
			"more than 50 columns",
			{ name: "x", ...columns(Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`c${index}`, { type: "string" }]))) },
			400,
		],
		["a name that is taken", { ...sites, name: "SITES" }, 409],
	])("with %s is refused", async (_name, body, status) => {
		const { api } = await start();
		expect((await api("POST", tables, body)).status).toBe(status);
	});

	test("gets columns, and none of them is changed or taken away", async () => {
		const { api, table } = await start();
		const more = { ...sites, schema: { properties: { ...sites.schema.properties, open: { type: "boolean" } } } };
		expect((await api("PUT", table, more)).status).toBe(200);
		expect(await api("PUT", table, sites)).toMatchObject({
			status: 400,
			body: { message: "Column open of type boolean cannot be changed or removed" },
		});
		const changed = { ...more, schema: { properties: { ...more.schema.properties, town: { type: "integer" } } } };
		expect((await api("PUT", table, changed)).status).toBe(400);
	});

	test("an organization has at most 200 of them", async () => {
		const { api, clock } = await start();
		for (let index = 1; index < 200; index += 1) {
			if (index % 100 === 0 && "time" in clock && typeof clock.time === "number") clock.time += 60_000;
			expect((await api("POST", tables, { ...sites, name: `t${index}` })).status).toBe(200);
		}
		expect((await api("POST", tables, { ...sites, name: "one more" })).status).toBe(400);
	});
});

describe("a row", () => {
	test.each([
		["no key", { town: "Ulm" }, 400],
		["an empty key", { key: "" }, 400],
		["a key of 257 characters", { key: "k".repeat(257) }, 400],
		["a column that there is not", { key: "a", street: "x" }, 400],
		["a value of another type", { key: "a", town: 5 }, 400],
		["a fraction in a column of whole numbers", { key: "a", floors: 1.5 }, 400],
		["no object", ["a"], 400],
	])("with %s is refused", async (_name, row, status) => {
		const { api, table } = await start();
		expect((await api("POST", `${table}/rows`, row)).status).toBe(status);
	});

	test("has the default of a column that it does not give, and is replaced whole", async () => {
		const { api, table } = await start();
		expect((await api("POST", `${table}/rows`, { key: "a", town: "Ulm" })).body).toEqual({ key: "a", town: "Ulm", floors: 1 });
		expect((await api("PUT", `${table}/rows/a`, { key: "a", share: 0.5 })).body).toEqual({ key: "a", floors: 1, share: 0.5 });
		expect((await api("PUT", `${table}/rows/a`, { key: "b" })).status).toBe(400);
		expect((await api("PUT", `${table}/rows/b`, { key: "b" })).status).toBe(404);
		expect((await api("POST", `${table}/rows`, { key: "a" })).status).toBe(409);
	});

	test("is told by its key alone unless the whole is asked for, in either order", async () => {
		const { api, table } = await start();
		for (const key of ["b", "a"]) await api("POST", `${table}/rows`, { key });
		const keysOf = async (query: string) => ((await api("GET", `${table}/rows?${query}`)).body as { entities: unknown }).entities;
		expect(await keysOf("")).toEqual([{ key: "a" }, { key: "b" }]);
		expect(await keysOf("sortOrder=descending&showbrief=false")).toEqual([
			{ key: "b", floors: 1 },
			{ key: "a", floors: 1 },
		]);
	});
});

test("the provider's stand-in makes a table, reads it back as it was written, changes it and takes it away with its rows", async () => {
	const made = createOrganization();
	const provider = providerOf(made, {});
	await provider.configure();
	const inputs = {
		name: "Active",
		description: "for flows",
		properties: [
			{ name: "key", type: "string", title: "key" },
			{ name: "zeta", type: "boolean", title: "zeta" },
			{ name: "alpha", type: "integer", title: "alpha" },
		],
	};
	const { id } = await provider.create(tableToken, "table", inputs);
	expect((await provider.read(tableToken, id))?.outputs).toMatchObject(inputs);
	const api = await apiOf(made.cloud, made.deployer);
	await api("POST", `${tables}/${id}/rows`, { key: "a" });
	const more = { ...inputs, properties: [...inputs.properties, { name: "beta", type: "string", title: "beta" }] };
	await provider.update(tableToken, id, more);
	expect((await provider.read(tableToken, id))?.outputs).toMatchObject(more);
	expect(made.cloud.world.dataTables().map(({ rows }) => [...rows.keys()])).toEqual([["a"]]);
	await provider.delete(tableToken, id);
	expect(await provider.read(tableToken, id)).toBeUndefined();
});
