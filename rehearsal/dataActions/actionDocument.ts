import * as z from "zod";
import { DocumentError } from "../../architect/expressions/variables.ts";
import { mapOf, optionalText } from "../genesyscloud/bodies.ts";
import { isRecord, type JsonSchema } from "../genesyscloud/contract.ts";
import { toConfig } from "../genesyscloud/requestTemplates.ts";
import type { ActionConfig } from "../genesyscloud/state.ts";
import type { ActionForm, DocumentProblem } from "./actionForm.ts";
import { type HclBlock, HclError, readHcl, resourcesOf } from "./hcl.ts";
import { readSchema } from "./readSchema.ts";
import { terraformActions } from "./terraformForm.ts";

/** A data action as one of its documents has it. */
export interface DataActionDocument {
	readonly name: string;
	readonly category: string;
	/** Such as `custom-rest-actions`; only an export tells it. */
	readonly integrationType: string;
	readonly config: ActionConfig;
	/** As it is written: without the templates that stand in for none. */
	readonly written: ActionConfig;
	readonly inputSchema: JsonSchema;
	readonly successSchema: JsonSchema;
	/** Where a part of the exported form stands in this document. */
	readonly pathOf: ActionForm["pathOf"];
}

export interface ReadActions {
	readonly actions: readonly DataActionDocument[];
	readonly problems: readonly DocumentProblem[];
}

const schema = z
	.record(z.string(), z.unknown())
	.nullish()
	.transform((given) => readSchema(given));
const document = z.object({
	name: optionalText,
	category: optionalText,
	integrationType: optionalText,
	contract: z
		.object({ input: z.object({ inputSchema: schema }).nullish(), output: z.object({ successSchema: schema }).nullish() })
		.nullish(),
	config: z.object({
		timeoutSeconds: z.number().nullish(),
		request: z.object({
			requestUrlTemplate: optionalText,
			requestType: optionalText,
			requestTemplate: optionalText,
			headers: mapOf(z.string()),
		}),
		response: z
			.object({ translationMap: mapOf(z.string()), translationMapDefaults: mapOf(z.string()), successTemplate: optionalText })
			.nullish(),
	}),
});

/**
 * The data actions of a document: an export, a body of the API (`POST /api/v2/integrations/actions`) or a Terraform file (`.tf`, `.tf.json`). Throws
 * DocumentError for what is none of them.
 */
export function readActions(text: string): ReadActions {
	const read = formsOf(parsed(text)).map(readForm);
	return { actions: read.flatMap(({ actions }) => actions), problems: read.flatMap(({ problems }) => problems) };
}

function parsed(text: string): unknown {
	if (/^\s*(?:(?:#|\/\/)[^\n]*\s+|\/\*.*?\*\/\s*)*(?:resource|module|variable|locals|terraform|provider|data|output)\b[^\n]*\{/s.test(text))
		return { resource: resourcesOf(hclOf(text)) };
	try {
		return JSON.parse(text);
	} catch (error) {
		throw new DocumentError(`Expected JSON, got something else: ${error instanceof Error ? error.message : "no JSON"}.`);
	}
}

function hclOf(text: string): readonly HclBlock[] {
	try {
		return readHcl(text);
	} catch (error) {
		if (error instanceof HclError) throw new DocumentError(`Expected a Terraform configuration, got another text: ${error.message}`);
		throw error;
	}
}

function formsOf(json: unknown): readonly ActionForm[] {
	const terraform = terraformActions(json);
	if (terraform !== undefined && terraform.length === 0)
		throw new DocumentError('Expected a resource "genesyscloud_integration_action", got none.');
	if (terraform !== undefined) return terraform;
	if (isRecord(json) && ("config" in json || "contract" in json)) return [{ json, problems: [], pathOf: (...steps) => steps.join(".") }];
	throw new DocumentError(
		'Expected a data action ({"name", "config", "contract"}) or {"resource": {"genesyscloud_integration_action"}}, got other JSON.',
	);
}

function readForm({ json, problems, pathOf }: ActionForm): ReadActions {
	const given = document.safeParse(json);
	if (!given.success) return { actions: [], problems: [...problems, ...given.error.issues.map((issue) => shapeProblem(issue, pathOf))] };
	const { name, category, integrationType, config, contract } = given.data;
	const action = {
		name,
		category,
		integrationType,
		config: toConfig(config),
		written: {
			timeoutSeconds: config.timeoutSeconds ?? undefined,
			request: config.request,
			response: config.response ?? { translationMap: {}, translationMapDefaults: {}, successTemplate: "" },
		},
		inputSchema: contract?.input?.inputSchema ?? {},
		successSchema: contract?.output?.successSchema ?? {},
		pathOf,
	};
	return { actions: [action], problems };
}

function shapeProblem({ path, message }: z.core.$ZodIssue, pathOf: ActionForm["pathOf"]): DocumentProblem {
	const [, expected, got] = /^Invalid input: expected (.*), received (.*)$/.exec(message) ?? [];
	return {
		path: pathOf(...path.map(String)),
		rule: "shape",
		message:
			expected === undefined
				? `Expected the form of a data action, got another: ${message}.`
				: `Expected ${expected.replace("record", "object")}, got ${got}.`,
		remedy: "Write it as an export of the action has it.",
	};
}
