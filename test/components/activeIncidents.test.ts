import { describe, expect, it } from "vitest";
import { activeIncidentColumns } from "../../contracts/activeIncidents.ts";
import { changed, problems } from "./settings/givenSettings.ts";
import { stackOf } from "./stacks.ts";
import { declaredSystem, the } from "./system.ts";

const stackWith = (activeIncidents: unknown) => {
	const stack = stackOf("dev");
	return { ...stack, config: { ...stack.config, activeIncidents } };
};

describe("without the table", () => {
	it.each([
		["by default", stackOf("dev")],
		["switched off", stackWith({ table: false })],
	])("%s: nothing of it is declared", async (_name, stack) => {
		const { resources } = await declaredSystem(stack);
		expect(JSON.stringify(resources)).not.toMatch(/datatable|announcer|ACTIVE_INCIDENTS/i);
	});
});

describe("with the table", () => {
	const system = declaredSystem(stackWith({ table: true }));

	it("declares it with the columns of the contract, a key first, in the home division", async () => {
		const { inputs } = the(await system, "ArchitectDatatable", "runbooks-active-table");
		expect(inputs.name).toBe("runbooks-dev Active Incidents");
		expect(inputs.divisionId).toBeUndefined();
		expect(inputs.properties).toEqual(Object.entries(activeIncidentColumns).map(([name, type]) => ({ name, title: name, type })));
		expect(Object.keys(activeIncidentColumns)[0]).toBe("key");
	});

	it("gives the rows to a client of its own, and the table to nobody", async () => {
		const { resources } = await system;
		const roles = resources.filter(({ type }) => type.endsWith(":AuthRole"));
		const withRows = roles.filter(({ inputs }) => JSON.stringify(inputs.permissionPolicies).includes("datatable"));
		expect(withRows.map(({ inputs }) => [inputs.name, inputs.permissionPolicies])).toEqual([
			["runbooks-dev announcer", [{ domain: "architect", entityName: "datatableRow", actionSets: ["view", "add", "edit", "delete"] }]],
		]);
		const client = the(await system, "OauthClient", "runbooks-active-announcer-client");
		expect(client.inputs.exposeClientSecret).toBe(true);
	});

	it("tells the overseer, and only the overseer, where the table and its client's secret are", async () => {
		const { resources } = await system;
		const functions = resources.filter(({ type }) => type.endsWith(":Function"));
		const told = functions.filter(({ inputs }) => JSON.stringify(inputs).includes("ACTIVE_INCIDENTS_TABLE"));
		expect(told.map(({ inputs }) => inputs.name)).toEqual(["runbooks-dev-overseer"]);
		const variables = Object(Object(told[0]?.inputs.environment).variables);
		expect(variables.ACTIVE_INCIDENTS_TABLE).toBe("runbooks-active-table-id");
		const policy = String(the(await system, "RolePolicy", "runbooks-overseer-policy").inputs.policy);
		expect(policy).toContain(variables.SECRET_GENESYS_ANNOUNCER);
	});
});

describe("its settings", () => {
	it.each([
		["a word", "on", "a section"],
		["no truth value", { table: "yes" }, "true or false"],
		["an unknown key", { tables: true }, "table"],
	])("%s is refused", (_name, value, says) => {
		const found = problems(changed(["activeIncidents"], value));
		expect(found.map(({ path }) => path).join()).toContain("activeIncidents");
		expect(found.map(({ expected }) => expected).join()).toContain(says);
	});
});
