/** A call that was refused: what a verdict names when something was not allowed. */
export interface Refusal {
	readonly at: number;
	readonly method: string;
	readonly path: string;
	readonly status: number;
	readonly code: string;
	/** The OAuth client's name, where the caller is known. */
	readonly client: string | undefined;
	readonly reason: string;
	/** The permission that was missing, where that was the reason. */
	readonly permission?: string;
}

export interface DataActionFinished {
	readonly kind: "data-action";
	readonly at: number;
	/** Undefined for a test over the API. */
	readonly executionId: string | undefined;
	readonly category: string;
	readonly action: string;
	readonly inputs: Readonly<Record<string, unknown>>;
	readonly result: "success" | "failure" | "timeout";
	/** The error's code and message; for a success, the outputs as JSON. */
	readonly detail: string;
}

export interface ExecutionStarted {
	readonly kind: "execution-started";
	readonly at: number;
	readonly executionId: string;
	readonly flowName: string;
	readonly inputs: Readonly<Record<string, unknown>>;
}

export interface ExecutionEnded {
	readonly kind: "execution-ended";
	readonly at: number;
	readonly executionId: string;
	readonly flowName: string;
	readonly inputs: Readonly<Record<string, unknown>>;
	readonly outcome: "completed" | "error";
	readonly exitReason: string | undefined;
	readonly error: string | undefined;
	readonly outputs: Readonly<Record<string, unknown>>;
}

/** An emergency group was switched on or off, by whomever. */
export interface EmergencyGroupSwitched {
	readonly kind: "emergency-group";
	readonly at: number;
	readonly id: string;
	readonly name: string;
	readonly enabled: boolean;
}

/** An event of a topic, on its way to an event source of Amazon EventBridge. */
export interface TopicTold {
	readonly kind: "topic";
	readonly at: number;
	readonly id: string;
	/** The name of the event source. */
	readonly source: string;
	/** The topic, with the places of ids. */
	readonly detailType: string;
	readonly detail: unknown;
}

/** What the organization lets an observer see, as it happens. */
export type GenesysEvent =
	| DataActionFinished
	| ExecutionStarted
	| ExecutionEnded
	| EmergencyGroupSwitched
	| TopicTold
	| ({ readonly kind: "refused" } & Refusal);

/** What can be broken on purpose; every part that is left out matches everything. */
export type GenesysFault =
	/** API calls are answered with this status. */
	| {
			readonly kind: "api";
			readonly status: 429 | 500 | 502 | 503 | 504;
			readonly method?: string;
			/** The beginning of a path, any case. */
			readonly path?: string;
			readonly retryAfterSeconds?: number;
	  }
	/** The login service refuses: 401 wrong credentials, 503 unavailable. */
	| { readonly kind: "tokens"; readonly status: 401 | 503; readonly client?: string }
	/** Nothing can be reached from outside: `fetch` fails as with a lost connection. */
	| { readonly kind: "unreachable" }
	/** Workflows end in an error at their next step, or never go on. */
	| { readonly kind: "executions"; readonly how: "error" | "stall" }
	/** Data actions fail or run into their timeout without calling anything. */
	| {
			readonly kind: "data-actions";
			readonly how: "failure" | "timeout";
			readonly category?: string;
			/** The beginning of the action's name. */
			readonly action?: string;
			readonly status?: number;
	  };
