import { isRecord, type JsonSchema, parseJson } from "../../genesyscloud/contract.ts";
import { renderTemplate, TemplateError } from "../../genesyscloud/velocity.ts";
import { finding, type Rule, type RuleFinding, referencesOf, type Subject } from "./rule.ts";

/** JSON texts, of which a path may give any. */
const typical = ["0", '"text"', '["text"]', "[0]", "{}", '[{"a":"text"}]'];

/** What the success template gives for typical values: JSON, with what the contract asks for. */
export const output: Rule = (subject) => {
	const { success, action } = subject;
	const { contents, path, template } = success;
	// The answer as it is may be anything.
	if (contents === undefined || /^\s*\$!?\{?\w+\}?\s*$/.test(template)) return [];
	const texts = typicalTexts(subject);
	const [first] = texts.flatMap((text) => parseJson(text) ?? []);
	if (first !== undefined) return missingIn(action.successSchema, first.value, subject, []);
	const [text = ""] = texts;
	if (text === "") return [];
	return [
		finding(
			path,
			"success-json",
			`Expected the success template to render to JSON, got ${text.slice(0, 80)} for typical values.`,
			"Write JSON; each name of the translation map brings JSON of its own, with its quotes.",
			contents.isStraight ? "error" : "warning",
		),
	];
};

function typicalTexts({ success, action }: Subject): string[] {
	const references = referencesOf([success]);
	const names = new Set([...Object.keys(action.config.response.translationMap), ...references.map(({ root }) => root)]);
	const lists = new Set(
		references.flatMap(({ root, within, methods, isWritten }) => (within.length > 0 || methods.length > 0 || !isWritten ? [root] : [])),
	);
	const mixed = ["0", '"text"', "[]"].map((other) => (name: string) => (lists.has(name) ? '["text"]' : other));
	return [...mixed, ...typical.map((text) => () => text)].flatMap((textFor) => {
		const values = Object.fromEntries([...names].filter((name) => !isTool(name)).map((name) => [name, textFor(name)]));
		return rendered(success.template, { ...values, rawResult: "{}" });
	});
}

function isTool(name: string): boolean {
	return ["esc", "math", "encoding", "successTemplateUtils"].includes(name);
}

function rendered(template: string, values: Readonly<Record<string, unknown>>): string[] {
	try {
		return [renderTemplate("successTemplate", template, values)];
	} catch (error) {
		if (error instanceof TemplateError) return [];
		throw error;
	}
}

/** Properties of the contract that the output does not have, and others that it may not have. */
function missingIn(schema: JsonSchema, value: unknown, subject: Subject, steps: readonly string[]): RuleFinding[] {
	if (!isRecord(value) || schema.properties === undefined) return [];
	const { action, success } = subject;
	const isStraight = success.contents?.isStraight === true;
	const at = (name: string): string => action.pathOf("contract", "output", "successSchema", ...steps, "properties", name);
	const properties = Object.entries(schema.properties);
	const missing = properties.flatMap(([name, each]) => {
		if (value[name] !== undefined) return missingIn(each, value[name], subject, [...steps, "properties", name]);
		const isSure = isStraight && steps.length === 0 && (schema.required ?? []).includes(name);
		const message = `Expected the success template to write ${name}, got an output without it.`;
		return [
			finding(
				at(name),
				"unwritten-output",
				message,
				`Write "${name}" in the success template, or take it out of the contract.`,
				isSure ? "error" : "warning",
			),
		];
	});
	const extra = schema.additionalProperties === false ? Object.keys(value).filter((name) => schema.properties?.[name] === undefined) : [];
	return [
		...missing,
		...extra.map((name) =>
			finding(
				success.path,
				"unknown-output",
				`Expected only what the contract has, got ${name} as well.`,
				`Add ${name} to the output contract, or take it out.`,
				isStraight ? "error" : "warning",
			),
		),
	];
}
