import { isAlias, isMap, isScalar, isSeq, type LineCounter, type Scalar } from "yaml";
import type { Action, Finding, Place } from "./model.ts";
import { allowedFor, list, remedyOfName } from "./names.ts";
import type { RuleId } from "./rules.ts";

/** One `key: value` of a YAML map, with the key as it is written. */
export interface Entry {
	readonly key: string;
	readonly place: Place;
	readonly value: unknown;
}

/** Fields of a map by name; only names that were allowed. */
export type Fields = ReadonlyMap<string, Entry>;

/** How a list of actions is read: an argument of what reads one inside an action, so that no two files import each other. */
export type ReadActions = (of: Entry | undefined, nodes: Nodes) => Action[];

/** Lists of actions inside each other that are read; ours, far above what anybody draws in Architect. */
const deepestActions = 100;
/** What a file may have against it before the rest is left out: each further finding only repeats the first ones. */
export const mostFindings = 1000;

/** YAML nodes as the reader of a flow asks for them: whatever is not as expected becomes a finding, and reading goes on. */
export class Nodes {
	readonly findings: Finding[] = [];
	readonly #file: string;
	readonly #lines: LineCounter;
	readonly #counts = { error: 0, warning: 0 };
	readonly #open = new Set<unknown>();
	#depth = 0;
	#root = "workflow";
	#tolerant = false;
	/** Whether what nothing here can run is a warning, and read as something that says nothing. */
	readonly lenient: boolean;
	/** Whether actions whose result only an organization knows are read to be run: somebody will answer. */
	readonly asking: boolean;
	/** Whether the platform itself wrote the flow: what is not known here is newer than this tool. */
	readonly compiled: boolean;

	constructor(
		file: string,
		lines: LineCounter,
		{
			lenient = false,
			asking = false,
			compiled = false,
		}: { readonly lenient?: boolean; readonly asking?: boolean; readonly compiled?: boolean },
	) {
		this.#file = file;
		this.#lines = lines;
		this.lenient = lenient;
		this.asking = asking;
		this.compiled = compiled;
	}

	/** The type of the flow: its root key. */
	get root(): string {
		return this.#root;
	}

	/** Whether what is not as expected is passed over. */
	get tolerant(): boolean {
		return this.#tolerant;
	}

	/** The flow is of this type: references and actions are looked at by it. */
	readAs(root: string): void {
		this.#root = root;
	}

	/** From now on whatever is not as expected is passed over: a flow of this type may be written so. */
	tolerate(root: string): void {
		this.#root = root;
		this.#tolerant = true;
	}

	/** Whether anything is wrong that makes the flow unreadable. */
	get failed(): boolean {
		return this.#counts.error > 0;
	}

	at(offset: number): Place {
		const { line, col } = this.#lines.linePos(offset);
		return { line: Math.max(1, line), column: Math.max(1, col) };
	}

