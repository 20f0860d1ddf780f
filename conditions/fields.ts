/** A whole number of a unit, within bounds. */
export interface WholeField {
	readonly kind: "whole";
	readonly from: number;
	readonly to: number;
	readonly unit: string;
	readonly default: number;
	readonly about: string;
}

/** A number above 0 and at most 1. */
export interface ShareField {
	readonly kind: "share";
	readonly default: number;
	readonly about: string;
}

/**
 * A list of sections, each with a name of its own; empty unless the stack says otherwise, which must give one to enable the runbook.
 * `expected` completes the sentence "expected …".
 */
export interface ListField {
	readonly kind: "list";
	/** What one of them is called. */
	readonly entry: string;
	readonly most: number;
	readonly expected: string;
	readonly of: { readonly name: { readonly kind: "name" } } & Readonly<Record<string, EntryField>>;
	readonly about: string;
}

/** A part of an entry of a list: a name as it stands in Genesys Cloud, or several of them, which may be left out. */
export type EntryField = { readonly kind: "name" } | { readonly kind: "names"; readonly expected: string; readonly about: string };

export type Field = WholeField | ShareField | ListField;

/**
 * The settings that a runbook has beside those of every runbook, as plain data: the pipeline, which has no package, reads the types from it,
 * and two schemas are made of it: what a stack may write (`components/settings/`) and what travels to the functions (`functions/schemas/`).
 */
export type Fields = Readonly<Record<string, Field>>;
export type NoFields = Readonly<Record<never, Field>>;

type Entry<E> = { readonly [K in keyof E as E[K] extends { readonly kind: "name" } ? K : never]: string } & {
	readonly [K in keyof E as E[K] extends { readonly kind: "names" } ? K : never]?: readonly string[];
};

/** What a field holds. */
export type ValueOf<F> = F extends WholeField | ShareField ? number : F extends ListField ? readonly Entry<F["of"]>[] : never;

/** What settings of these fields hold. */
export type ValuesOf<F> = { readonly [K in keyof F]: ValueOf<F[K]> };
