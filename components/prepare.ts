import { bundleFunctions, writeBundles } from "./functions/bundle.ts";
import { type ActionSets, actionSets, allSets, responsePlan } from "./genesys/responsePlan.ts";
import { type PreparedFlow, prepareFlow, writePreparedFlow } from "./responseFlow.ts";
import type { Settings } from "./settings/settings.ts";

/** Everything that can be known, built and refused before the first resource is declared. */
export interface Prepared {
	readonly sets: ActionSets;
	readonly flow: PreparedFlow;
}

/** Compiles and lints the workflow, writes its file and bundles the functions. Throws a RunError; then nothing has been declared. */
export async function prepare(settings: Settings): Promise<Prepared> {
	// The bundler is a process of its own: it works while the workflow is compiled.
	const bundling = bundleFunctions();
	const sets = actionSets(settings);
	const flow = flowOf(settings, sets);
	const bundles = await bundling;
	writeBundles(bundles);
	writePreparedFlow(flow);
	return { sets, flow };
}

const flows = new Map<string, PreparedFlow>();

/** The workflow of a stack. Most settings are no part of it: a rehearsal that deploys one policy many times compiles and lints it once. */
export function flowOf(settings: Settings, sets: ActionSets): PreparedFlow {
	const key = JSON.stringify([settings.base, responsePlan(settings, sets), allSets(sets)]);
	const flow = flows.get(key) ?? prepareFlow(settings, sets);
	flows.set(key, flow);
	return flow;
}
