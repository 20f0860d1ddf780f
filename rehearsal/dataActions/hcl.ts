/** What a Terraform file says, as far as it can be read without running Terraform: what must be worked out stands there as `${var.name}`, as in Terraform's JSON. */
export type HclValue = string | number | boolean | null | readonly HclValue[] | { readonly [key: string]: HclValue };

export interface HclBlock {
	readonly type: string;
	readonly labels: readonly string[];
	/** From 1. */
	readonly line: number;
	readonly attributes: ReadonlyMap<string, HclValue>;
	readonly blocks: readonly HclBlock[];
}

/** A text that is no Terraform configuration, with its line. */
export class HclError extends Error {
	constructor(line: number, expected: string, got: string) {
		super(`line ${line}: Expected ${expected}, got ${got === "" ? "the end of the file" : `"${got}"`}.`);
		this.name = "HclError";
	}
}

/** The blocks at the top of a Terraform file (`.tf`). Throws HclError. */
export const readHcl = (text: string): readonly HclBlock[] => new Reader(text).body("", 1).blocks;

const name = /[A-Za-z_][\w-]*/y;
const number = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const space = /(?:[ \t\r\n]|#.*|\/\/.*|\/\*[\s\S]*?\*\/)+/y;
const blanks = /(?:[ \t\r]|\/\*[\s\S]*?\*\/)+/y;
const heredoc = /<<(-?)([A-Za-z_]\w*)\r?\n([\s\S]*?)\r?\n[ \t]*\2(?=\s|$)/y;
const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };
const words: Readonly<Record<string, HclValue>> = { true: true, false: false, null: null };
/** Far above what anybody nests. */
const deepest = 100;

class Reader {
	readonly #text: string;
	#at = 0;
	#depth = 0;

	constructor(text: string) {
		this.#text = text;
	}

	body(type: string, line: number, labels: readonly string[] = []): HclBlock {
		const attributes = new Map<string, HclValue>();
		const blocks: HclBlock[] = [];
		for (this.#skip(space); !this.#isAtEnd(type); this.#skip(space)) {
			const begun = this.#line;
			const key = this.#take(name) ?? this.#quoted();
			if (key === undefined) throw this.#error("a name");
			this.#skip(blanks);
			if (this.#eat("=")) attributes.set(key, this.#whole());
			else blocks.push(this.#block(key, begun));
		}
		if (type !== "") this.#expect("}");
		return { type, labels, line, attributes, blocks };
	}

	#isAtEnd(type: string): boolean {
		return this.#at >= this.#text.length ? type === "" : this.#text[this.#at] === "}" && type !== "";
	}

	#block(type: string, line: number): HclBlock {
		const labels: string[] = [];
		for (let label = this.#label(); label !== undefined; label = this.#label()) labels.push(label);
		this.#expect("{");
		return this.#deeper(() => this.body(type, line, labels));
	}

	#label(): string | undefined {
		this.#skip(blanks);
		return this.#quoted() ?? this.#take(name);
	}

