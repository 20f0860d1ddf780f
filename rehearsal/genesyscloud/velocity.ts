import velocity from "velocityjs";
import { collectionMethods, textMethods, tools } from "./velocityTools.ts";

const { Compile, Helper, parse } = velocity;
type Node = Parameters<InstanceType<typeof Compile>["renderAstList"]>[0];
type Reference = NonNullable<Node>[number];

/** A template that cannot be rendered, or that leaves a reference unresolved. */
export class TemplateError extends Error {
	readonly reason: string;
	constructor(template: string, reason: string) {
		super(`${template}: ${reason}`);
		this.reason = reason;
		this.name = "TemplateError";
	}
}

/**
 * Renders a data action's Velocity template with the vendor's helpers. A reference without a value stays as text in the vendor's output and
 * breaks the call there; here it fails at once, by name. `$!{x}` renders nothing for it.
 */
export function renderTemplate(name: string, template: string, values: Readonly<Record<string, unknown>>): string {
	const context = { ...tools(), ...values };
	const compiler = new StrictCompile(parseTemplate(name, template), { customMethodHandlers: [javaTexts, javaCollections] });
	const text = rendered(name, () => String(compiler.render(context)));
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

/** Throws TemplateError. */
export function parseTemplate(name: string, template: string): NonNullable<Node> {
	try {
		return parse(template);
	} catch (error) {
		throw new TemplateError(name, `not a Velocity template: ${error instanceof Error ? error.message.split("\n")[0] : "parse error"}`);
	}
}

/** Whatever goes wrong while a template is rendered is a fault of the template. */
function rendered(name: string, render: () => string): string {
	try {
		return render();
	} catch (error) {
		if (!(error instanceof Error)) throw error;
		throw new TemplateError(name, error.message.split("\n")[0] ?? "an error");
	}
}

/** A call of a method in a template. */
interface Asked {
	readonly property: string;
	readonly params: readonly unknown[];
	readonly context: unknown;
}

/** A text has Java's methods, not JavaScript's of the same names. */
const javaTexts = {
	uid: "java-texts",
	match: ({ context }: Asked): boolean => typeof context === "string",
	resolve: ({ property, params, context }: Asked): unknown => {
		const method = Object.hasOwn(textMethods, property) ? textMethods[property] : undefined;
		if (method === undefined) throw new Error(`expected a method of a Java text, got .${property}()`);
		const absent = params.findIndex((each) => each === undefined || each === null);
		if (absent !== -1 && !property.startsWith("equals"))
			throw new Error(`expected argument ${absent + 1} of .${property}() to have a value`);
		return method(String(context), ...params.map(String));
	},
};

const javaCollections = {
	uid: "java-collections",
	match: ({ property, context }: Asked): boolean =>
		typeof context === "object" && context !== null && Object.hasOwn(collectionMethods, property) && !Reflect.has(context, property),
	resolve: ({ property, params, context }: Asked): unknown => collectionMethods[property]?.(Object(context), ...params),
};

class StrictCompile extends Compile {
	readonly unresolved: string[] = [];

	/** A whole number divided by a whole number is one in Java. */
	protected override getExpression(ast: Reference): string {
		const value: unknown = super.getExpression(ast);
		if (typeof value !== "number" || !("operator" in ast && ast.operator === "/" && Array.isArray(ast.expression))) return value as string;
		const isWhole = ast.expression.every((each: Reference) => Number.isInteger(super.getExpression(each)));
		const result: unknown = isWhole ? Math.trunc(value) : value;
		return result as string;
	}

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
