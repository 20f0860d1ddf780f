import * as pulumi from "@pulumi/pulumi";
import { mostFlowBytes } from "../architect/limits.ts";
import { lintFlow } from "../architect/lint.ts";
import type { Finding } from "../architect/model.ts";
import { placeholders } from "../architect/substitute.ts";
import { writeFlow } from "../architect/write.ts";
import { compileResponse } from "../response/compile.ts";
import { Flow } from "../sdks/genesyscloud/index.ts";
import { digest } from "./genesys/canonicalJson.ts";
import { type ActionContract, actionName, computedSubstitutions, type Fields } from "./genesys/dataAction.ts";
import type { DataActions } from "./genesys/dataActions.ts";
import { writeGenerated } from "./genesys/generatedFile.ts";
import { type ActionSets, allSets, responsePlan } from "./genesys/responsePlan.ts";
import type { Settings } from "./settings/settings.ts";

/** The response workflow of one policy, complete and linted before anything is declared. */
export interface PreparedFlow {
	readonly policy: string;
	/** The name that stands in the YAML. */
	readonly name: string;
	/** Relative to the project: the same in every clone. */
	readonly filepath: `build/${string}`;
	/** The YAML, with placeholders for data actions. */
	readonly text: string;
	/** What the placeholders will be, computed. */
	readonly substitutions: Readonly<Record<string, string>>;
}

/** Compiles and lints the workflow. Throws a RunError that lists every finding, with file and line. */
export function prepareFlow(settings: Settings, policy: string, sets: ActionSets): PreparedFlow {
	const workflow = compileResponse(responsePlan(settings, policy, sets));
	const text = writeFlow(workflow);
	const filepath: PreparedFlow["filepath"] = `build/flows/${settings.base}/${fileName(policy, text, sets)}`;
	const computed = Object.assign({}, ...allSets(sets).map(computedSubstitutions));
	const used = placeholders(text);
	const substitutions = Object.fromEntries(Object.entries<string>(computed).filter(([key]) => used.includes(key)));
	refuseFindings(lintFlow(text, { file: filepath, substitutions, contracts: contractsOf(sets), ours: true }));
	return { policy, name: workflow.name, filepath, text, substitutions };
}

/**
 * A workflow that may act is filed under its own text: a rehearsal that lays other settings over the same stack must never put its file in
 * the place of the one that is being published.
 */
const fileName = (policy: string, text: string, { remedy }: ActionSets): string =>
	remedy === undefined ? `response-${policy}.yaml` : `response-${policy}-${digest([text])}.yaml`;

/** A workflow that may be too large for the platform: who publishes it should know before it is needed. */
export function sizeWarnings({ policy, text }: PreparedFlow): readonly string[] {
	const bytes = Buffer.byteLength(text);
	if (bytes <= mostFlowBytes / 2) return [];
	return [
		`The response workflow of policy ${policy} has ${bytes} bytes of YAML, more than half of the ${mostFlowBytes} that a flow may have in the platform's own form: publish it to a test organization first, or have fewer tiers or channels in policies.${policy}`,
	];
}

/** Writes the YAML where the provider will read it. */
export const writePreparedFlow = ({ filepath, text }: PreparedFlow): void => writeGenerated(filepath, text);

/** Throws one RunError for findings that are errors; warnings pass. */
export function refuseFindings(findings: readonly Finding[]): void {
	const errors = findings.filter((finding) => finding.severity === "error");
	if (errors.length === 0) return;
	const lines = errors.map(({ file, line, column, rule, message, remedy }) => `  ${file}:${line}:${column} ${rule}: ${message} ${remedy}`);
	const count = errors.length === 1 ? "1 finding" : `${errors.length} findings`;
	throw new pulumi.RunError([`${count} in the response workflow; nothing was deployed:`, ...lines].join("\n"));
}

export interface ResponseFlowArgs {
	readonly flow: PreparedFlow;
	/** Placeholder → name, out of the resources that carry it. */
	readonly substitutions: DataActions["substitutions"];
}

/** The published workflow. It waits for each data action that it calls, because its substitutions are their outputs. */
export class ResponseFlow extends pulumi.ComponentResource {
	readonly flowId: pulumi.Output<string>;
	readonly flowName: pulumi.Output<string>;

	constructor(name: string, args: ResponseFlowArgs, opts?: pulumi.ComponentResourceOptions) {
		super("genesyscloud-runbooks:index:ResponseFlow", name, {}, opts);
		const { flow } = args;
		const substitutions = Object.keys(flow.substitutions).map((key) => {
			const found = args.substitutions[key];
			if (found === undefined) throw new Error(`Expected a data action for the placeholder {{${key}}}, got none`);
			return { key, ...found };
		});
		const published = new Flow(
			`${name}-flow`,
			{
				// Without its name every preview would propose an update; a name that is not the YAML's would never settle.
				name: flow.name,
				filepath: flow.filepath,
				substitutions: Object.fromEntries(substitutions.map(({ key, text }) => [key, text])),
				// A published flow holds on to the data actions that it was published with (assumed), so it is published again when one of
				// them is made anew under the same name: somebody deleted it, or its integration.
				updateTriggerHash: pulumi.all(substitutions.map(({ id }) => id)).apply(digest),
			},
			// Under another name the provider publishes a second flow, and leaves the first one behind with nobody to delete it.
			{ parent: this, replaceOnChanges: ["name"] },
		);
		this.flowId = published.id;
		this.flowName = published.name;
		this.registerOutputs({ flowId: this.flowId, flowName: this.flowName });
	}
}

function contractsOf(sets: ActionSets) {
	const contracts = allSets(sets).flatMap((set) =>
		Object.values<ActionContract>(set.actions).map((contract) => [`${set.category}/${actionName(contract)}`, typesOf(contract)] as const),
	);
	return Object.fromEntries(contracts);
}

function typesOf({ inputs, outputs }: ActionContract) {
	return { inputs: variableTypes(inputs), required: Object.keys(inputs), outputs: variableTypes(outputs) };
}

function variableTypes(fields: Fields) {
	return Object.fromEntries(
		Object.entries(fields).map(([name, type]) => [name, type === "boolean[]" ? ("booleanCollection" as const) : type]),
	);
}
