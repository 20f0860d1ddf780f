import { isRecord } from "../genesyscloud/contract.ts";
import type { ActionForm, DocumentProblem } from "./actionForm.ts";

const resources = ["genesyscloud_integration_action", "genesyscloud_integration_custom_auth_action"];

/** Terraform's names of what an export calls otherwise; longer ones first. */
const names: readonly (readonly [string, string])[] = [
	["contract.input.inputSchema", "contract_input"],
	["contract.output.successSchema", "contract_output"],
	["config.timeoutSeconds", "config_timeout_seconds"],
	["config.request.requestUrlTemplate", "config_request.request_url_template"],
	["config.request.requestTemplate", "config_request.request_template"],
	["config.request.requestType", "config_request.request_type"],
	["config.response.translationMapDefaults", "config_response.translation_map_defaults"],
	["config.response.translationMap", "config_response.translation_map"],
	["config.response.successTemplate", "config_response.success_template"],
	["config.request", "config_request"],
	["config.response", "config_response"],
];

/** The data actions of Terraform's JSON, each in the form of an export; undefined for any other document. */
export function terraformActions(json: unknown): readonly ActionForm[] | undefined {
	if (!isRecord(json) || !("resource" in json)) return undefined;
	return blocks(json.resource).flatMap((resource) =>
		resources.flatMap((type) =>
			blocks(resource[type]).flatMap((byName) =>
				Object.entries(byName).flatMap(([name, given]) => blocks(given).map((block) => exportedForm(block, `resource.${type}.${name}`))),
			),
		),
	);
}

/** Terraform takes one block as an object, or a list of them. */
function blocks(given: unknown): Readonly<Record<string, unknown>>[] {
	return (Array.isArray(given) ? given : [given]).filter(isRecord);
}

function exportedForm(block: Readonly<Record<string, unknown>>, at: string): ActionForm {
	const problems: DocumentProblem[] = [];
	const read = (value: unknown, path: string): unknown => plain(value, `${at}.${path}`, problems);
	const [request] = blocks(block.config_request);
	const [response] = blocks(block.config_response);
	const json = {
		name: read(block.name, "name"),
		category: read(block.category, "category"),
		contract: {
			input: { inputSchema: contractOf(block.contract_input, `${at}.contract_input`, problems) },
			output: { successSchema: contractOf(block.contract_output, `${at}.contract_output`, problems) },
		},
		config: {
			timeoutSeconds: block.config_timeout_seconds,
			request: {
				requestUrlTemplate: read(request?.request_url_template, "config_request.request_url_template"),
				requestType: read(request?.request_type, "config_request.request_type"),
				requestTemplate: read(request?.request_template, "config_request.request_template"),
				headers: read(request?.headers, "config_request.headers"),
			},
			response: {
				translationMap: read(response?.translation_map, "config_response.translation_map"),
				translationMapDefaults: read(response?.translation_map_defaults, "config_response.translation_map_defaults"),
				successTemplate: read(response?.success_template, "config_response.success_template"),
			},
		},
	};
	return { json, problems, pathOf: (...steps) => `${at}.${terraformPath(steps.join("."))}` };
}

function terraformPath(path: string): string {
	const found = names.find(([exported]) => path === exported || path.startsWith(`${exported}.`));
	return found === undefined ? path : `${found[1]}${path.slice(found[0].length)}`;
}

/** A text without Terraform's own marks: `$${` is `${`, and what Terraform fills in is a word. */
function plain(value: unknown, path: string, problems: DocumentProblem[]): unknown {
	if (isRecord(value))
		return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each, `${path}.${key}`, problems)]));
	if (typeof value !== "string") return value;
	return value.replaceAll(/\$\$\{|%%\{|\$\{([^{}]*)\}/g, (all, inside: string | undefined) => {
		if (inside === undefined) return all.slice(1);
		if (!/^(?:!?|\$)?(?:input|rawResult|credentials|authResponse|successTemplateUtils)\b/.test(inside)) return "terraform";
		problems.push({
			path,
			rule: "terraform-escape",
			message: `Expected $\${${inside}}, got ${all}: Terraform takes it for its own.`,
			remedy: "Write two dollar signs before the brace.",
		});
		return all;
	});
}

function contractOf(given: unknown, path: string, problems: DocumentProblem[]): unknown {
	if (given === undefined) return undefined;
	try {
		return JSON.parse(String(plain(given, path, problems)));
	} catch {
		problems.push({
			path,
			rule: "shape",
			message: `Expected a JSON Schema as a text, got ${JSON.stringify(given).slice(0, 60)}.`,
			remedy: "Write the schema itself, not an expression.",
		});
		return undefined;
	}
}
