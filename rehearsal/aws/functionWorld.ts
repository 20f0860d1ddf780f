import type { Ports } from "../../functions/edges/ports.ts";
import type { Entry } from "../../functions/pipeline/ports.ts";
import type { CallCounts } from "../world/callCounts.ts";
import type { Latency } from "../world/latency.ts";
import type { Random } from "../world/random.ts";
import type { WireFaults } from "../world/wireFaults.ts";
import type { KilledBecause } from "./invocation.ts";
import type { Meter } from "./meter.ts";
import type { FunctionKind } from "./state.ts";

/** Declared as a method, so that a handler fits that names the type of its event: AWS's events are untyped JSON. */
export interface Code {
	run(event: unknown): Promise<unknown>;
}

/** The code of the functions: what each does with its ports, as `functions/<kind>.ts` exports it. */
export type Handlers = Readonly<Record<FunctionKind, (ports: Ports) => Code["run"]>>;

export interface FunctionWorld {
	readonly handlers: Handlers;
	/** Routed to the emulators: what a function reaches over HTTPS. */
	readonly fetch: typeof fetch;
	/** Receives every journal entry that a function was allowed to write. */
	readonly log: (entry: Entry, by: FunctionKind) => void;
	readonly region: string;
	readonly accountId: string;
	/** The next launch id, equal in every run: without one, `launch-1`, `launch-2`, … */
	readonly newId?: () => string;
	/** How long AWS's services take; at once without one. */
	readonly latency?: Latency;
	/** What is wrong with AWS's services now. */
	readonly faults?: WireFaults;
	/** Told of each call of AWS's services. */
	readonly calls?: CallCounts;
	/** Jitter of the functions, by seed. */
	readonly random?: Random;
	/** Told of every invocation that the platform ended. */
	readonly killed?: (kind: FunctionKind, because: KilledBecause) => void;
	/** Told of what would be billed. */
	readonly meter?: Meter | undefined;
	/** Changes what a function reaches, for a test that plants a fault. */
	readonly wrapPorts?: (kind: FunctionKind, ports: Ports) => Ports;
}

/** What a function threw, or could not be started for: Lambda tells the caller its name and message, and nothing else. */
export class FunctionFailed extends Error {
	constructor(functionName: string, cause: unknown) {
		super(`${functionName}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
		this.name = "FunctionFailed";
	}
}
