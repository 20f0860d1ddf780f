import * as z from "zod";
import { DocumentError } from "../../architect/expressions/variables.ts";
import { list } from "../../architect/names.ts";
import { readText } from "../../commands/document.ts";
import type { ActionDocument } from "../genesyscloud/actionSteps.ts";
import { configBody, toConfig } from "../genesyscloud/actions.ts";
import type { JsonSchema } from "../genesyscloud/contract.ts";
import { type HclBlock, HclError, type HclValue, readHcl } from "./hcl.ts";

/** A data action, and where it stands: its file, and its resource in a file of several. */
export interface ActionInFile {
	readonly where: string;
	readonly action: ActionDocument;
}

/** What contracts use of JSON Schema; what is written otherwise says nothing. */
const schema: z.ZodType<JsonSchema> = z.lazy(() =>
	z.looseObject({
		type: z
			.string()
			.exactOptional()
			.catch(undefined as never),
		properties: z.record(z.string(), schema).exactOptional().catch({}),
		required: z.array(z.string()).exactOptional().catch([]),
		items: schema.exactOptional().catch({}),
		enum: z
			.array(z.any())
			.exactOptional()
			.catch(undefined as never),
	}),
);

/** What Genesys Cloud exports and imports, and what its API takes: `category` and `integrationId` may be missing. */
const exported = z.looseObject({
	name: z.string(),
	category: z.string().optional(),
	contract: z.looseObject({ input: z.looseObject({ inputSchema: schema }), output: z.looseObject({ successSchema: schema }) }),
	config: configBody,
});

const resourceType = "genesyscloud_integration_action";

/**
 * The data actions of a file: an export of Genesys Cloud (or the body of `POST /api/v2/integrations/actions`), or the
 * `genesyscloud_integration_action` resources of a Terraform file, `.tf` or `.tf.json`. Throws DocumentError.
 */
export function readActionFile(path: string): readonly ActionInFile[] {
	const text = readText(path);
	const actions = /\.tf$/.test(path) ? ofTerraform(path, text) : ofJson(path, text);
	if (actions.length > 0) return actions;
	throw new DocumentError(`${path}: Expected a resource "${resourceType}", got none.`);
}

function ofJson(path: string, text: string): readonly ActionInFile[] {
	const json = parsed(text, `${path}: Expected the JSON of a data action`);
	const resources = z
		.looseObject({ resource: z.looseObject({ [resourceType]: z.record(z.string(), z.record(z.string(), z.unknown())) }) })
		.safeParse(json);
	if (!resources.success) return [{ where: path, action: documentOf(json, path) }];
	return Object.entries(resources.data.resource[resourceType] ?? {}).map(([name, fields]) => {
		const where = `${path} ${name}`;
		return { where, action: documentOf(fromTerraform(new Map(Object.entries(fields)), where), where) };
	});
}

function ofTerraform(path: string, text: string): readonly ActionInFile[] {
	return blocksOf(path, text)
		.filter(({ type, labels: [of] }) => type === "resource" && of === resourceType)
		.map((block) => {
			const where = `${path}:${block.line} ${block.labels[1] ?? ""}`;
			const fields = new Map<string, unknown>([...block.attributes, ...block.blocks.map((each) => [each.type, fieldsOf(each)] as const)]);
			return { where, action: documentOf(fromTerraform(fields, where), where) };
		});
}

const fieldsOf = ({ attributes }: HclBlock): HclValue => Object.fromEntries(attributes);

function blocksOf(path: string, text: string): readonly HclBlock[] {
	try {
		return readHcl(text);
	} catch (error) {
		if (error instanceof HclError) throw new DocumentError(`${path}: ${error.message}`);
		throw error;
	}
}

/** The provider's names for what the API takes; a block is a list of one in Terraform's JSON. */
function fromTerraform(fields: ReadonlyMap<string, unknown>, where: string): unknown {
	const block = (name: string): Readonly<Record<string, unknown>> => {
		const value = fields.get(name);
		return Object(Array.isArray(value) ? value[0] : value);
	};
	const request = block("config_request");
	const response = block("config_response");
	return {
		name: fields.get("name"),
		category: fields.get("category"),
		contract: {
			input: { inputSchema: parsed(fields.get("contract_input"), `${where}: Expected contract_input to be JSON`) },
			output: { successSchema: parsed(fields.get("contract_output"), `${where}: Expected contract_output to be JSON`) },
		},
		config: {
			timeoutSeconds: fields.get("config_timeout_seconds"),
			request: {
				requestType: request.request_type,
				requestUrlTemplate: request.request_url_template,
				requestTemplate: request.request_template,
				headers: request.headers,
			},
			response: {
				translationMap: response.translation_map,
				translationMapDefaults: response.translation_map_defaults,
				successTemplate: response.success_template,
			},
		},
	};
}

function parsed(text: unknown, expected: string): unknown {
	try {
		return JSON.parse(String(text));
	} catch (error) {
		if (!(error instanceof SyntaxError)) throw error;
		throw new DocumentError(`${expected}, got ${error.message}.`);
	}
}

function documentOf(json: unknown, where: string): ActionDocument {
	const read = exported.safeParse(json);
	if (!read.success) {
		const problems = read.error.issues.map(({ path, message }) => `${path.join(".") || "the document"}: ${message}`);
		throw new DocumentError(`${where}: Expected a data action with name, contract and config, got ${list(problems)}.`);
	}
	const { name, category = "", contract, config } = read.data;
	return {
		name,
		category,
		inputSchema: contract.input.inputSchema,
		successSchema: contract.output.successSchema,
		config: toConfig(config),
	};
}
