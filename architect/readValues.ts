import { isMap, isScalar, isSeq } from "yaml";
import type { CollectionLiteral, DurationLiteral, EntityLiteral, Literal, SingleLiteral, Value } from "./model.ts";
import { list } from "./names.ts";
import { describe, type Entry, type Nodes } from "./readNodes.ts";

const kinds = ["lit", "exp", "noValue"];
const units = ["days", "hours", "minutes", "seconds"] as const;

/** A value node: exactly one of `lit`, `exp`, `noValue`. */
export function readValue(of: Entry, what: string, nodes: Nodes): Value {
	const entry = isMap(of.value) && of.value.items.length === 1 ? nodes.entries(of, what)[0] : undefined;
	if (entry === undefined || !kinds.includes(entry.key)) {
		const got = isMap(of.value) ? list(nodes.entries(of, what).map((each) => each.key)) : describe(of.value);
		nodes.report(
			entry?.place ?? of.place,
			"value-node",
			`Expected ${what} to have exactly one of ${kinds.join(", ")}, got ${got}.`,
			"Write the value as a line of its own below the key; quote an expression that holds a comma.",
		);
		return { kind: "noValue", place: of.place };
	}
	const { place } = entry;
	if (entry.key === "exp") return { kind: "exp", exp: nodes.text(entry, `the expression of ${what}`), place };
	if (entry.key === "noValue") return { kind: "noValue", place };
	const lit = readLiteral(entry, what, nodes);
	return { kind: "lit", lit, place, ...(holdsPlaceholder(entry.value, nodes) ? { open: true } : {}) };
}

/** A literal, or an amount of a duration, that is a placeholder without quotes. */
function holdsPlaceholder(value: unknown, nodes: Nodes): boolean {
	return isMap(value) ? value.items.some((pair) => nodes.isOpen(pair.value)) : nodes.isOpen(value);
}

/** The variable of an output binding `{ var: Scope.name }`; undefined where it says `noValue: true`. */
export function readBinding(of: Entry, what: string, nodes: Nodes): string | undefined {
	const fields = nodes.fields(of, what, [], ["var", "noValue"]);
	if (fields.size !== 1) {
		nodes.report(
			of.place,
			"value-node",
			`Expected ${what} to have exactly one of var, noValue, got ${list([...fields.keys()])}.`,
			"Name the variable: `var: State.name`.",
		);
	}
	return fields.has("var") ? nodes.text(fields.get("var"), what) : undefined;
}

/** The refId of an absolute or relative reference to a state or a task of the same file. */
export function readReference(of: Entry | undefined, folder: "states" | "tasks", what: string, nodes: Nodes): string {
	if (of === undefined) return "";
	const text = nodes.text(of, what);
	const one = folder.slice(0, -1);
	const refId = new RegExp(`^(?:/${nodes.root}/|\\./|(?:\\.\\./)+)${folder}/${one}\\[([^\\]]+)\\]$`).exec(text)?.[1];
	if (refId !== undefined) return refId;
	nodes.report(
		of.place,
		"reference-form",
		`Expected ${what} to be "/${nodes.root}/${folder}/${one}[refId]", got "${text.slice(0, 80)}".`,
		"Reference this file only: a flow is uploaded as one file.",
	);
	return "";
}

function readLiteral(of: Entry, what: string, nodes: Nodes): Literal {
	return isSeq(of.value) ? readCollection(of, what, nodes) : readSingle(of, what, nodes);
}

/** Each item is a value node of its own. */
function readCollection(of: Entry, what: string, nodes: Nodes): CollectionLiteral {
	return nodes.items(of, what).map((item) => {
		const fields = nodes.fields(item, `an item of ${what}`, [], ["lit", "noValue"]);
		const entry = fields.get("lit");
		return entry === undefined ? null : readSingle(entry, `an item of ${what}`, nodes);
	});
}

function readSingle(of: Entry, what: string, nodes: Nodes): SingleLiteral {
	if (isMap(of.value) && of.value.has("name")) return readEntity(of, what, nodes);
	if (isMap(of.value)) return readDuration(of, what, nodes);
	const scalar = isScalar(of.value) ? of.value.value : undefined;
	if (typeof scalar === "string" || typeof scalar === "boolean" || (typeof scalar === "number" && Number.isFinite(scalar))) return scalar;
	nodes.report(
		of.place,
		"value-node",
		`Expected the literal of ${what} to be text, a number, true, false, a duration, a thing by its name or a list, got ${describe(of.value)}.`,
		"Write the literal, or noValue: true.",
	);
	return "";
}

function readEntity(of: Entry, what: string, nodes: Nodes): EntityLiteral {
	const fields = nodes.fields(of, `the literal of ${what}`, ["name"]);
	return { name: nodes.text(fields.get("name"), `the name of ${what}`) };
}

function readDuration(of: Entry, what: string, nodes: Nodes): DurationLiteral {
	const fields = nodes.fields(of, `the duration of ${what}`, [], units);
	if (fields.size === 0) {
		nodes.report(
			of.place,
			"value-node",
			`Expected the duration of ${what} to have one of ${units.join(", ")}, got none.`,
			"Write for example `seconds: 30`.",
		);
	}
	return Object.fromEntries([...fields].map(([unit, entry]) => [unit, readAmount(entry, unit, nodes)]));
}

function readAmount(of: Entry, unit: string, nodes: Nodes): number {
	const amount = isScalar(of.value) ? of.value.value : undefined;
	if (nodes.isOpen(of.value)) return 0;
	if (typeof amount === "number" && Number.isInteger(amount) && amount >= 0) return amount;
	nodes.report(
		of.place,
		"value-node",
		`Expected ${unit} to be a whole number from 0, got ${describe(of.value)}.`,
		"Write a whole number, without quotes.",
	);
	return 0;
}
