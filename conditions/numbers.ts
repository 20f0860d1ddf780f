/** A number with what it counts, `one` for a single one; nothing where it is not known. */
export const countOf = (count: number | undefined, many: string, one: string): readonly string[] =>
	count === undefined ? [] : [`${count} ${count === 1 ? one : many}`];

/** So many of so many; nothing where there is none of them at all. */
export const partOf = (part = 0, whole = 0, words = ""): readonly string[] => (whole > 0 ? [`${part} of ${whole} ${words}`] : []);