	/** A value and nothing after it on its line; with more it is something to be worked out. */
	#whole(): HclValue {
		this.#skip(space);
		const begun = this.#at;
		const value = this.#deeper(() => this.#value());
		this.#skip(blanks);
		const next = this.#text[this.#at] ?? "\n";
		if ("\n,]})#".includes(next) || this.#text.startsWith("//", this.#at)) return value;
		this.#rest();
		return unknown(this.#text.slice(begun, this.#at));
	}

	#value(): HclValue {
		const text = this.#quoted() ?? this.#heredoc();
		if (text !== undefined) return text;
		const numeral = this.#take(number);
		if (numeral !== undefined) return Number(numeral);
		if (this.#eat("[")) return this.#list();
		if (this.#eat("{")) return this.#object();
		const begun = this.#at;
		const word = this.#take(name);
		if (word !== undefined && Object.hasOwn(words, word) && !/[.([]/.test(this.#text[this.#at] ?? "")) return words[word] ?? null;
		if (word === "jsonencode" && this.#eat("(")) return this.#encoded();
		this.#rest();
		if (this.#at === begun) throw this.#error("a value");
		return unknown(this.#text.slice(begun, this.#at));
	}

	#encoded(): HclValue {
		const value = this.#whole();
		this.#skip(space);
		this.#expect(")");
		return JSON.stringify(value);
	}

	#list(): HclValue {
		const items: HclValue[] = [];
		for (this.#skip(space); !this.#eat("]"); this.#skip(space)) {
			items.push(this.#whole());
			this.#skip(space);
			if (this.#text[this.#at] !== "]") this.#expect(",");
		}
		return items;
	}

	#object(): HclValue {
		const entries: [string, HclValue][] = [];
		for (this.#skip(space); !this.#eat("}"); this.#skip(space)) {
			const key = this.#key();
			this.#skip(blanks);
			if (!this.#eat("=") && !this.#eat(":")) throw this.#error("= or :");
			entries.push([key, this.#whole()]);
			this.#skip(space);
			this.#eat(",");
		}
		return Object.fromEntries(entries);
	}

	#key(): string {
		const key = this.#quoted() ?? this.#take(name) ?? this.#take(number);
		if (key !== undefined) return key;
		if (!this.#eat("(")) throw this.#error("a key");
		const value = this.#whole();
		this.#skip(space);
		this.#expect(")");
		return String(value);
	}

	/** What is not a value that stands there: up to the end of its line, of its list or of its call. */
	#rest(): void {
		let open = 0;
		for (; this.#at < this.#text.length; this.#at += 1) {
			const letter = this.#text[this.#at] ?? "";
			if (letter === '"') {
				this.#quoted();
				this.#at -= 1;
			} else if ("([{".includes(letter)) open += 1;
			else if (open > 0 && ")]}".includes(letter)) open -= 1;
			else if (open === 0 && "\n,]})".includes(letter)) return;
		}
	}

	#quoted(): string | undefined {
		if (this.#text[this.#at] !== '"') return undefined;
		const begun = this.#at;
		let text = "";
		for (this.#at += 1; this.#text[this.#at] !== '"'; ) {
			const letter = this.#text[this.#at];
			if (letter === undefined || letter === "\n") {
				this.#at = begun;
				throw this.#error("a text that ends on its line");
			}
			text += this.#part(letter);
		}
		this.#at += 1;
		return text;
	}

	/** One character of a text, an escape, or an expression in it. */
	#part(letter: string): string {
		const rest = this.#text.slice(this.#at, this.#at + 3);
		// As in Terraform's JSON: there two signs stand for one as well.
		if (rest.startsWith("$${") || rest.startsWith("%%{")) return this.#pass(3, rest);
		if (rest.startsWith("${") || rest.startsWith("%{")) return this.#interpolation();
		if (letter !== "\\") return this.#pass(1, letter);
		const code = /\\u([\dA-Fa-f]{4})/y;
		code.lastIndex = this.#at;
		const hex = code.exec(this.#text)?.[1];
		if (hex !== undefined) return this.#pass(6, String.fromCharCode(Number.parseInt(hex, 16)));
		const escaped = this.#text[this.#at + 1] ?? "";
		return this.#pass(2, escapes[escaped] ?? escaped);
	}

	#pass(length: number, text: string): string {
		this.#at += length;
		return text;
	}

	#interpolation(): string {
		this.#at += 2;
		const begun = this.#at;
		for (let open = 1; open > 0; this.#at += 1) {
			const letter = this.#text[this.#at];
			if (letter === undefined) throw this.#error("}");
			if (letter === "{") open += 1;
			if (letter === "}") open -= 1;
		}
		return unknown(this.#text.slice(begun, this.#at - 1));
	}

	#heredoc(): string | undefined {
		heredoc.lastIndex = this.#at;
		const found = heredoc.exec(this.#text);
		if (found === null) return undefined;
		this.#at += found[0].length;
		const [, flush, , text = ""] = found;
		const lines = text.split(/\r?\n/);
		const margin = Math.min(...lines.filter((line) => line.trim() !== "").map((line) => line.length - line.trimStart().length));
		const flat = flush === "-" ? lines.map((line) => line.slice(margin)) : lines;
		const inner = new Reader(`${flat.join("\n")}\n`);
		return inner.#template();
	}

	/** All of this text, with what is worked out inside it. */
	#template(): string {
		let text = "";
		while (this.#at < this.#text.length) {
			const letter = this.#text[this.#at] ?? "";
			text += letter === "\\" ? this.#pass(1, letter) : this.#part(letter);
		}
		return text;
	}

	#deeper<T>(read: () => T): T {
		if (this.#depth >= deepest) throw this.#error(`at most ${deepest} levels`);
		this.#depth += 1;
		try {
			return read();
		} finally {
			this.#depth -= 1;
		}
	}

	get #line(): number {
		return this.#text.slice(0, this.#at).split("\n").length;
	}

	#take(pattern: RegExp): string | undefined {
		pattern.lastIndex = this.#at;
		const found = pattern.exec(this.#text)?.[0];
		this.#at += found?.length ?? 0;
		return found;
	}

	#skip(pattern: RegExp): void {
		this.#take(pattern);
	}

	#eat(letter: string): boolean {
		if (this.#text[this.#at] !== letter) return false;
		this.#at += 1;
		return true;
	}

	#expect(letter: string): void {
		if (!this.#eat(letter)) throw this.#error(`"${letter}"`);
	}

	#error(expected: string): HclError {
		return new HclError(this.#line, expected, (this.#text.slice(this.#at, this.#at + 20).split("\n")[0] ?? "").trim());
	}
}

const unknown = (expression: string): string => `\${${expression.trim().replaceAll(/\s+/g, " ")}}`;

/** The resources of a file as Terraform's JSON has them: by their types and names. */
export function resourcesOf(blocks: readonly HclBlock[]): { readonly [type: string]: HclValue } {
	const resources = blocks.filter(({ type, labels }) => type === "resource" && labels.length === 2);
	const byType = Map.groupBy(resources, ({ labels: [type = ""] }) => type);
	return Object.fromEntries(
		[...byType].map(([type, all]) => [type, Object.fromEntries(all.map((block) => [block.labels[1] ?? "", bodyOf(block)]))]),
	);
}

function bodyOf({ attributes, blocks }: HclBlock): { readonly [key: string]: HclValue } {
	const inner = Map.groupBy(blocks, ({ type }) => type);
	return { ...Object.fromEntries(attributes), ...Object.fromEntries([...inner].map(([type, all]) => [type, all.map(bodyOf)])) };
}
