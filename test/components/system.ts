import { actionSets } from "../../components/genesys/responsePlan.ts";
import { flowsOf, type Prepared } from "../../components/prepare.ts";
import { RunbookSystem } from "../../components/runbookSystem.ts";
import type { Settings } from "../../components/settings/settings.ts";
import { readStack } from "../../components/settings/stackConfiguration.ts";
import { type Declaration, type Declared, declared, type Stack } from "./declared.ts";

/** Prepared without bundling, which takes a second and is tested by itself. */
function standInPrepared(settings: Settings): Prepared {
	const sets = actionSets(settings);
	return { sets, flows: flowsOf(settings, sets) };
}

/** What a RunbookSystem of this stack declares. */
export function declaredSystem(stack: Stack): Promise<Declaration> {
	return declared(async () => {
		const { settings, secrets, configured } = readStack();
		const system = new RunbookSystem("runbooks", { settings, prepared: standInPrepared(settings), secrets, configured });
		return Object.fromEntries(Object.entries(system.responses).map(([policy, { flowName }]) => [policy, flowName]));
	}, stack);
}

/** The one resource of a name and of a type that ends so. */
export function the({ resources }: Declaration, type: string, name: string): Declared {
	const found = resources.filter((each) => each.type.endsWith(`:${type}`) && each.name === name);
	const [first] = found;
	if (first === undefined || found.length > 1) throw new Error(`Expected one ${type} ${name}, got ${found.length}`);
	return first;
}
