import { nearestOf } from "../../../architect/names.ts";
import { tools } from "../../genesyscloud/velocityTools.ts";
import { finding, type Rule, type RuleFinding, referencesOf, requestOf, type Subject } from "./rule.ts";

/** What the vendor puts beside the inputs; `salesforce` and `msdynamics` in the integrations of these names. */
const given = ["input", "credentials", "authResponse", "salesforce", "msdynamics", "context", ...Object.keys(tools())];

/** References of the request that nothing gives a value. */
export const inputs: Rule = (subject) =>
	referencesOf(requestOf(subject)).flatMap((reference) => {
		if (reference.template.contents?.defined.has(reference.root)) return [];
		return reference.root === "input" ? unknownInput(subject, reference) : unknownRoot(reference);
	});

type Reference = ReturnType<typeof referencesOf>[number];

function unknownRoot({ root, text, template, place }: Reference): RuleFinding[] {
	if (given.includes(root)) return [];
	const meant = nearestOf(root, given);
	const message = `Expected one of ${given.slice(0, 3).join(", ")} or a tool such as esc, got ${text}.`;
	const remedy =
		meant === undefined ? "Give it a value with #set, or take it out." : `Write ${text.replace(root, meant)}: names heed case.`;
	return [finding(template.path, "unknown-reference", message, remedy, "warning", place)];
}

function unknownInput({ action }: Subject, { members, methods, text, isQuiet, template, place }: Reference): RuleFinding[] {
	const properties = Object.keys(action.inputSchema.properties ?? {});
	const [name] = members;
	if (name === undefined || name === "rawRequest" || properties.includes(name)) return [];
	// What is called on all the inputs, like get("a"), reads them in its own way.
	if (members.length === 0 && methods.length > 0) return [];
	const meant = nearestOf(name, properties);
	const isSure = action.inputSchema.additionalProperties === false && !isQuiet;
	return [
		finding(
			template.path,
			"unknown-input",
			`Expected an input that the contract has (${properties.join(", ") || "none"}), got ${text}.`,
			meant === undefined ? `Add ${name} to the input contract, or take it out of the template.` : `Write ${text.replace(name, meant)}.`,
			isSure ? "error" : "warning",
			place,
		),
	];
}

/** Inputs that the request may lack and writes all the same. */
export const optionalInputs: Rule = (subject) => {
	const { properties = {}, required = [] } = subject.action.inputSchema;
	const seen = new Set<string>();
	return referencesOf(requestOf(subject)).flatMap(({ root, members: [name = ""], isQuiet, isWritten, text, template, place }) => {
		if (root !== "input" || isQuiet || !isWritten || seen.has(name) || properties[name] === undefined || required.includes(name)) return [];
		if (template.contents?.isStraight === false) return [];
		seen.add(name);
		return [
			finding(
				template.path,
				"optional-input",
				`Expected ${name} to be required, or $!{…} where it may be absent, got ${text}.`,
				`Add ${name} to the contract's "required", or write ${text.replace("$", "$!")}.`,
				"warning",
				place,
			),
		];
	});
};

/** Texts that are written into JSON as they are: a quote in one of them ends it. */
export const escapes: Rule = ({ action, body }) => {
	if (body === undefined || !/^\s*[[{]/.test(body.template)) return [];
	return referencesOf([body]).flatMap(({ root, members: [name = ""], isWritten, isQuoted, text, template, place }) => {
		if (root !== "input" || !isWritten || !isQuoted || name === "rawRequest" || !isText(action.inputSchema.properties?.[name])) return [];
		return [
			finding(
				template.path,
				"unescaped",
				`Expected the text ${name} to be escaped for JSON, got ${text}.`,
				`Write $esc.jsonEncode(${text}).`,
				"warning",
				place,
			),
		];
	});
};

function isText(schema: { readonly type?: string; readonly enum?: readonly unknown[] } | undefined): boolean {
	return schema?.type === "string" && schema.enum === undefined;
}
