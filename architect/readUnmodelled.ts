import { isMap, isScalar, isSeq } from "yaml";
import { foreignActions } from "./foreign.ts";
import type { Branch, Unmodelled, Value } from "./model.ts";
import { readAsks } from "./readAsks.ts";
import type { Entry, Nodes, ReadActions } from "./readNodes.ts";

/** Whatever an action of the vendor's says: expressions and written variables wherever they stand, and the paths below `outputs`. */
export function readUnmodelled(entry: Entry, nodes: Nodes, readActions: ReadActions): Unmodelled {
	if (!nodes.asking)
		nodes.reportForeign(
			entry.place,
			"unknown-action",
			`Expected an action that is modelled, got "${entry.key}": its expressions and paths are checked, and not what it does.`,
			"Check the rest of this action yourself; the simulator asks the world for its result.",
		);
	const fields = isMap(entry.value) ? nodes.entries(entry, entry.key) : [];
	const name = fields.find(({ key }) => key === "name");
	const outputs = outputsOf(fields);
	const own = fields.filter((each) => each !== name && each !== outputs);
	const uses = own.flatMap((each) => usesIn(each, nodes));
	return {
		kind: "unmodelled",
		type: entry.key,
		name: nodes.text(name, "the action's name", entry.key),
		place: entry.place,
		values: uses.flatMap((use) => (use.kind === "value" ? use.value : [])),
		writes: uses.flatMap((use) => (use.kind === "write" ? use.name : [])),
		paths: readPaths(outputs, foreignActions[entry.key] ?? [], nodes, readActions),
		...(nodes.asking ? { asks: readAsks(own, nodes) } : {}),
	};
}

const outputsOf = (fields: readonly Entry[]): Entry | undefined => fields.find(({ key }) => key === "outputs");

/** What stands on the paths of an action that is not read itself. */
export function readPathsOf(entry: Entry, nodes: Nodes, readActions: ReadActions): Branch[] {
	return isMap(entry.value) ? readPaths(outputsOf(nodes.entries(entry, entry.key)), [], nodes, readActions) : [];
}

type Use = { readonly kind: "value"; readonly value: Value } | { readonly kind: "write"; readonly name: string };

function usesIn(of: Entry, nodes: Nodes): Use[] {
	if (isMap(of.value)) return nodes.entries(of, of.key).flatMap((each) => usesIn(each, nodes));
	if (isSeq(of.value)) return nodes.items(of, of.key).flatMap((each) => usesIn(each, nodes));
	if (!isScalar(of.value) || typeof of.value.value !== "string") return [];
	if (of.key === "exp") return [{ kind: "value", value: { kind: "exp", exp: of.value.value, place: of.place } }];
	return of.key === "var" || of.key === "variable" ? [{ kind: "write", name: of.value.value }] : [];
}

/** The paths that are written, and those that the action is known to have. */
function readPaths(of: Entry | undefined, known: readonly string[], nodes: Nodes, readActions: ReadActions): Branch[] {
	const written = of === undefined ? [] : nodes.entries(of, "outputs");
	const paths = written.map((entry) => ({ name: entry.key, actions: readActions(nodes.path(entry), nodes) }));
	const open = known.filter((name) => !written.some(({ key }) => key === name));
	return [...paths, ...open.map((name) => ({ name, actions: undefined }))];
}
