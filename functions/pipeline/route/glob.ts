/** Whether the whole text fits a glob, in which `*` stands for any characters, or none. */
export function fitsGlob(glob: string, text: string): boolean {
	const [first = "", ...rest] = glob.split("*");
	const last = rest.pop();
	if (last === undefined) return text === glob;
	const end = text.length - last.length;
	if (!text.startsWith(first) || !text.endsWith(last) || end < first.length) return false;
	let at = first.length;
	for (const part of rest) {
		const found = text.indexOf(part, at);
		if (found < 0 || found + part.length > end) return false;
		at = found + part.length;
	}
	return true;
}
