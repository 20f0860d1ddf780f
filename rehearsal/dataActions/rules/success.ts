import { nearestOf } from "../../../architect/names.ts";
import { tools } from "../../genesyscloud/velocityTools.ts";
import { finding, type Rule, referencesOf } from "./rule.ts";

const given = ["rawResult", ...Object.keys(tools())];

/** References of the success template that nothing gives a value. */
export const answerNames: Rule = ({ action: { config }, success }) => {
	const { translationMap, translationMapDefaults } = config.response;
	const names = [...new Set([...Object.keys(translationMap), ...Object.keys(translationMapDefaults)])];
	return referencesOf([success]).flatMap(({ root, text, isWritten, isQuiet, template, place }) => {
		if (names.includes(root) || given.includes(root) || template.contents?.defined.has(root)) return [];
		// The vendor renders it strictly: "Variable $x has not been set at successTemplate[line 1, column 2]".
		const isSure = isWritten && !isQuiet && root !== "input" && template.contents?.isStraight === true;
		const meant = nearestOf(root, [...names, ...given]);
		return [
			finding(
				template.path,
				"unknown-value",
				`Expected a name of the translation map (${names.join(", ") || "none"}) or rawResult, got ${text}.`,
				meant === undefined
					? `Add ${root} to the translation map.`
					: `Write ${text.replace(root, meant)}, or add ${root} to the translation map.`,
				isSure ? "error" : "warning",
				place,
			),
		];
	});
};

/** Values between quotes: what the translation map gives is JSON already. */
export const quotedValues: Rule = ({ action: { config }, success }) =>
	referencesOf([success]).flatMap(({ root, text, isWritten, isQuoted, template, place }) => {
		const isJson = config.response.translationMap[root] !== undefined || root === "successTemplateUtils";
		if (!isJson || !isWritten || !isQuoted) return [];
		return [
			finding(
				template.path,
				"quoted-value",
				`Expected ${text} without quotes around it, got it between quotes: a text brings its own.`,
				"Take the quotes out.",
				"warning",
				place,
			),
		];
	});
