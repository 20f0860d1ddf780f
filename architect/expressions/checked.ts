import type { Entry } from "./catalogue.ts";
import type { Overload } from "./overload.ts";
import type { Content, Type } from "./values.ts";

/** An expression whose every part has a type and every operation its overload: ready to run. */
export type Checked = { readonly type: Type; readonly position: number } & (
	| { readonly kind: "constant"; readonly content: Content | undefined }
	/** `key` is the name in lower case. */
	| { readonly kind: "variable"; readonly name: string; readonly key: string }
	| { readonly kind: "apply"; readonly entry: Entry; readonly overload: Overload; readonly args: readonly Checked[] }
	| { readonly kind: "property"; readonly target: Checked; readonly property: string }
);
