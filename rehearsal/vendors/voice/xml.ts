/** One element of a document, and what is in it in its order. */
export interface Element {
	readonly name: string;
	readonly attributes: Readonly<Record<string, string>>;
	readonly children: readonly (Element | string)[];
}

const name = "[A-Za-z_][\\w.-]*";
const declaration = /^\s*<\?xml\s[^?]*\?>\s*/;
const tag = new RegExp(`^<(/?)(${name})((?:\\s+${name}\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*)\\s*(/?)>`);
const attribute = new RegExp(`(${name})\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, "g");
const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** The characters that XML 1.0 allows (section 2.2). */
const allowed = /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u;

/** Reads a document of elements and texts, as strictly as XML 1.0 asks; throws Error that says what is wrong with it. */
export function parseXml(text: string): Element {
	if (!allowed.test(text)) throw new Error("expected characters that XML allows, got another");
	const source = text.replace(declaration, "").trim();
	const { part, rest } = readElement(source);
	if (rest.trim() !== "") throw new Error("expected one root element, got more behind it");
	return part;
}

interface Read<Part> {
	readonly part: Part;
	readonly rest: string;
}

function readElement(source: string): Read<Element> {
	const opened = tag.exec(source);
	if (opened === null || opened[1] === "/") throw new Error("expected the start of an element, got something else");
	const [whole, , tagName = "", given = "", isEmpty] = opened;
	const pairs = [...given.matchAll(attribute)].map(([, key = "", double, single]) => [key, unescaped(double ?? single ?? "")] as const);
	const behind = source.slice(whole.length);
	const { part: children, rest } = isEmpty === "/" ? { part: [], rest: behind } : readChildren(tagName, behind);
	return { part: { name: tagName, attributes: Object.fromEntries(pairs), children }, rest };
}

function readChildren(tagName: string, source: string): Read<Element["children"]> {
	const children: (Element | string)[] = [];
	let rest = source;
	for (let until = rest.indexOf("<"); until !== -1; until = rest.indexOf("<")) {
		if (until > 0) children.push(unescaped(rest.slice(0, until)));
		rest = rest.slice(until);
		const closed = tag.exec(rest);
		if (closed?.[1] === "/") {
			if (closed[2] === tagName) return { part: children, rest: rest.slice(closed[0].length) };
			throw new Error(`expected the end of <${tagName}>, got that of <${closed[2]}>`);
		}
		const inner = readElement(rest);
		children.push(inner.part);
		rest = inner.rest;
	}
	throw new Error(`expected the end of <${tagName}>, got none`);
}

function unescaped(text: string): string {
	if (/&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\dA-Fa-f]+);)/.test(text)) throw new Error("expected an entity behind &, got none");
	return text.replaceAll(/&(#x?)?(\w+);/g, (_, number: string | undefined, code: string) => {
		if (number === undefined) return entities[code] ?? "";
		return String.fromCodePoint(Number.parseInt(code, number === "#x" ? 16 : 10));
	});
}
