import { list, nearestOf } from "../../architect/names.ts";
import type { JsonSchema } from "../genesyscloud/contract.ts";
import { type ActionFinding, propertiesOf, type Rule, request, requestTexts, spoken } from "./actionFinding.ts";

/** A reference in a template: `${input.x}`, `$!input.x`, `$esc.jsonEncode(…)` around one. */
interface Reference {
	readonly name: string;
	/** `$!`: renders nothing where it has no value. */
	readonly isQuiet: boolean;
	readonly at: number;
}

const reference = (scope: string): RegExp => new RegExp(`\\$(!?)\\{?${scope}\\.([A-Za-z_][\\w-]*)`, "g");

function referencesTo(scope: string, text: string): readonly Reference[] {
	return [...spoken(text).matchAll(reference(scope))].map(({ 1: quiet, 2: name = "", index }) => ({
		name,
		isQuiet: quiet === "!",
		at: index,
	}));
}

/** What a template asks of the inputs is in the contract, and there when it is asked for. */
export const inputs: Rule = (action) => {
	const known = propertiesOf(action.inputSchema);
	const required = action.inputSchema.required ?? [];
	return requestTexts(action).flatMap(({ path, text }) => {
		const guarded = /#if\b/.test(text);
		const asked = onlyOnce(referencesTo("input", text)).filter(({ name }) => name !== "rawRequest");
		const unknown = asked.filter(({ name }) => !known.includes(name));
		const optional = asked.filter(({ name, isQuiet }) => known.includes(name) && !isQuiet && !guarded && !required.includes(name));
		return [
			...unknown.map(({ name, isQuiet }) => unknownInput(path, name, known, isQuiet || guarded)),
			...(optional.length === 0
				? []
				: [
						optionalInputs(
							path,
							optional.map(({ name }) => name),
						),
					]),
		];
	});
};

const optionalInputs = (path: string, names: readonly string[]): ActionFinding => ({
	path,
	rule: "optional-input",
	severity: "warning",
	message: `Expected $!{…} for inputs that may be absent, got ${list(names.map((name) => `\${input.${name}}`))}: without a value it stays as text.`,
	remedy: `Write $!{input.${names[0]}}, or make the inputs required.`,
});

function unknownInput(path: string, name: string, known: readonly string[], isQuiet: boolean): ActionFinding {
	const near = nearestOf(name, known);
	const allowed = known.length === 0 ? "it has none" : `its inputs: ${known.join(", ")}`;
	const message = `Expected an input of the contract, got input.${name}; ${allowed}.`;
	const remedy = near === undefined ? "Add it to the input contract, or correct the name." : `Write input.${near}.`;
	return { path, rule: "unknown-input", severity: isQuiet ? "warning" : "error", message, remedy };
}

function onlyOnce(references: readonly Reference[]): readonly Reference[] {
	return [...new Map(references.toReversed().map((each) => [each.name, each] as const)).values()].toReversed();
}

/** A text in the quotes of a JSON body breaks it when it holds a quote or a new line. */
export const escapes: Rule = (action) =>
	requestTexts(action).flatMap(({ path, text }) => {
		if (!path.endsWith(".requestTemplate") || !/^\s*(?:#.*\s*)*[[{]/.test(text)) return [];
		const bare = [...text.matchAll(/"\$!?\{input\.([\w-]+)\}"/g)].flatMap(([, name]) => name ?? []);
		const names = [...new Set(bare)].filter((name) => mayHoldQuotes(action.inputSchema.properties?.[name]));
		return names.length === 0 ? [] : [unescaped(path, names)];
	});

const unescaped = (path: string, names: readonly string[]): ActionFinding => ({
	path,
	rule: "unescaped",
	severity: "warning",
	message: `Expected texts to be escaped in JSON, got ${list(names.map((name) => `input.${name}`))} as they are: a quote or a new line in one breaks the body.`,
	remedy: `Write "$esc.jsonEncode(\${input.${names[0]}})".`,
});

const mayHoldQuotes = (property: JsonSchema | undefined): boolean => property?.type === "string" && property.enum === undefined;

const secretHeader = /^(?:authorization|x-api-key|api-key|x-auth-token)$/i;

/** What anybody can read who may see the action or its traffic. */
export const plainRequest: Rule = ({ name, category, config }) => {
	const { headers, requestUrlTemplate } = config.request;
	const plain = Object.entries(headers).filter(
		([header, value]) => secretHeader.test(header) && !/[$<]/.test(value) && value.trim() !== "",
	);
	return [
		...plain.map(
			([header]): ActionFinding => ({
				path: `${request}.headers.${header}`,
				rule: "plain-secret",
				severity: "warning",
				message: `Expected ${header} to come from the credential, got it in plain.`,
				remedy: "Put it into the integration's credential, and write $!{credentials.<field>}.",
			}),
		),
		...(/^http:/i.test(requestUrlTemplate)
			? [
					{
						path: `${request}.requestUrlTemplate`,
						rule: "plain-http",
						severity: "warning" as const,
						message: "Expected https, got http: what is sent can be read and changed on its way.",
						remedy: "Use https.",
					},
				]
			: []),
		...(/function data action/i.test(category) ? [functionCategory(name)] : []),
	];
};

const functionCategory = (name: string): ActionFinding => ({
	path: "category",
	rule: "function-category",
	severity: "warning",
	message: `Expected a category without the words "function data action" for ${name}, got them: the Terraform provider takes it for a function.`,
	remedy: "Name the category otherwise.",
});
