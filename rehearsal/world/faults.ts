import type { Happens } from "../scenario/scenario.ts";
import { emulatedKinds, emulatorOf, kindOf, ownerOf, type VendorSystem } from "../vendors/emulators.ts";
import type { OfflineWorld } from "./offlineWorld.ts";
import type { FaultPlace, WireFault } from "./wireFaults.ts";

export type FaultySystem = VendorSystem | "genesys" | "ledger" | "queue" | "workflows" | "functions" | "webhook" | "bus";

/** When a system was broken on purpose, in milliseconds; what fails then is explained. */
export interface FaultWindow {
	readonly system: FaultySystem;
	readonly from: number;
	readonly until: number;
}

export type FaultVerb = Extract<Happens, { for: number }>;
type WireVerb = Extract<FaultVerb, { do: "unreachable" | "hangs" | "slow" | "drops-answers" | "answers-html" | "throttles" }>;

export const isFault = (verb: Happens): verb is FaultVerb => "for" in verb;

export const systemOf = (verb: FaultVerb): FaultySystem => {
	switch (verb.do) {
		case "workflows":
			return "workflows";
		case "refuses":
			return systemOfCredential(verb.client);
		case "ledger-unreachable":
			return "ledger";
		case "bus-silent":
			return "bus";
		case "twice":
		case "breaks":
			return "functions";
		default:
			return verb.system;
	}
};

/** Who takes a credential. */
export function systemOfCredential(credential: string): FaultySystem {
	const owner = ownerOf(credential);
	return owner === undefined ? "genesys" : emulatorOf(owner.kind).system;
}

/** What the timeline says of a fault that begins. */
export function describeFault(verb: FaultVerb): string {
	const where = [systemOf(verb), "host" in verb ? verb.host : undefined, "path" in verb ? verb.path : undefined].filter(
		(part) => part !== undefined,
	);
	return `${where.join(" ")} ${wordsOf(verb)} for ${verb.for} s`;
}

function wordsOf(verb: FaultVerb): string {
	switch (verb.do) {
		case "answers":
			return `answers ${verb.status}`;
		case "workflows":
			return verb.how;
		case "refuses":
			return `refuses the ${verb.client}`;
		case "slow":
			return `answers ${verb.seconds} s late`;
		case "throttles":
			return verb.retryAfter === undefined ? "throttles" : `throttles with Retry-After ${verb.retryAfter}`;
		case "says-no":
			return `says ${verb.error}`;
		case "ends":
			return `ends as ${verb.as}`;
		case "skews":
			return `has a clock that is ${verb.seconds} s off`;
		case "breaks":
			return `have a ${verb.function} that ${breakText[verb.how]}`;
		case "twice":
			return `run the ${verb.function} twice`;
		default:
			return verb.do;
	}
}

const breakText = {
	crashes: "cannot start",
	stalls: "comes to no end",
	throttled: "AWS has no room for",
	unscheduled: "nothing starts",
} as const;

/** Breaks a system as the verb says; returns the function that repairs it. Faults of one system add up, and each ends by itself. */
export function beginFault(world: OfflineWorld, verb: FaultVerb, id: string): () => void {
	const { genesys, clocks, twice, aws } = world;
	switch (verb.do) {
		case "ledger-unreachable":
			return unreachableLedger(world);
		case "workflows":
			genesys.world.setFault({ kind: "executions", how: verb.how }, id);
			return () => genesys.world.setFault(undefined, id);
		case "refuses":
			return refuse(world, verb.client, id);
		case "skews":
			return clocks[verb.system].skew(verb.seconds * 1000);
		case "twice": {
			const run = { function: verb.function };
			twice.add(run);
			return () => twice.delete(run);
		}
		case "bus-silent":
			return world.bus.silence();
		case "breaks":
			return aws.break({ kind: verb.function, how: verb.how });
		case "leaves-at-sent":
		case "in-maintenance":
		case "groups":
			return world.vendors[kindOf(verb.system)].begin({ does: verb.do });
		case "says-no":
			return world.vendors[kindOf(verb.system)].begin({ does: verb.do, error: verb.error });
		case "ends":
			return world.vendors[kindOf(verb.system)].begin({ does: verb.do, as: verb.as });
		case "loses":
		case "answers":
			return breakVendor(world, verb, id);
		default:
			return world.faults.begin(placeOf(world, verb), wireFaultOf(verb));
	}
}

