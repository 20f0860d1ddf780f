import { isRecord } from "./contract.ts";
import { placeOf } from "./templatePlaces.ts";
import { parseTemplate, type TemplatePlace } from "./velocity.ts";

/** A reference of a template, such as `$!{input.name.trim()}`. */
export interface TemplateReference {
	/** The name that it begins with: `input`. */
	readonly root: string;
	/** The members that follow, up to the first call: `name`. */
	readonly members: readonly string[];
	/** As it could be written: `${input.name}`. */
	readonly text: string;
	/** `$!{…}`: nothing where it is absent. */
	readonly isQuiet: boolean;
	/** Methods that are called on it: `trim`. */
	readonly methods: readonly string[];
	/** Calls whose argument it is, from outside: `esc.jsonEncode`. */
	readonly within: readonly string[];
	/** Whether what it gives is written, not compared, assigned or handed on. */
	readonly isWritten: boolean;
	/** Whether it stands between the quotes of a text of JSON. */
	readonly isQuoted: boolean;
	readonly place: TemplatePlace | undefined;
}

export interface TemplateContents {
	readonly references: readonly TemplateReference[];
	/** Names that the template gives itself: by #set, #foreach, #define and #macro. */
	readonly defined: ReadonlySet<string>;
	/** Whether every run writes the same parts. */
	readonly isStraight: boolean;
}

interface Surroundings {
	readonly within: readonly string[];
	readonly isWritten: boolean;
	readonly place: TemplatePlace | undefined;
	/** Whether it stands in a text of the template, whose places are its own. */
	readonly isNested?: true;
}

/** What a template refers to, in its order. Throws TemplateError. */
export function contentsOf(name: string, template: string): TemplateContents {
	const walk = new Walk(name);
	walk.visit(parseTemplate(name, template), { within: [], isWritten: true, place: undefined });
	return walk;
}

class Walk implements TemplateContents {
	readonly references: TemplateReference[] = [];
	readonly defined = new Set<string>();
	isStraight = true;
	readonly #name: string;
	#isQuoted = false;

	constructor(name: string) {
		this.#name = name;
	}

	visit(node: unknown, around: Surroundings): void {
		if (Array.isArray(node)) for (const each of node) this.visit(each, around);
		else if (typeof node === "string" && around.isWritten) this.#read(node);
		else if (isRecord(node)) this.#visitNode(node, { ...around, place: around.isNested ? around.place : (placeOf(node) ?? around.place) });
	}

	/** Quotes of what is written open and close the texts of JSON. */
	#read(text: string): void {
		const quotes = text.replaceAll(/\\./gs, "").split('"').length - 1;
		if (quotes % 2 === 1) this.#isQuoted = !this.#isQuoted;
	}

	#visitNode(node: Readonly<Record<string, unknown>>, around: Surroundings): void {
		const inside = { ...around, isWritten: false };
		if (node.type === "references") this.#refer(node, around);
		else if (node.type === "string") this.#visitText(node, inside);
		else this.#visitParts(node, inside);
	}

	#visitParts(node: Readonly<Record<string, unknown>>, inside: Surroundings): void {
		this.#define(node);
		const { type, equal, value, condition, from, expression, args } = node;
		if (type === "set") this.visit(Array.isArray(equal) ? equal.slice(1) : [], inside);
		else if (type === "map") this.visit(Object.values(isRecord(value) ? value : {}), inside);
		// The arguments of a macro are names that it gives.
		else if (type !== "macro") this.visit([condition, from, expression, args, value].filter(isNode), inside);
	}

	/** A text in double quotes is a template itself. */
	#visitText({ isEval, value }: Readonly<Record<string, unknown>>, inside: Surroundings): void {
		if (isEval !== true || typeof value !== "string" || !/[$#]/.test(value)) return;
		this.visit(parseTemplate(this.#name, value), { ...inside, isNested: true });
	}

	#define(node: Readonly<Record<string, unknown>>): void {
		const [target]: readonly unknown[] = Array.isArray(node.equal) ? node.equal : [];
		const names = node.type === "macro" && Array.isArray(node.args) ? node.args.map(idOf) : [];
		for (const name of [...names, node.to, node.type === "define" ? node.id : undefined, idOf(target)])
			if (typeof name === "string") this.defined.add(name);
		if (directives.has(node.type)) this.isStraight = false;
	}

	#refer(node: Readonly<Record<string, unknown>>, around: Surroundings): void {
		const steps = (Array.isArray(node.path) ? node.path : []).filter(isRecord);
		const call = steps.findIndex(({ type }) => type !== "property");
		const members = steps.slice(0, call === -1 ? undefined : call).map(({ id }) => String(id));
		const methods = steps.flatMap(({ type, id }) => (type === "method" ? [String(id)] : []));
		const root = String(node.id);
		const isQuiet = node.leader === "$!";
		this.references.push({
			root,
			members,
			methods,
			isQuiet,
			text: `${isQuiet ? "$!" : "$"}{${[root, ...members].join(".")}}`,
			within: around.within,
			isWritten: around.isWritten,
			isQuoted: this.#isQuoted,
			place: around.place,
		});
		for (const step of steps.filter(({ type }) => type === "method"))
			this.visit(step.args ?? [], {
				...around,
				isWritten: false,
				within: [...around.within, [root, ...members, String(step.id)].join(".")],
			});
	}
}

const directives: ReadonlySet<unknown> = new Set(["if", "elseif", "foreach", "macro", "macro_call", "define", "set", "break", "stop"]);

function idOf(node: unknown): unknown {
	return isRecord(node) ? node.id : undefined;
}

function isNode(value: unknown): boolean {
	return typeof value === "object" && value !== null;
}
