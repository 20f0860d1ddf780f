import type { GenesysEvent, GenesysFault, Refusal } from "./events.ts";
import type { Client, State } from "./state.ts";

/** A call of a Lambda function through its integration, as the vendor makes it: with the role of the credential and the organization's id. */
export interface LambdaCall {
	readonly functionArn: string;
	readonly roleArn: string;
	readonly externalId: string;
	readonly payload: unknown;
}

/** What every part of the emulator works on. */
export interface Emulator {
	readonly state: State;
	readonly refusals: Refusal[];
	/** `<client name> <permission>` of every call that was allowed by a permission. */
	readonly usedPermissions: Set<string>;
	readonly faults: Map<string, GenesysFault>;
	/** From a data action to the outside. */
	readonly outbound: typeof fetch;
	/** From a data action to this organization's own API. */
	readonly inbound: (request: Request) => Promise<Response>;
	readonly invokeLambda: (call: LambdaCall) => Promise<{ readonly status: number; readonly body: string }>;
	readonly uploadBase: () => string;
	readonly emit: (event: GenesysEvent) => void;
}

/** One authenticated call. */
export interface Call {
	readonly client: Client;
	readonly params: Readonly<Record<string, string>>;
	readonly query: URLSearchParams;
	/** As it was sent: routes are found without regard to case, and what `params` holds has lost its capitals. */
	readonly sentPath: string;
	readonly body: unknown;
}

/** `status` defaults to 200, or 204 where there is nothing to say. */
export interface Answer {
	readonly status?: 200 | 201 | 202 | 204;
	readonly body?: unknown;
	/** Instead of `body`: raw text. */
	readonly text?: string;
}

export interface Route {
	readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
	/** Lower case, with `:params`. */
	readonly path: string;
	/** Any one of them is enough; empty: none is needed. From the vendor's API pages ("Requires ANY permissions"). */
	readonly permissions: readonly string[];
	readonly handle: (call: Call) => Answer | Promise<Answer>;
}

/** The first fault of a kind that fits. */
export function findFault<Kind extends GenesysFault["kind"]>(
	emulator: Emulator,
	kind: Kind,
	fits: (fault: Extract<GenesysFault, { kind: Kind }>) => boolean,
): Extract<GenesysFault, { kind: Kind }> | undefined {
	for (const fault of emulator.faults.values()) {
		if (isKind(fault, kind) && fits(fault)) return fault;
	}
	return undefined;
}

function isKind<Kind extends GenesysFault["kind"]>(fault: GenesysFault, kind: Kind): fault is Extract<GenesysFault, { kind: Kind }> {
	return fault.kind === kind;
}
