const chain = String.raw`@(?:\.\w+|\[(?:\d+|'[^']*'|"[^"]*")\])+`;
const texts = `'[^']*'|"[^"]*"`;
const member = /\.\w+|\[(?:\d+|'[^']*'|"[^"]*")\]/g;
/** A chain of members, or a text, in which nothing is one. */
const memberChain = new RegExp(`${chain}|${texts}`, "g");
const comparison = /^\s*(?:[=!<>]=|[<>])/;
const compared = /(?:[=!<>]=|[<>])\s*$/;
/** A member in a list of literals, or matched by a pattern; or a text, in which nothing is one. */
const matching = new RegExp(
	String.raw`(${chain})\s*(?:(in|nin)\s*(\[(?:[^\[\]'"]|${texts})*\])|=~\s*/((?:[^/\\]|\\.)*)/([a-z]*))|${texts}`,
	"g",
);

type Test = (value: unknown) => boolean;

/** A path in the words of the library, and the functions that it calls there. */
export interface LibraryPath {
	readonly path: string;
	readonly sandbox: Record<string, Test>;
}

/**
 * The path in the words of the library, with what Jayway means: a member of what is missing is missing itself, a member that stands alone asks
 * whether it is there, and what is missing equals nothing. Throws SyntaxError for a list or a pattern that is none.
 */
export function asJayway(path: string): LibraryPath {
	const sandbox: Record<string, Test> = {};
	const counted = path.replaceAll(/\[-(\d+)\]/g, "[(@.length-$1)]");
	const tested = counted.replaceAll(matching, (all: string, of: string | undefined, word?: string, list = "", pattern = "", flags = "") => {
		if (of === undefined) return all;
		const name = `test${Object.keys(sandbox).length}`;
		sandbox[name] = word === undefined ? matches(pattern, flags) : isIn(list, word === "in");
		return `${name}(${of})`;
	});
	const words = tested.replaceAll(/\?\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/g, (filter) =>
		filter
			.replaceAll(/([=!]=)(?=\s*null)/g, "$1=")
			.replaceAll(/(null\s*[=!]=)(?!=)/g, "$1=")
			.replaceAll(/test\d+\([^()]*\)|(?:(?!test\d+\()[\s\S])+?(?=test\d+\(|$)/g, (part) =>
				/^test\d/.test(part) ? part.replace(memberChain, guarded) : withMembers(part),
			),
	);
	return { path: words, sandbox };
}

/** The path without what is tested by `in`, `nin` and `=~` of a member. */
export const withoutMatches = (path: string): string => path.replaceAll(matching, (all, of) => (of === undefined ? all : "@.x"));

const withMembers = (part: string): string => part.replaceAll(memberChain, chainIn);

function chainIn(of: string, at: number, part: string): string {
	if (!of.startsWith("@")) return of;
	const isCompared = comparison.test(part.slice(at + of.length)) || compared.test(part.slice(0, at));
	return isCompared ? `(${guarded(of)})` : `((${guarded(of)}) !== undefined)`;
}

function guarded(of: string): string {
	const steps = of.match(member) ?? [];
	// Of null nothing can be asked; `..` comes by such values, too.
	return `@ === null ? undefined : ${steps.map((_, index) => `@${steps.slice(0, index + 1).join("")}`).join(" && ")}`;
}

/** A whole text, as Java matches it; what is missing is an empty one. */
function matches(pattern: string, flags: string): Test {
	const whole = new RegExp(`^(?:${pattern})$`, flags.replaceAll(/[^imsu]/g, ""));
	return (value) => typeof value !== "object" && whole.test(value === undefined ? "" : String(value));
}

function isIn(list: string, wanted: boolean): Test {
	const literals: unknown = JSON.parse(list.replaceAll(/'([^']*)'/g, (_, text: string) => JSON.stringify(text)));
	const all: readonly unknown[] = Array.isArray(literals) ? literals : [];
	return (value) => all.some((literal) => same(value, literal)) === wanted;
}

/** A number and a text of it are the same. */
function same(value: unknown, literal: unknown): boolean {
	if (typeof value === "number" && typeof literal === "string") return literal.trim() !== "" && Number(literal) === value;
	return typeof value === "string" && typeof literal === "number" ? value === String(literal) : value === literal;
}
