import velocity from "velocityjs";
import { blockFault, placeOf, syntaxFault } from "./templatePlaces.ts";
import { collectionMethods, textMethods, tools } from "./velocityTools.ts";

const { Compile, Helper, parse } = velocity;
type Node = Parameters<InstanceType<typeof Compile>["renderAstList"]>[0];
type Reference = NonNullable<Node>[number];
type Range = { readonly isRange?: boolean; readonly value: readonly unknown[] };

/** Blocks rendered and characters written from which on a template is taken for one that never ends; the vendor's action times out. */
const mostBlocks = 100_000;
const mostCharacters = 10_000_000;

/** Where something stands in a template; both count from 1. */
export interface TemplatePlace {
	readonly line: number;
	readonly column: number;
}

/** A template that cannot be rendered, or that leaves a reference unresolved. */
export class TemplateError extends Error {
	readonly reason: string;
	readonly place: TemplatePlace | undefined;
	/** Every reference without a value, where that is what is wrong. */
	readonly missing: readonly MissingValue[];

	constructor(template: string, reason: string, place?: TemplatePlace, missing: readonly MissingValue[] = []) {
		super(`${template}: ${reason}`);
		this.name = "TemplateError";
		this.reason = reason;
		this.place = place;
		this.missing = missing;
	}
}

interface MissingValue {
	readonly text: string;
	readonly place: TemplatePlace | undefined;
}

/**
 * Renders a data action's Velocity template with the vendor's helpers. A reference without a value stays as text in the vendor's output and
 * breaks the call there; here it fails at once, by name. `$!{x}` renders nothing for it.
 */
export function renderTemplate(name: string, template: string, values: Readonly<Record<string, unknown>>): string {
	const context = { ...tools(), ...values };
	const compiler = new StrictCompile(parseTemplate(name, template), { customMethodHandlers: [javaTexts, javaCollections] });
	const text = rendered(name, compiler, context);
	const [first] = compiler.unresolved;
	if (first !== undefined)
		throw new TemplateError(name, `${first.text} has no value (write $!{…} where it may be absent)`, first.place, compiler.unresolved);
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

/** The nodes of a template. Throws TemplateError. */
export function parseTemplate(name: string, template: string): NonNullable<Node> {
	const fault = blockFault(template);
	if (fault !== undefined) throw new TemplateError(name, `not a Velocity template: ${fault}`);
	try {
		return parse(template);
	} catch (error) {
		const { reason, place } = syntaxFault(error);
		throw new TemplateError(name, `not a Velocity template: ${reason}`, place);
	}
}

/** Whatever goes wrong while a template is rendered is a fault of the template. */
function rendered(name: string, compiler: StrictCompile, context: Readonly<Record<string, unknown>>): string {
	try {
		return String(compiler.render(context));
	} catch (error) {
		if (!(error instanceof Error)) throw error;
		throw new TemplateError(name, error.message.split("\n")[0] ?? "an error", compiler.at);
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
	readonly unresolved: MissingValue[] = [];
	/** The last reference or directive whose place is known. */
	at: TemplatePlace | undefined;
	#blocks = 0;

	override renderAstList(nodes?: Node, contextId?: string): string {
		this.#blocks += 1;
		if (this.#blocks > mostBlocks) throw new Error(`expected a template that renders at most ${mostBlocks} blocks, got more`);
		const text = super.renderAstList(nodes, contextId);
		if (text.length > mostCharacters) throw new Error(`expected a text of at most ${mostCharacters} characters, got ${text.length}`);
		return text;
	}

	/** The library makes the whole of a range before it begins. Its types do not tell of this method. */
	getArray(list: Range): unknown {
		const [from = 0, to = 0] = list.isRange === true ? list.value.map((each) => this.#boundOf(each)) : [];
		if (Math.abs(to - from) > mostBlocks) throw new Error(`expected a range of at most ${mostBlocks} numbers, got ${from}..${to}`);
		const library: unknown = Reflect.get(Compile.prototype, "getArray");
		return typeof library === "function" ? Reflect.apply(library, this, [list]) : [];
	}

	#boundOf(bound: unknown): number {
		const value: unknown = typeof bound === "object" && bound !== null ? super.getReferences(bound as Reference, false) : bound;
		return Number(value);
	}

	/** A whole number divided by a whole number is one in Java. */
	protected override getExpression(ast: Reference): string {
		const value: unknown = super.getExpression(ast);
		if (typeof value !== "number" || !("operator" in ast && ast.operator === "/" && Array.isArray(ast.expression))) return value as string;
		const isWhole = ast.expression.every((each: Reference) => Number.isInteger(super.getExpression(each)));
		const result: unknown = isWhole ? Math.trunc(value) : value;
		return result as string;
	}

	protected override getReferences(ast: Reference, isVal?: boolean): string {
		this.at = placeOf(ast) ?? this.at;
		const value: unknown = super.getReferences(ast, false);
		if (isVal !== true) return value as string;
		if (value !== undefined && value !== null) return value as string;
		if ("leader" in ast && ast.leader === "$!") return "";
		const text = Helper.getRefText(ast as Parameters<typeof Helper.getRefText>[0]);
		this.unresolved.push({ text, place: this.at });
		return text;
	}
}
