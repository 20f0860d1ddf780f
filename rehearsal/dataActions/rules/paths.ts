import { parseJson } from "../../genesyscloud/contract.ts";
import { isIndefinite, TranslationError, translate } from "../../genesyscloud/translation.ts";
import { finding, type Rule, referencesOf } from "./rule.ts";

/** Forms that Jayway's JsonPath takes, though not all of them for something, and the engine here does not. */
const known = /(?:\[|\])$|\]\w|:-?\d+:|\d:-|[^\p{ASCII}]|@[^'"]*[-+]|@.*\$|\[\*\].*\)|=~/u;

/** Paths of the translation map that cannot be read. */
export const paths: Rule = ({ action: { config, pathOf } }) =>
	Object.entries(config.response.translationMap).flatMap(([name, path]) => {
		const reason = reasonAgainst(path);
		if (reason === undefined) return [];
		const at = pathOf("config", "response", "translationMap", name);
		const message = `${reason.slice(0, 1).toUpperCase()}${reason.slice(1)}.`;
		return /^expected (?:\.name|a condition)/.test(reason) && !known.test(path)
			? [finding(at, "path-syntax", message, "Write a JSONPath such as $.items[0].name.", "error")]
			: [
					finding(
						at,
						"path-unsupported",
						message.startsWith("Expected") ? message : `Expected a path that can be tried here: ${message}`,
						"Try it in an organization, or write it another way.",
					),
				];
	});

function reasonAgainst(path: string): string | undefined {
	try {
		translate({ path }, {}, {});
		return undefined;
	} catch (error) {
		if (error instanceof TranslationError) return error.reason;
		throw error;
	}
}

/** Names of the translation map that the success template does not use, and defaults of no name. */
export const unusedNames: Rule = ({ action: { config, pathOf }, success }) => {
	const { translationMap, translationMapDefaults } = config.response;
	const used = new Set(success.contents?.references.map(({ root }) => root));
	const at = (map: string, name: string) => pathOf("config", "response", map, name);
	return [
		...(success.contents === undefined ? [] : Object.keys(translationMap))
			.filter((name) => !used.has(name))
			.map((name) =>
				finding(
					at("translationMap", name),
					"unused-value",
					`Expected the success template to use ${name}, got no \${${name}} in it.`,
					"Use it there, or take it out.",
				),
			),
		...Object.keys(translationMapDefaults)
			.filter((name) => translationMap[name] === undefined)
			.map((name) =>
				finding(
					at("translationMapDefaults", name),
					"unused-default",
					`Expected a name of the translation map, got ${name}: its default never stands in.`,
					"Add its path to the translation map, or take it out.",
				),
			),
	];
};

/** What stands in where a path finds nothing. */
export const defaults: Rule = ({ action: { config, pathOf }, success }) => {
	const { translationMap, translationMapDefaults } = config.response;
	const bare = new Set(
		referencesOf([success]).flatMap(({ root, isWritten, isQuoted, isQuiet }) => (isWritten && !isQuoted && !isQuiet ? [root] : [])),
	);
	return Object.entries(translationMap).flatMap(([name, path]) => {
		const text = translationMapDefaults[name];
		const at = pathOf("config", "response", "translationMapDefaults", name);
		if (!bare.has(name) || reasonAgainst(path) !== undefined) return [];
		if (text === undefined && !isIndefinite(path.replaceAll(/'[^']*'|"[^"]*"/g, "''")))
			return [
				finding(
					at,
					"missing-default",
					`Expected a default for ${name}, got none: where ${path} finds nothing the action fails.`,
					`Add one as JSON text, such as "null" or "\\"\\"", or write $!{${name}}.`,
				),
			];
		if (text !== undefined && parseJson(text) === undefined)
			return [
				finding(
					at,
					"default-json",
					`Expected the default of ${name} to be JSON text, got ${text || "nothing"}.`,
					text === "" ? 'Write "\\"\\"" for an empty text.' : `Write ${JSON.stringify(JSON.stringify(text))} for a text.`,
				),
			];
		return [];
	});
};
