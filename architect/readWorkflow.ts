import { isMap } from "yaml";
import { isForeignType } from "./foreign.ts";
import { type Sequence, type Variable, type VariableType, variableTypes, type Workflow } from "./model.ts";
import { allowedFor, remedyOfName } from "./names.ts";
import { readActions } from "./readActions.ts";
import type { Entry, Nodes } from "./readNodes.ts";
import { readReference, readValue } from "./readValues.ts";

/** Newer exports list what they refer to under referencedObjects, which says nothing that the actions do not say. */
const rootKeys = [
	"division",
	"referencedObjects",
	"description",
	"defaultLanguage",
	"supportedLanguages",
	"variables",
	"settingsErrorHandling",
	"tasks",
];

/** The workflow below the root key. What could not be read is reported and stands empty in the result. */
export function readWorkflow(root: Entry, nodes: Nodes): Workflow {
	const fields = nodes.fields(root, "a workflow", ["name", "startUpRef", "states"], rootKeys);
	const division = fields.get("division");
	readErrorHandling(fields.get("settingsErrorHandling"), nodes);
	const languages = fields.get("supportedLanguages");
	if (languages !== undefined) nodes.entries(languages, "supportedLanguages");
	return {
		name: nodes.text(fields.get("name"), "the name"),
		description: nodes.text(fields.get("description"), "the description"),
		...(division === undefined ? {} : { division: nodes.text(division, "the division") }),
		defaultLanguage: nodes.text(fields.get("defaultLanguage"), "defaultLanguage", "en-us"),
		startUp: readReference(fields.get("startUpRef"), "states", "startUpRef", nodes),
		...readVariables(fields.get("variables"), nodes),
		states: readSequences(fields.get("states"), "state", nodes),
		tasks: readSequences(fields.get("tasks"), "task", nodes),
	};
}

/** End Workflow is the only error handling that real workflow exports show, and the only one that is run here; the vendor has another. */
function readErrorHandling(of: Entry | undefined, nodes: Nodes): void {
	const handling = of && nodes.fields(of, "settingsErrorHandling", ["errorHandling"]).get("errorHandling");
	if (handling === undefined) return;
	const state = nodes.lenient ? nodes.entries(handling, "errorHandling").find(({ key }) => key === "state") : undefined;
	if (state === undefined) nodes.fields(handling, "errorHandling", ["endWorkflow"]);
	else
		nodes.reportForeign(
			state.place,
			"error-handling",
			"Expected endWorkflow as error handling, got state.",
			"Look through the state that handles errors yourself: nothing here goes there.",
		);
}

export function readSequences(of: Entry | undefined, kind: "state" | "task", nodes: Nodes): Sequence[] {
	return nodes.items(of, `${kind}s`).flatMap((item) => {
		const entry = nodes.fields(item, `an item of ${kind}s`, [kind]).get(kind);
		if (entry === undefined) return [];
		const fields = nodes.fields(entry, `a ${kind}`, ["name", "refId"], ["variables", "actions", "trackingId"]);
		return {
			name: nodes.text(fields.get("name"), "the name"),
			refId: nodes.text(fields.get("refId"), "the refId"),
			...readVariables(fields.get("variables"), nodes),
			actions: readActions(fields.get("actions"), nodes),
			place: entry.place,
		};
	});
}

export function readVariables(of: Entry | undefined, nodes: Nodes): Pick<Sequence, "variables" | "opaque"> {
	const entries = nodes.items(of, "variables").flatMap((item) => nodes.single(item, "a variable") ?? []);
	// To be run, a thing of a type that nothing here can carry is what the world says of it: JSON.
	const typeOf = ({ key }: Entry): VariableType | undefined =>
		variableTypes.find((known) => `${known}Variable` === key) ??
		(nodes.asking && (nodes.compiled || isForeignType(key, "Variable")) && !key.includes("Collection") ? "json" : undefined);
	const opaque = entries.filter((entry) => typeOf(entry) === undefined).map((entry) => readOpaque(entry, nodes));
	const variables = entries.flatMap((entry) => {
		const type = typeOf(entry);
		return type === undefined ? [] : readVariable(entry, type, nodes);
	});
	return { variables, ...(opaque.length === 0 ? {} : { opaque }) };
}

/** The name of a variable whose values nothing here can carry. */
function readOpaque(entry: Entry, nodes: Nodes): string {
	if (nodes.lenient && (nodes.compiled || isForeignType(entry.key, "Variable"))) reportOpaque(entry, nodes);
	else reportVariableType(entry, nodes);
	const name = isMap(entry.value) ? nodes.entries(entry, "a variable").find(({ key }) => key === "name") : undefined;
	return nodes.text(name ?? { ...entry, key: "name" }, "the variable's name");
}

const reportOpaque = (entry: Entry, nodes: Nodes): void =>
	nodes.reportForeign(
		entry.place,
		"variable-type",
		`Expected a variable type whose values are known here, got "${entry.key}"; expressions that use the variable are not checked.`,
		"Check what uses it yourself; the simulator takes a single value for JSON and refuses a collection.",
	);

const typeKeys: readonly string[] = variableTypes.map((known) => `${known}Variable`);

const reportVariableType = (entry: Entry, nodes: Nodes): void =>
	nodes.report(
		entry.place,
		"variable-type",
		`Expected a variable type that is supported, got "${entry.key}"; allowed: ${allowedFor(entry.key, typeKeys)}.`,
		remedyOfName(entry.key, typeKeys, "Use one of the allowed types."),
	);

function readVariable(entry: Entry, type: VariableType, nodes: Nodes): Variable[] {
	const fields = nodes.fields(entry, "a variable", ["name"], ["initialValue", "isInput", "isOutput", "description"]);
	const initial = fields.get("initialValue");
	const value = initial === undefined ? ({ kind: "noValue" } as const) : readValue(initial, "initialValue", nodes);
	if (initial !== undefined && value.kind === "exp") {
		nodes.report(
			initial.place,
			"initial-value",
			"Expected lit or noValue as initialValue, got exp.",
			"Assign the expression in an updateData action.",
		);
	}
	return [
		{
			type,
			name: nodes.text(fields.get("name"), "the variable's name"),
			initialValue: value,
			isInput: nodes.flag(fields.get("isInput"), "isInput"),
			isOutput: nodes.flag(fields.get("isOutput"), "isOutput"),
			place: entry.place,
		},
	];
}
