import { list, nearestOf } from "../../architect/names.ts";
import { TranslationError, translate } from "../genesyscloud/translation.ts";
import { asTexts, renderTemplate } from "../genesyscloud/velocity.ts";
import { type ActionFinding, propertiesOf, type Rule, response, spoken, successText } from "./actionFinding.ts";

/** Paths of the translation map that are no JSONPath, or that nothing here can follow. */
export const paths: Rule = ({ config }) =>
	Object.entries(config.response.translationMap).flatMap(([name, path]): readonly ActionFinding[] => {
		try {
			translate({ [name]: path }, {}, {});
			return [];
		} catch (error) {
			if (!(error instanceof TranslationError)) throw error;
			const message = `Expected a JSONPath that can be followed here, got ${path}: ${error.message.replace(/^translationMap\.[^:]*: /, "")}.`;
			const remedy = "Look at the path yourself: try:action cannot follow it.";
			return [{ path: `${response}.translationMap.${name}`, rule: "translation-path", severity: "warning", message, remedy }];
		}
	});

/** What a success template asks for is found by a path, has a default, or is set in it. */
export const successValues: Rule = (action) => {
	const { translationMap, translationMapDefaults } = action.config.response;
	const { path, text } = successText(action);
	const isMentioned = (name: string): boolean => new RegExp(`\\$!?\\{?${escaped(name)}(?![\\w-])`).test(text);
	const unused = Object.keys(translationMap).filter((name) => !isMentioned(name));
	const set = [...text.matchAll(/#(?:set|foreach)\s*\(\s*\$\{?!?(\w+)/g)].flatMap(([, name]) => name ?? []);
	const known = [...Object.keys(translationMap), ...Object.keys(translationMapDefaults), ...set, ...given];
	const asked = [...spoken(text).matchAll(/\$(!?)\{?([A-Za-z_][\w-]*)/g)].map(({ 1: quiet, 2: name = "" }) => ({
		name,
		isQuiet: quiet === "!",
	}));
	const wanting = asked.filter(
		({ name, isQuiet }) => !isQuiet && Object.hasOwn(translationMap, name) && translationMapDefaults[name] === undefined,
	);
	return [
		...unused.map((name) => ({
			path: `${response}.translationMap.${name}`,
			rule: "translation-unused",
			severity: "warning" as const,
			message: `Expected the success template to use \${${name}}, got no use of it.`,
			remedy: "Use it, or remove the path.",
		})),
		...[...new Map(asked.map((each) => [each.name, each] as const)).values()]
			.filter(({ name }) => !known.includes(name))
			.map(({ name, isQuiet }) => unknownValue(path, name, known, isQuiet)),
		...[...new Set(wanting.map(({ name }) => name))].map((name) => ({
			path: `${response}.translationMapDefaults`,
			rule: "no-default",
			severity: "warning" as const,
			message: `Expected a default for ${name}, got none: an answer without it makes the action fail.`,
			remedy: `Add "${name}" to translationMapDefaults, as JSON text: "\\"\\"" or "null".`,
		})),
	];
};

const escaped = (name: string): string => name.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** What every success template has without asking. */
const given: readonly string[] = ["rawResult", "esc", "math", "encoding", "successTemplateUtils", "foreach", "velocityCount"];

function unknownValue(path: string, name: string, known: readonly string[], isQuiet: boolean): ActionFinding {
	const near = nearestOf(name, known);
	const message = `Expected a name of the translation map, got \${${name}}, which never has a value.`;
	const remedy = near === undefined ? "Add a path for it to the translation map, or correct the name." : `Write \${${near}}.`;
	return { path, rule: "unknown-value", severity: isQuiet ? "warning" : "error", message, remedy };
}

/** Typical values of a path, as JSON text; one of them should make JSON of a template that is right. */
const typical = ['"text"', "1", "{}", "[]", '["text"]', "[1]", "[{}]", "text"];

export const successJson: Rule = (action) => {
	const { path, text } = successText(action);
	if (text === "${rawResult}") return [];
	const names = Object.keys(action.config.response.translationMap);
	const outputs = typical.flatMap((value) => {
		const values = Object.fromEntries(names.map((name) => [name, value]));
		return jsonOf(path, text, { ...action.config.response.translationMapDefaults, ...values, rawResult: "{}" });
	});
	if (outputs.length === 0) {
		const message = `Expected a template that gives JSON, got one that does not for any typical value: ${text.slice(0, 60)}.`;
		return [
			{
				path,
				rule: "success-json",
				severity: "warning",
				message,
				remedy: 'Look at quotes, commas and braces; "${rawResult}" passes the answer on.',
			},
		];
	}
	if (!/^\s*\{/.test(text)) return [];
	const written = new Set(outputs.flatMap((output) => Object.keys(Object(output))));
	const missing = propertiesOf(action.successSchema).filter((name) => !written.has(name));
	return missing.length === 0 ? [] : [unwritten(path, missing)];
};

const unwritten = (path: string, names: readonly string[]): ActionFinding => ({
	path,
	rule: "output-unwritten",
	severity: "warning",
	message: `Expected the success template to write the outputs of the contract, got none of ${list(names)}.`,
	remedy: "Write them, or take them out of the output contract.",
});

function jsonOf(path: string, text: string, values: Readonly<Record<string, unknown>>): readonly unknown[] {
	try {
		return [JSON.parse(renderTemplate(path, text, asTexts(values)))];
	} catch {
		return [];
	}
}