/** How many of these faults each world holds: the ledger is there again when the last one ends. */
const unreachableLedgers = new WeakMap<OfflineWorld, number>();

function unreachableLedger(world: OfflineWorld): () => void {
	const hold = (more: 1 | -1): void => {
		const held = (unreachableLedgers.get(world) ?? 0) + more;
		unreachableLedgers.set(world, held);
		if (held > 0) world.aws.setFault("dynamodb", "unreachable");
		else world.aws.setFault("dynamodb");
	};
	hold(1);
	return () => hold(-1);
}

/** From now on nobody takes that secret; where it was issued before, it is taken again at the end. */
function refuse({ genesys, vendors, settings }: OfflineWorld, name: string, id: string): () => void {
	const owner = ownerOf(name);
	if (owner !== undefined) return vendors[owner.kind].refuse(owner.place);
	const client = `${settings.base} ${name}`;
	genesys.world.setFault({ kind: "tokens", status: 401, client }, id);
	genesys.world.revokeTokens(client);
	return () => genesys.world.setFault(undefined, id);
}

function breakVendor({ genesys, vendors }: OfflineWorld, verb: Extract<FaultVerb, { do: "loses" | "answers" }>, id: string) {
	if (verb.system === "genesys") {
		const { status, path } = verb;
		genesys.world.setFault({ kind: "api", status: serverStatus(status), ...(path === undefined ? {} : { path }) }, id);
		return () => genesys.world.setFault(undefined, id);
	}
	const vendor = vendors[kindOf(verb.system)];
	if (verb.do === "loses") return vendor.begin({ does: verb.do });
	const { status, host } = verb;
	if (host !== undefined) placesAmong(verb, vendor.hosts);
	return vendor.begin({ does: verb.do, status, ...(host === undefined ? {} : { host }) });
}

function wireFaultOf(verb: WireVerb): WireFault {
	switch (verb.do) {
		case "slow":
			return { kind: "slow", seconds: verb.seconds };
		case "throttles":
			return { kind: "throttles", retryAfter: retryAfterOf(verb.retryAfter) };
		default:
			return { kind: verb.do };
	}
}

function retryAfterOf(retryAfter: number | "http-date" | undefined): ((now: number) => string) | undefined {
	if (retryAfter === undefined) return undefined;
	return retryAfter === "http-date" ? (now) => new Date(now + 60_000).toUTCString() : () => String(retryAfter);
}

/** Throws Error for a host that the system does not have. */
function placeOf(world: OfflineWorld, verb: WireVerb): FaultPlace {
	const { vendors, settings } = world;
	const { domain } = settings.runtime.genesys;
	const hosts: Readonly<Record<string, Readonly<Record<string, string>>>> = {
		...Object.fromEntries(emulatedKinds.map((kind) => [emulatorOf(kind).system, vendors[kind].hosts])),
		genesys: { api: `api.${domain}`, login: `login.${domain}` },
		ledger: { ledger: "ledger" },
		queue: { queue: "queue" },
	};
	const at = placesAmong(verb, hosts[verb.system] ?? {});
	return { at, ...("path" in verb && verb.path !== undefined ? { path: verb.path.toLowerCase() } : {}) };
}

function placesAmong(
	{ do: verb, system, host }: Pick<WireVerb, "system" | "host"> & { readonly do: string },
	known: Readonly<Record<string, string>>,
): readonly string[] {
	const at = host === undefined ? Object.values(known) : [known[host]].flatMap((name) => name ?? []);
	if (at.length > 0) return at;
	throw new Error(`${verb} of ${system}: expected a host of ${Object.keys(known).join(", ")}, got ${host}`);
}

const serverStatuses = [429, 500, 502, 503, 504] as const;

/** Genesys Cloud's own faults are of its documented statuses; anything else stands for "unavailable". */
const serverStatus = (status: number): (typeof serverStatuses)[number] => serverStatuses.find((each) => each === status) ?? 503;
