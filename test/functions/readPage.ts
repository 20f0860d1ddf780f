/** What a page says to the person who looks at it; absent: it has no such part. */
export interface SeenPage {
	readonly heading: string;
	/** The sentence below it. */
	readonly text: string;
	readonly what?: string;
	/** By name. */
	readonly facts: Readonly<Record<string, string>>;
	readonly terms?: string;
	readonly button?: string;
}

/** Reads a page of ours. Throws RangeError where it has no heading or no sentence. */
export function readPage(html: string): SeenPage {
	const part = (name: string, pattern: RegExp): Record<string, string> => {
		const [, found] = pattern.exec(html) ?? [];
		return found === undefined ? {} : { [name]: plain(found) };
	};
	const { heading, text } = { ...part("heading", /<h1>(.*?)<\/h1>/), ...part("text", /<\/h1>\n<p>(.*?)<\/p>/) };
	if (heading === undefined || text === undefined) throw new RangeError("Expected a page with a heading and a sentence");
	const facts = [...html.matchAll(/<dt>(.*?)<\/dt><dd>(.*?)<\/dd>/g)].map(
		([, name = "", said = ""]) => [plain(name), plain(said)] as const,
	);
	return {
		heading,
		text,
		...part("what", /<p class="what" dir="auto">(.*?)<\/p>/),
		facts: Object.fromEntries(facts),
		...part("terms", /<p class="terms">(.*?)<\/p>/),
		...part("button", /<form method="post"><button>(.*?)<\/button><\/form>/),
	};
}

const plain = (html: string): string =>
	html
		.replaceAll(/<\/(?:div|li)>(?=<)/g, " ")
		.replaceAll(/<[^>]*>/g, "")
		.replaceAll(/&#(\d+);/g, (_whole, code) => String.fromCharCode(Number(code)))
		.trim();
