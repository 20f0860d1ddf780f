import { isMap, isScalar, isSeq } from "yaml";
import type { Asks, Value } from "./model.ts";
import type { Entry, Nodes } from "./readNodes.ts";
import { readValue } from "./readValues.ts";

type Use =
	| { readonly kind: "input"; readonly names: readonly string[]; readonly value: Value }
	| { readonly kind: "output"; readonly names: readonly string[]; readonly variable: string };

/** What an action asks of the organization, from all of its keys but its name and its paths. */
export function readAsks(fields: readonly Entry[], nodes: Nodes): Asks {
	const uses = fields.flatMap((each) => usesIn(each, [], nodes));
	const inputs = uses.flatMap((use) => (use.kind === "input" ? [{ names: use.names, of: use.value }] : []));
	const outputs = uses.flatMap((use) => (use.kind === "output" ? [{ names: use.names, of: use.variable }] : []));
	const subject = fields.map(subjectOf).find((each) => each !== undefined);
	return { ...(subject === undefined ? {} : { subject }), inputs: byName(inputs), outputs: byName(outputs) };
}

const valueKeys: readonly string[] = ["lit", "exp", "noValue"];
const bindingKeys: readonly string[] = ["var", "variable"];

/** `dataTable: { <name>: { … } }` */
function subjectOf({ value }: Entry): string | undefined {
	const [only, ...more] = isMap(value) ? value.items : [];
	const key = isScalar(only?.key) ? String(only.key.value) : undefined;
	const isSubject = more.length === 0 && isMap(only?.value) && key !== undefined && ![...valueKeys, ...bindingKeys].includes(key);
	return isSubject ? key : undefined;
}

function usesIn(of: Entry, above: readonly string[], nodes: Nodes): readonly Use[] {
	const names = [...above, of.key];
	if (isSeq(of.value)) return nodes.items(of, of.key).flatMap((each) => usesIn(each, names, nodes));
	if (!isMap(of.value)) return [];
	const entries = nodes.entries(of, of.key);
	if (entries.some(({ key }) => valueKeys.includes(key)) && entries.length === 1) return valueOrNothing(of, entries[0], names, nodes);
	const named = attributeName(entries);
	return entries.flatMap((entry) => {
		if (named !== undefined && entry.key === "name") return [];
		if (bindingKeys.includes(entry.key) && isScalar(entry.value))
			return [
				{ kind: "output" as const, names: named === undefined ? names : [...names, named], variable: nodes.text(entry, "a variable") },
			];
		return named === undefined ? usesIn(entry, names, nodes) : usesIn({ ...entry, key: named }, names, nodes);
	});
}

/** `name` of an `attribute` that has a value or a variable beside it: its literal, or its expression. */
function attributeName(entries: readonly Entry[]): string | undefined {
	const name = entries.find(({ key }) => key === "name");
	if (name === undefined || !isMap(name.value) || !entries.some(({ key }) => key === "value" || key === "variable")) return undefined;
	const text = name.value.get("lit") ?? name.value.get("exp");
	return text === undefined || text === null ? undefined : String(text);
}

function valueOrNothing(of: Entry, only: Entry | undefined, names: readonly string[], nodes: Nodes): readonly Use[] {
	// An output that nobody wants looks like an input that nobody gives.
	return only === undefined || only.key === "noValue" ? [] : [{ kind: "input", names, value: readValue(of, of.key, nodes) }];
}

/** Each by its last name; where two have the same, by the whole way to it. */
function byName<T>(uses: readonly { readonly names: readonly string[]; readonly of: T }[]): Readonly<Record<string, T>> {
	const last = (names: readonly string[]): string => names.at(-1) ?? "";
	const counts = Map.groupBy(uses, ({ names }) => last(names));
	return Object.fromEntries(uses.map(({ names, of }) => [(counts.get(last(names))?.length ?? 0) > 1 ? names.join(".") : last(names), of]));
}
