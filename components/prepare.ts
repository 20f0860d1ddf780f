import { bundleFunctions, ledgerKindOf, writeBundles } from "./functions/bundle.ts";
import { type ActionSets, actionSets, allSets, responsePlan } from "./genesys/responsePlan.ts";
import { type PreparedFlow, prepareFlow, writePreparedFlow } from "./responseFlow.ts";
import type { Settings } from "./settings/settings.ts";

/** Everything that can be known, built and refused before the first resource is declared. */
export interface Prepared {
	readonly sets: ActionSets;
	/** One for each policy. */
	readonly flows: readonly PreparedFlow[];
}

/** Compiles and lints the workflows, writes their files and bundles the functions. Throws a RunError; then nothing has been declared. */
export async function prepare(settings: Settings): Promise<Prepared> {
	// The bundler is a process of its own: it works while the workflows are compiled.
	const bundling = bundleFunctions(ledgerKindOf(settings));
	const sets = actionSets(settings);
	const flows = flowsOf(settings, sets);
	const bundles = await bundling;
	writeBundles(bundles, ledgerKindOf(settings));
	for (const flow of flows) writePreparedFlow(flow);
	return { sets, flows };
}

const known = new Map<string, PreparedFlow>();

/** The workflow of each policy of a stack. */
export const flowsOf = (settings: Settings, sets: ActionSets): readonly PreparedFlow[] =>
	Object.keys(settings.runtime.policies).map((policy) => flowOf(settings, policy, sets));

/** The workflow of a policy. Most settings are no part of it: a rehearsal that deploys one policy many times compiles and lints it once. */
export function flowOf(settings: Settings, policy: string, sets: ActionSets): PreparedFlow {
	const key = JSON.stringify([settings.base, responsePlan(settings, policy, sets), allSets(sets)]);
	const flow = known.get(key) ?? prepareFlow(settings, policy, sets);
	known.set(key, flow);
	return flow;
}
