import type { Workflow } from "./model.ts";
import type { Entry, Nodes } from "./readNodes.ts";
import { readReference } from "./readValues.ts";
import { readSequences, readVariables } from "./readWorkflow.ts";

/** The root key of an inbound call flow. */
export const callFlow = "inboundCall";

const known = ["description", "division", "defaultLanguage", "supportedLanguages", "variables", "initialGreeting", "referencedObjects"];
const start = "The call arrives";

/**
 * An inbound call flow as a workflow that calls its first task, to be run. Menus are not read: a flow that begins with one is refused. Its
 * settings (`settings…`) and its greeting say nothing that a run depends on.
 */
export function readCallFlow(root: Entry, nodes: Nodes): Workflow {
	nodes.readAs(callFlow);
	const settings = nodes.entries(root, callFlow).flatMap(({ key }) => (key.startsWith("settings") ? [key] : []));
	const fields = nodes.fields(root, "an inbound call flow", ["name", "startUpRef", "tasks"], [...known, ...settings]);
	const target = readReference(fields.get("startUpRef"), "tasks", "startUpRef", nodes);
	const unended = { kind: "lit", lit: "the first task ended, and neither a transfer nor a disconnect" } as const;
	return {
		name: nodes.text(fields.get("name"), "the name"),
		description: nodes.text(fields.get("description"), "the description"),
		defaultLanguage: nodes.text(fields.get("defaultLanguage"), "defaultLanguage", "en-us"),
		startUp: start,
		...readVariables(fields.get("variables"), nodes),
		states: [
			{
				name: start,
				refId: start,
				variables: [],
				actions: [
					{ kind: "callTask", name: "Begin", target, place: root.place },
					{ kind: "endWorkflow", name: "End", exitReason: unended },
				],
				place: root.place,
			},
		],
		tasks: readSequences(fields.get("tasks"), "task", nodes),
	};
}
