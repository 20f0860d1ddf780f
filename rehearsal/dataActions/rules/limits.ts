import type { JsonSchema } from "../../genesyscloud/contract.ts";
import { finding, type Rule, type RuleFinding } from "./rule.ts";

/** Limits of the platform. */
const longestName = 256;
const longestTimeoutSeconds = 60;
const deepestJson = 50;

/** What the API refuses when the action is created. */
export const limits: Rule = ({ action }) => {
	const { name, category, written, pathOf } = action;
	const seconds = written.timeoutSeconds;
	return [
		...[
			{ what: "name", text: name },
			{ what: "category", text: category },
		]
			.filter(({ text }) => text.length > longestName)
			.map(({ what, text }) =>
				finding(
					pathOf(what),
					"limit",
					`Expected a ${what} of at most ${longestName} characters, got ${text.length}.`,
					"Shorten it.",
					"error",
				),
			),
		...(seconds === undefined || (Number.isInteger(seconds) && seconds >= 1 && seconds <= longestTimeoutSeconds)
			? []
			: [
					finding(
						pathOf("config", "timeoutSeconds"),
						"limit",
						`Expected whole seconds from 1 to ${longestTimeoutSeconds}, got ${seconds}.`,
						"Leave it out for 60, or write a number in between.",
						"error",
					),
				]),
	];
};

const types = ["object", "array", "string", "integer", "number", "boolean", "null"];

/** Contracts that say something that they cannot mean. */
export const contracts: Rule = ({ action: { inputSchema, successSchema, pathOf } }) => [
	...schemaFindings(inputSchema, (...steps) => pathOf("contract", "input", "inputSchema", ...steps), 1),
	...schemaFindings(successSchema, (...steps) => pathOf("contract", "output", "successSchema", ...steps), 1),
];

function schemaFindings(schema: JsonSchema, at: (...steps: readonly string[]) => string, depth: number): RuleFinding[] {
	if (depth > deepestJson)
		return [finding(at(), "limit", `Expected at most ${deepestJson} levels of JSON, got more.`, "Flatten the contract.", "error")];
	const { type, properties = {}, required = [], items } = schema;
	const names = Object.keys(properties);
	const missing = required.filter((name) => names.length > 0 && !names.includes(name));
	return [
		...(type === undefined || types.includes(type)
			? []
			: [finding(at("type"), "contract", `Expected one of ${types.join(", ")}, got ${JSON.stringify(type)}.`, "Write one of them.")]),
		...missing.map((name) =>
			finding(
				at("required"),
				"contract",
				`Expected "required" to name properties, got ${name}, which is none.`,
				`Add ${name} to "properties", or take it out.`,
			),
		),
		...Object.entries(properties).flatMap(([name, each]) =>
			schemaFindings(each, (...steps) => at("properties", name, ...steps), depth + 1),
		),
		...(items !== undefined ? schemaFindings(items, (...steps) => at("items", ...steps), depth + 1) : []),
	];
}