	report(place: Place, rule: RuleId, message: string, remedy: string, severity: Finding["severity"] = "error"): void {
		if (this.#tolerant || this.#counts[severity] >= mostFindings) return;
		this.#counts[severity] += 1;
		this.findings.push({ file: this.#file, line: place.line, column: place.column, rule, severity, message, remedy });
	}

	/** What the vendor has and nothing here can run. */
	reportForeign(place: Place, rule: RuleId, message: string, remedy: string): void {
		this.report(place, rule, message, remedy, this.lenient ? "warning" : "error");
	}

	/** The entries of a map whose keys are names of the author's choice. */
	entries(of: Entry, what: string): Entry[] {
		if (isMap(of.value)) return of.value.items.flatMap((pair) => this.#entry(pair.key, pair.value, of.place));
		this.report(
			of.place,
			"shape",
			`Expected ${what} to be a map, got ${describe(of.value)}.`,
			"Write it as `key: value` lines, indented below its key.",
		);
		return [];
	}

	/** The entries of a map whose keys are the vendor's: unknown and missing ones are reported. */
	fields(of: Entry, what: string, required: readonly string[], optional: readonly string[] = []): Fields {
		const allowed = [...required, ...optional];
		const found = new Map<string, Entry>();
		if (!isMap(of.value)) {
			this.entries(of, what);
			return found;
		}
		for (const entry of this.entries(of, what)) {
			if (allowed.includes(entry.key)) found.set(entry.key, entry);
			else this.#unknown(entry, what, allowed);
		}
		for (const key of required) {
			if (found.has(key)) continue;
			this.report(of.place, "missing-key", `Expected ${what} to have "${key}", got ${list([...found.keys()])}.`, `Add "${key}".`);
		}
		return found;
	}

	/** What `read` gives, one level deeper; undefined, and a finding, where that is too deep. */
	nested<T>(of: Entry | undefined, read: () => T): T | undefined {
		if (this.#depth >= deepestActions) {
			const message = `Expected at most ${deepestActions} lists of actions inside each other, got more.`;
			this.report(of?.place ?? { line: 1, column: 1 }, "nesting", message, "Move inner actions to states or tasks.");
			return undefined;
		}
		this.#depth += 1;
		try {
			return read();
		} finally {
			this.#depth -= 1;
		}
	}

	/** The list of actions on a path that leaves an action; `none: true` stands for no list. */
	path(of: Entry): Entry | undefined {
		return this.fields(of, `the path "${of.key}"`, [], ["actions", "none"]).get("actions");
	}

	/** The one entry of a map that must have exactly one. */
	single(of: Entry, what: string): Entry | undefined {
		const entries = this.entries(of, what);
		const [first, second] = entries;
		if (second !== undefined) {
			this.report(
				second.place,
				"shape",
				`Expected ${what} to have one key, got ${list(entries.map((entry) => entry.key))}.`,
				"Start a new list item (or remove the extra key); keys of one node are indented below its name.",
			);
		} else if (first === undefined && isMap(of.value)) {
			this.report(of.place, "shape", `Expected ${what} to have one key, got none.`, "Name what it is, or remove it.");
		}
		return first;
	}

	items(of: Entry | undefined, what: string): Entry[] {
		if (of === undefined) return [];
		if (isSeq(of.value)) {
			return of.value.items.map((item, index) => ({ key: String(index), place: this.#placeOf(item) ?? of.place, value: item }));
		}
		this.report(
			of.place,
			"shape",
			`Expected ${what} to be a list, got ${describe(of.value)}.`,
			"Write its items as lines that start with `- `.",
		);
		return [];
	}

	text(of: Entry | undefined, what: string, fallback = ""): string {
		if (of === undefined) return fallback;
		if (isScalar(of.value) && typeof of.value.value === "string") return of.value.value;
		// A name or expression such as `5` or `true` is text for the vendor, whatever YAML makes of it.
		if (isScalar(of.value) && of.value.value !== null && of.value.source !== undefined) return of.value.source;
		this.report(of.place, "shape", `Expected ${what} to be text, got ${describe(of.value)}.`, 'Write it in double quotes ("…").');
		return fallback;
	}

	/** Notes a value that is a placeholder without quotes: it can become anything. */
	open(value: Scalar): void {
		this.#open.add(value);
	}

	/** Whether a value can become anything, and is let through with its warning. */
	isOpen(value: unknown): boolean {
		return this.lenient && this.#open.has(value);
	}

	flag(of: Entry | undefined, what: string): boolean {
		if (of === undefined) return false;
		if (isScalar(of.value) && typeof of.value.value === "boolean") return of.value.value;
		if (this.isOpen(of.value)) return false;
		this.report(
			of.place,
			"shape",
			`Expected ${what} to be true or false, got ${describe(of.value)}.`,
			"Write true or false, without quotes.",
		);
		return false;
	}

	#entry(key: unknown, value: unknown, fallback: Place): Entry[] {
		const place = this.#placeOf(key) ?? fallback;
		if (isScalar(key) && key.value !== null)
			return [{ key: typeof key.value === "string" ? key.value : (key.source ?? String(key.value)), place, value }];
		this.report(place, "shape", `Expected a key that is text, got ${describe(key)}.`, "Quote keys that hold braces or placeholders.");
		return [];
	}

	#unknown(entry: Entry, what: string, allowed: readonly string[]): void {
		this.report(
			entry.place,
			"unknown-key",
			`Expected a key that ${what} knows, got "${entry.key}"; allowed: ${allowedFor(entry.key, allowed)}.`,
			remedyOfName(
				entry.key,
				allowed,
				"Correct the key; if the text before it holds a comma inside an inline map, quote that text or write the map as lines.",
			),
		);
	}

	#placeOf(node: unknown): Place | undefined {
		return (isScalar(node) || isMap(node) || isSeq(node)) && node.range ? this.at(node.range[0]) : undefined;
	}
}

/** What a node is, in words that never repeat a long text. */
export function describe(node: unknown): string {
	if (isAlias(node)) return "an alias";
	if (isMap(node)) return "a map";
	if (isSeq(node)) return "a list";
	if (!isScalar(node) || node.value === null) return "nothing";
	return typeof node.value === "string" ? `the text "${node.value.slice(0, 60)}"` : `the ${typeof node.value} ${String(node.value)}`;
}
