import { describe, expect, it } from "vitest";
import { type ActiveIncidentRow, activeIncidentColumns } from "../../../../contracts/activeIncidents.ts";
import { authorized } from "../../../../functions/edges/genesys/api.ts";
import { incidentTable } from "../../../../functions/edges/genesys/incidentTable.ts";
import { EdgeError } from "../../../../functions/pipeline/ports.ts";
import { createOrganization, organization, providerOf, tableToken } from "../../../rehearsal/genesyscloud/organization.ts";
import { adapterContract, openBudget } from "../vendors/adapterContract.ts";
import { accessToken, clientSecret, start, token } from "./cloud.ts";

const row = (key: string, change: Partial<ActiveIncidentRow> = {}): ActiveIncidentRow => ({
	key,
	announce: true,
	condition: "trunk-down",
	entityId: "base-1",
	entityName: "Frankfurt-1",
	severity: "high",
	since: "2026-01-05T08:02:00Z",
	policy: "telephony",
	incidents: 1,
	updated: "2026-01-05T08:02:00Z",
	until: "2026-01-05T08:17:00Z",
	writtenBy: "genesyscloud-runbooks dev",
	...change,
});

const permissions = ["view", "add", "edit", "delete"].map((action) => `architect:datatableRow:${action}`);

/** The table of an organization, by a client that holds exactly the permissions of the announcer. */
async function startTable(held: readonly string[] = permissions, tableId?: string) {
	const made = createOrganization();
	const { cloud, clock } = made;
	const provider = providerOf(made, {});
	const properties = Object.entries(activeIncidentColumns).map(([name, type]) => ({ name, title: name, type }));
	await provider.configure();
	const { id } = await provider.create(tableToken, "table", { name: "Active", description: "", properties });
	const client = cloud.world.issueBootstrapClient({ name: "announcer", permissions: held });
	const call = authorized({
		fetch: cloud.fetch,
		domain: organization.domain,
		credentials: async () => client,
		clientName: "announcer",
		clock,
		budget: openBudget(),
		perMinute: 240,
	});
	const table = incidentTable(
		() => call,
		() => tableId ?? id,
	);
	return { cloud, table, keys: () => [...(cloud.world.dataTables()[0]?.rows.keys() ?? [])] };
}

const reasonOf = (work: Promise<unknown>): Promise<unknown> =>
	work.then(
		() => "done",
		(error: unknown) => (error instanceof EdgeError ? error.reason : error),
	);

describe("the data table of active incidents, over the vendor's API", () => {
	it("reads what it wrote, whole, by pages", async () => {
		const { table, cloud } = await startTable();
		const rows = Array.from({ length: 130 }, (_, index) => row(`trunk-down:base-${String(index).padStart(3, "0")}`));
		for (const each of rows) await table.add(each);
		expect(await table.rows()).toEqual(rows.map((each) => ({ key: each.key, fields: each })));
		expect(cloud.refusals).toEqual([]);
	});

	it("keeps keys with colons, capitals and what a path must escape", async () => {
		const { table, keys } = await startTable();
		const key = "trunk-down:Büro/1 %2F?#a";
		await table.add(row(key));
		await table.add(row(key.toLowerCase()));
		expect(await table.replace(row(key, { announce: false }))).toBe("replaced");
		await table.remove(key.toLowerCase());
		expect(keys()).toEqual([key]);
		expect((await table.rows())[0]?.fields.announce).toBe(false);
	});

	it("takes a row that is gone for removed, and tells one that was to be replaced", async () => {
		const { table } = await startTable();
		await table.remove("any");
		expect(await table.replace(row("any"))).toBe("gone");
	});

	it("is refused a row that is there already", async () => {
		const { table } = await startTable();
		await table.add(row("any"));
		expect(await reasonOf(table.add(row("any")))).toBe("rejected");
	});

	it("does not know a table that was deleted", async () => {
		const { table } = await startTable(permissions, "00000000-0000-4000-8000-000000000000");
		expect(await reasonOf(table.rows())).toBe("not-found");
	});

	it.each([
		["view", (table: ReturnType<typeof incidentTable>) => table.rows()],
		["add", (table: ReturnType<typeof incidentTable>) => table.add(row("any"))],
		["edit", (table: ReturnType<typeof incidentTable>) => table.replace(row("any"))],
		["delete", (table: ReturnType<typeof incidentTable>) => table.remove("any")],
	] as const)("needs the permission to %s rows", async (action, use) => {
		const { table } = await startTable(permissions.filter((each) => !each.endsWith(action)));
		expect(await reasonOf(use(table))).toBe("forbidden");
	});
});

const bare = (fetch: typeof globalThis.fetch) =>
	incidentTable(
		() =>
			authorized({
				fetch,
				domain: "mypurecloud.de",
				credentials: async () => ({ clientId: "client-1", clientSecret }),
				clientName: "announcer",
				clock: { now: () => start },
				budget: openBudget(),
				perMinute: 240,
			}),
		() => "table-1",
	);

adapterContract({
	system: "Genesys Cloud",
	secrets: [clientSecret, accessToken],
	before: (request) => (new URL(request.url).host.startsWith("login.") ? token() : undefined),
	operations: [
		{ name: "rows", call: (fetch) => bare(fetch).rows() },
		{ name: "add", call: (fetch) => bare(fetch).add(row("any")) },
	],
});
