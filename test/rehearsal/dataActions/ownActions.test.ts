import { beforeAll, expect, it } from "vitest";
import { lintActions } from "../../../rehearsal/dataActions/lint.ts";
import { stackOf } from "../../components/stacks.ts";
import { declaredSystem } from "../../components/system.ts";

const type = "genesyscloud:index/integrationAction:IntegrationAction";
let actions: readonly { readonly name: string; readonly inputs: Readonly<Record<string, unknown>> }[] = [];
beforeAll(async () => {
	actions = (await declaredSystem(stackOf("dev"))).resources.filter((each) => each.type === type);
});

/** A data action as the provider is given it, in the form of an export. */
function exportOf({
	name,
	category,
	contractInput,
	contractOutput,
	configRequest,
	configResponse,
	configTimeoutSeconds,
}: Readonly<Record<string, unknown>>) {
	const contract = {
		input: { inputSchema: JSON.parse(String(contractInput)) },
		output: { successSchema: JSON.parse(String(contractOutput)) },
	};
	return { name, category, contract, config: { timeoutSeconds: configTimeoutSeconds, request: configRequest, response: configResponse } };
}

it("has nothing against the data actions of this project", () => {
	expect(actions).toHaveLength(14);
	expect(actions.flatMap(({ name, inputs }) => lintActions(JSON.stringify(exportOf(inputs)), name))).toEqual([]);
});
