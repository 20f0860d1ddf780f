/** What a filter asks of an item. */
type Condition = (item: unknown) => boolean;

export interface TakenConditions {
	/** The path with a call in place of each condition. */
	readonly path: string;
	/** The path with nothing in place of each condition, for whoever looks for what is not supported. */
	readonly plain: string;
	/** What stands behind the calls, by their name. */
	readonly calls: Readonly<Record<string, (item: unknown, index: number) => boolean>>;
}

const text = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/.source;
const number = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/.source;
const step = /\.\w+|\[(?:\d+|'[^']*'|"[^"]*")\]/.source;
const literal = `${text}|${number}|true|false|null`;
const written = new RegExp(
	`(?<operand>@(?:${step})*|${literal})(?:\\s*=~\\s*/(?<pattern>(?:[^/\\\\]|\\\\.)*)/(?<flags>[A-Za-z]*)|\\s+(?<word>in|nin)\\s+\\[(?<list>\\s*(?:(?:${literal})\\s*(?:,\\s*|(?=\\])))*)\\])|${text}`,
	"gi",
);

const callName = "holdsOf";

/**
 * Takes the conditions `@.x in ['a', 'b']`, `@.x nin […]` and `@.x =~ /re/i` out of the filters of a path, to be answered as Jayway's JsonPath
 * does it: the library that reads the rest does not know them. Throws what a pattern or a list is not.
 */
export function takeConditions(path: string): TakenConditions {
	if (!path.includes("?(")) return { path, plain: path, calls: {} };
	const conditions = [...path.matchAll(written)].flatMap(({ groups }) => (isTaken(groups) ? [readCondition(groups)] : []));
	return {
		path: replaced(path, (index) => `${callName}(@,${index})`),
		plain: replaced(path, () => "@"),
		calls: { [callName]: (item, index) => conditions[index]?.(item) === true },
	};
}

type Groups = Readonly<Record<string, string | undefined>>;

/** A text of its own also matches, so that nothing inside it does. */
const isTaken = (groups: Groups | undefined): groups is Groups => groups?.pattern !== undefined || groups?.list !== undefined;

function replaced(path: string, by: (index: number) => string): string {
	let taken = 0;
	return path.replaceAll(written, (all: string, ...rest: readonly unknown[]) => (isTaken(rest.at(-1) as Groups) ? by(taken++) : all));
}

function readCondition({ operand = "", pattern, flags = "", word = "", list = "" }: Groups): Condition {
	const read = readOperand(operand);
	if (pattern !== undefined) {
		const matches = readPattern(pattern, flags);
		return (item) => matches(read(item));
	}
	const allowed = [...list.matchAll(new RegExp(literal, "g"))].map(([each]) => readLiteral(each));
	const isIn = word.toLowerCase() === "in";
	return (item) => allowed.some((each) => isSame(read(item), each)) === isIn;
}

function readOperand(operand: string): (item: unknown) => unknown {
	if (!operand.startsWith("@")) {
		const value = readLiteral(operand);
		return () => value;
	}
	const names = (operand.match(new RegExp(step, "g")) ?? []).map((each) => each.replaceAll(/^\.|^\[['"]?|['"]?\]$/g, ""));
	return (item) => names.reduce(memberOf, item);
}

function memberOf(value: unknown, name: string): unknown {
	return typeof value === "object" && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
}

function readLiteral(written: string): unknown {
	if (!/^['"]/.test(written)) return JSON.parse(written);
	const inside = written.slice(1, -1).replaceAll("\\'", "'");
	return JSON.parse(`"${inside.replaceAll(/\\.|"/g, (part) => (part === '"' ? '\\"' : part))}"`);
}

/** Jayway compares a number with a text of one as numbers, a text with a number as texts. */
function isSame(one: unknown, other: unknown): boolean {
	if (typeof one === "number" && typeof other === "string") return other.trim() !== "" && Number(other) === one;
	if (typeof one === "string" && typeof other === "number") return one === String(other);
	return one === other;
}

/** A pattern fits the whole text; what has none is the empty text, and of a list one item must fit. */
function readPattern(pattern: string, flags: string): (value: unknown) => boolean {
	const unknown = [...flags].find((flag) => !"imsu".includes(flag));
	if (unknown !== undefined) throw new Error(`expected of the flags i, m, s and u, got ${unknown} in /${pattern}/${flags}`);
	// Java folds the case of ASCII only, unless it is told otherwise.
	if (flags.includes("i") && !flags.includes("u") && /[^\p{ASCII}]|\\[uxp]/u.test(pattern))
		throw new Error(`expected the flags iu where letters beyond ASCII are compared, got /${pattern}/${flags}`);
	if (/&&|\[[^\]]*(?<!\\)\[/.test(pattern)) throw new Error(`expected no class inside a class, got /${pattern}/`);
	// With the flag m, ^ and $ would be the ends of a line.
	const whole = compiled(`(?<![\\s\\S])(?:${pattern})(?![\\s\\S])`, `u${flags.replaceAll("u", "")}`, pattern);
	const fits = (value: unknown): boolean => whole.test(typeof value === "object" || value === undefined ? "" : String(value));
	return (value) => {
		if (!Array.isArray(value)) return fits(value);
		const inner = value.find((item: unknown) => typeof item === "object" && item !== null);
		if (inner !== undefined) throw new Error(`expected texts in a list under =~, got ${JSON.stringify(inner).slice(0, 60)}`);
		return value.some(fits);
	};
}

function compiled(source: string, flags: string, pattern: string): RegExp {
	try {
		return new RegExp(source, flags);
	} catch {
		throw new Error(`expected a regular expression after =~, got /${pattern}/`);
	}
}
