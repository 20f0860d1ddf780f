import { isMap, isScalar, isSeq } from "yaml";
import type { Sequence, Unmodelled, Value, Workflow } from "./model.ts";
import { readActions } from "./readActions.ts";
import type { Entry, Nodes } from "./readNodes.ts";
import { readVariables } from "./readWorkflow.ts";

/** A flow of another type than workflow, as far as all types are written alike. */
export interface OtherFlow {
	readonly type: string;
	/** Its variables, and every list of actions as a state or a task: to be looked through, and not to be run. */
	readonly flow: Workflow;
}

type Found = {
	readonly states: Sequence[];
	readonly tasks: Sequence[];
	/** Expressions outside of any action: of menus, prompts and settings. */
	readonly settings: Value[];
};

/** Reads what it knows, and passes over the rest in silence: what another type of flow may hold is not known here. */
export function readOtherFlow(root: Entry, nodes: Nodes): OtherFlow {
	nodes.tolerate(root.key);
	const found: Found = { states: [], tasks: [], settings: [] };
	const entries = nodes.entries(root, root.key);
	const field = (name: string): Entry | undefined => entries.find(({ key }) => key === name);
	for (const entry of entries) if (entry.key !== "variables") walk(entry, nodes, found);
	const flow: Workflow = {
		name: nodes.text(field("name"), "the name"),
		description: nodes.text(field("description"), "the description"),
		defaultLanguage: nodes.text(field("defaultLanguage"), "defaultLanguage", "en-us"),
		startUp: "",
		...readVariables(field("variables"), nodes),
		states: found.states,
		tasks: [...found.tasks, ...(found.settings.length === 0 ? [] : [settingsOf(found.settings, root)])],
	};
	return { type: root.key, flow };
}

function walk(of: Entry, nodes: Nodes, found: Found): void {
	if (isSeq(of.value)) for (const item of nodes.items(of, of.key)) walk(item, nodes, found);
	if (isScalar(of.value) && of.key === "exp" && typeof of.value.value === "string")
		found.settings.push({ kind: "exp", exp: of.value.value, place: of.place });
	if (!isMap(of.value)) return;
	const entries = nodes.entries(of, of.key);
	const variables = entries.find(({ key }) => key === "variables");
	const lists = entries.filter(({ key, value }) => /(^a|A)ctions$/.test(key) && isSeq(value));
	for (const list of lists) {
		const sequence = sequenceOf(of, entries, variables, list, nodes);
		found[isState(of, sequence) ? "states" : "tasks"].push(sequence);
	}
	for (const entry of entries) if (entry !== variables && !lists.includes(entry)) walk(entry, nodes, found);
}

function sequenceOf(of: Entry, entries: readonly Entry[], variables: Entry | undefined, list: Entry, nodes: Nodes): Sequence {
	const text = (name: string): string | undefined => {
		const entry = entries.find(({ key }) => key === name);
		return entry && nodes.text(entry, name);
	};
	return {
		name: text("name") ?? of.key,
		refId: text("refId") ?? `${of.key} ${of.place.line}`,
		...readVariables(variables, nodes),
		actions: readActions(list, nodes),
		place: of.place,
	};
}

/** Its variables say what it is, where its key does not. */
const isState = ({ key }: Entry, { variables, opaque = [] }: Sequence): boolean =>
	key === "state" || [...variables.map(({ name }) => name), ...opaque].some((name) => name.startsWith("State."));

function settingsOf(values: readonly Value[], { place }: Entry): Sequence {
	const holder: Unmodelled = { kind: "unmodelled", type: "settings", name: "settings", place, values, writes: [], paths: [] };
	return { name: "the settings", refId: "settings", variables: [], actions: [holder], place };
}
