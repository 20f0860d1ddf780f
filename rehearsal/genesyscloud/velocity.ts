import velocity from "velocityjs";

const { Compile, Helper, parse } = velocity;
type Node = Parameters<InstanceType<typeof Compile>["renderAstList"]>[0];
type Reference = NonNullable<Node>[number];

/** A template that cannot be rendered, or that leaves a reference unresolved. */
export class TemplateError extends Error {
	constructor(template: string, reason: string) {
		super(`${template}: ${reason}`);
		this.name = "TemplateError";
	}
}

/**
 * Renders a data action's Velocity template with the vendor's helpers. A reference without a value stays as text in the vendor's output and
 * breaks the call there; here it fails at once, by name. `$!{x}` renders nothing for it.
 */
export function renderTemplate(name: string, template: string, values: Readonly<Record<string, unknown>>): string {
	const context = { ...tools(), ...values };
	const compiler = new StrictCompile(parseTemplate(name, template));
	const text = String(compiler.render(context));
	const [first] = compiler.unresolved;
	if (first !== undefined) throw new TemplateError(name, `${first} has no value (write $!{…} where it may be absent)`);
	return text;
}

/** `${input.x}` and `${input.rawRequest}`: texts as they are, everything else as JSON. */
export function inputValues(inputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
	return { ...asTexts(inputs), rawRequest: JSON.stringify(inputs) };
}

/** Values as they are put into a template: lists and objects as JSON, because Velocity's own form of them is not. */
export function asTexts(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(values).map(([key, value]) => [key, typeof value === "object" && value !== null ? JSON.stringify(value) : value]),
	);
}

function parseTemplate(name: string, template: string): NonNullable<Node> {
	try {
		return parse(template);
	} catch (error) {
		throw new TemplateError(name, `not a Velocity template: ${error instanceof Error ? error.message.split("\n")[0] : "parse error"}`);
	}
}

class StrictCompile extends Compile {
	readonly unresolved: string[] = [];

	protected override getReferences(ast: Reference, isVal?: boolean): string {
		const value: unknown = super.getReferences(ast, false);
		if (isVal !== true) return value as string;
		if (value !== undefined && value !== null) return value as string;
		if ("leader" in ast && ast.leader === "$!") return "";
		const text = Helper.getRefText(ast as Parameters<typeof Helper.getRefText>[0]);
		this.unresolved.push(text);
		return text;
	}
}

/** `$esc`, `$encoding`, `$successTemplateUtils` as in the vendor's help (velocity macros for data actions). An absent argument gives no value. */
function tools(): Record<string, unknown> {
	const onText = (change: (text: string) => string) => (value: unknown) =>
		value === undefined || value === null ? undefined : change(String(value));
	return {
		esc: {
			jsonString: onText((text) => JSON.stringify(text).slice(1, -1)),
			url: onText(formEncode),
			quote: '"',
			dollar: "$",
			hash: "#",
		},
		encoding: {
			base64: onText((text) => Buffer.from(text, "utf8").toString("base64")),
		},
		successTemplateUtils: { firstFromArray },
	};
}

/** As Java's URLEncoder does it: half a surrogate pair is a question mark. */
function formEncode(text: string): string {
	return encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, "?"))
		.replaceAll("%20", "+")
		.replaceAll(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** The first item of a JSON list, as JSON; `fallback` for an empty list. */
function firstFromArray(text: unknown, fallback?: unknown): string | undefined {
	try {
		const list: unknown = JSON.parse(String(text));
		if (Array.isArray(list) && list.length > 0) return JSON.stringify(list[0]);
	} catch {
		return undefined;
	}
	return fallback === undefined ? undefined : String(fallback);
}
