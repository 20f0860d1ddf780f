import { canonicalJson } from "../../components/genesys/canonicalJson.ts";
import type { Values } from "./marks.ts";

/** One resource as a provider is asked about it. `inputs` are marked (see marks.ts). */
export interface Asked {
	readonly type: string;
	/** In the program. */
	readonly name: string;
	readonly inputs: Values;
}

/** One that exists. */
export interface Existing extends Asked {
	readonly id: string;
	readonly outputs: Values;
}

/** An input that cannot be taken; `property` is a path, empty for the whole. */
export interface Refused {
	readonly property: string;
	readonly reason: string;
}

export interface Difference {
	/** The inputs that changed, by the first part of their paths. */
	readonly changed: readonly string[];
	/** Those among them that need a new resource. */
	readonly replacing: readonly string[];
	/** The old one must go first, because no two may have its name. */
	readonly deletesFirst: boolean;
}

export interface Made {
	readonly id: string;
	readonly outputs: Values;
}

/** What a provider of Pulumi's does, without its wire protocol. Whatever throws Error fails its operation with that message. */
export interface Plugin {
	readonly version: string;
	/** Of a package with a parameter: reads it, and answers the package that it is. */
	readonly parameterize?: (value: Uint8Array) => { readonly name: string; readonly version: string };
	configure(settings: Values): Promise<void>;
	check(asked: Asked): readonly Refused[];
	diff(before: Existing, after: Values): Promise<Difference>;
	/** What a preview says of one that is not made yet: unknown is what only making it tells. */
	foreseen(asked: Asked): Values;
	create(asked: Asked): Promise<Made>;
	/** As it is now; undefined when it is gone. */
	read(known: Existing): Promise<(Made & { readonly inputs: Values }) | undefined>;
	update(before: Existing, after: Values): Promise<Values>;
	delete(known: Existing): Promise<void>;
	invoke(token: string, args: Values): Values;
}

/** The inputs that are not alike. Unknown is never alike: it stands for something else than what there was. */
export function changedKeys(before: Values, after: Values): readonly string[] {
	const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
	return [...keys].filter((key) => canonicalJson(before[key] ?? null) !== canonicalJson(after[key] ?? null)).toSorted();
}
