import type { Entry } from "../../functions/pipeline/ports.ts";
import type { FunctionKind } from "./state.ts";

/** Told of what an account is billed for by the functions that run in it. */
export interface Meter {
	/** A run that has ended, and how long it took on the world's clock. */
	ran(kind: FunctionKind, milliseconds: number): void;
	/** A call that leaves a function: to AWS, to another function or over the network. */
	called(kind: FunctionKind): void;
	/** What a function writes to its log, also what it only counts. */
	told(kind: FunctionKind, entry: Entry): void;
}
