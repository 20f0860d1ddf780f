/** One thing that people are told of an incident: what it is about, what is so, and lines of its own below that. */
export interface Fact {
	readonly name: string;
	readonly text: string;
	readonly items?: readonly string[];
}

/** A fact as lines of a text. */
export const factLines = ({ name, text, items = [] }: Fact): readonly string[] => [
	text === "" ? `${name}:` : `${name}: ${text}`,
	...items.map((item) => `- ${item}`),
];
