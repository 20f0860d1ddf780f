/** One figure beside another of the same run. */
export interface Row {
	readonly what: string;
	readonly figure: number;
	readonly unit: string;
	/** What it is compared with, by name, and how much that was: in the same unit. */
	readonly baseline: string;
	readonly baselineFigure: number;
	/** `this`: measured in real time, on the machine that the document names. `any`: counted, or in virtual time, and the same everywhere. */
	readonly machine: "this" | "any";
	/** The figure may not be larger: where it is, the command ends with status 1. */
	readonly atMost?: number;
}

/** What belongs together. To add one: a file in `suites/`, and a line in `suites/index.ts`. */
export interface Suite {
	/** By which `--only` calls it. */
	readonly name: string;
	readonly title: string;
	/** How its rows are read: Markdown, plain sentences. */
	readonly howToRead: string;
	/** Throws NotMeasured where this machine lacks something. */
	measure(): Promise<readonly Row[]>;
}

/** Why a suite has no rows here. */
export class NotMeasured extends Error {}

/** Undefined where there is nothing to divide by. */
export const ratioOf = ({ figure, baselineFigure }: Row): number | undefined =>
	baselineFigure === 0 ? undefined : figure / baselineFigure;

export const isOver = ({ figure, atMost }: Row): boolean => atMost !== undefined && figure > atMost;
