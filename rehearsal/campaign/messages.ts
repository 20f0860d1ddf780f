import type { DrawOptions } from "./draw.ts";
import type { Outcome } from "./playSeed.ts";
import type { Shrunk } from "./shrink.ts";

/** What a worker is asked: to play some seeds one after the other, or to shrink the story of one. */
export type Order =
	| { readonly kind: "play"; readonly seeds: readonly number[]; readonly draw: DrawOptions }
	| { readonly kind: "shrink"; readonly seed: number; readonly invariant: string; readonly draw: DrawOptions };

/** What it says: each outcome as it comes, what it shrank, and that it is free. */
export type News =
	| { readonly kind: "outcome"; readonly outcome: Outcome }
	| { readonly kind: "shrunk"; readonly seed: number; readonly shrunk: Shrunk }
	| { readonly kind: "free" };
