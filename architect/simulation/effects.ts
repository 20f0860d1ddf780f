import type { Json } from "../expressions/values.ts";

export type { Json };

/** What a running workflow asks of the world around it. */
export type Effect =
	| {
			readonly kind: "callData";
			/** The name of the flow's action. */
			readonly action: string;
			/** Where the action stands: `Page_10/Attempts/Send`. */
			readonly path: string;
			readonly category: string;
			readonly dataAction: string;
			/** NOT_SET as null. */
			readonly inputs: Readonly<Record<string, Json>>;
			/** The flow's own timeout; undefined: the data action's. */
			readonly timeoutSeconds: number | undefined;
	  }
	/** An action whose result only an organization knows. */
	| {
			readonly kind: "ask";
			readonly action: string;
			readonly path: string;
			/** `dataTableLookup`, … */
			readonly type: string;
			/** What it is about: a data table, a common module. */
			readonly subject: string | undefined;
			/** By the names in the file. NOT_SET as null. */
			readonly inputs: Readonly<Record<string, Json>>;
			/** What the flow wants to know. */
			readonly outputs: readonly string[];
			/** The paths that it may take. */
			readonly paths: readonly string[];
	  }
	| { readonly kind: "wait"; readonly action: string; readonly path: string; readonly seconds: number };

/** How a data action ended; outputs by flattened contract path. */
export type CallResult =
	| { readonly kind: "success"; readonly outputs: Readonly<Record<string, Json>> }
	| { readonly kind: "failure"; readonly outputs: Readonly<Record<string, Json>> }
	| { readonly kind: "timeout" };

/** How an action ended whose result only an organization knows: the path that follows, none where it has none. */
export interface AskResult {
	readonly kind: "asked";
	readonly next?: string;
	readonly outputs: Readonly<Record<string, Json>>;
}

/** The world's answer: the time when the effect was over (milliseconds since the epoch), and for a call or a question its result. */
export interface Answer {
	readonly now: number;
	readonly result?: CallResult | AskResult;
}

/** One action that was carried out, in order. */
export interface TraceEntry {
	/** When it began, in milliseconds since the epoch. */
	readonly at: number;
	readonly action: string;
	readonly kind: string;
	readonly path: string;
	/** What it set, decided or exchanged. */
	readonly values: Readonly<Record<string, Json>>;
}

/** How a run ended. "error" is what the platform's error handling (`endWorkflow`) gets to see. */
export interface Outcome {
	readonly outcome: "completed" | "error";
	readonly exitReason?: string;
	/** The output variables by their declared names; NOT_SET as null. */
	readonly outputs: Readonly<Record<string, Json>>;
	readonly error?: { readonly message: string; readonly action: string; readonly line?: number };
	/** Actions carried out: what the platform's limit counts. */
	readonly actions: number;
	readonly seconds: number;
	readonly trace: readonly TraceEntry[];
}
