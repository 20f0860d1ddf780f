import type { OfflineWorld } from "./offlineWorld.ts";
import type { Happens } from "./scenario.ts";

export type FaultySystem = "pagerduty" | "twilio" | "genesys" | "ledger" | "workflows";

/** When a system was broken on purpose, in milliseconds; what fails then is explained. */
export interface FaultWindow {
	readonly system: FaultySystem;
	readonly from: number;
	readonly until: number;
}

export type FaultVerb = Extract<Happens, { do: "answers" | "refuses" | "loses" | "unreachable" | "ledger-unreachable" | "workflows" }>;

export const isFault = (verb: Happens): verb is FaultVerb => "for" in verb;

export const systemOf = (verb: FaultVerb): FaultySystem => {
	if (verb.do === "workflows") return "workflows";
	if (verb.do === "refuses") return "genesys";
	return verb.do === "ledger-unreachable" ? "ledger" : verb.system;
};

/** Breaks a system as the verb says, or repairs it. */
export function setFault(world: OfflineWorld, verb: FaultVerb, broken: boolean): void {
	const { pagerduty, twilio, genesys, network, aws } = world;
	switch (verb.do) {
		case "ledger-unreachable":
			aws.setFault("dynamodb", broken ? "unreachable" : undefined);
			return;
		case "workflows":
			genesys.world.setFault(broken ? { kind: "executions", how: verb.how } : undefined, "executions");
			return;
		case "unreachable":
			for (const host of hostsOf(world, verb.system)) broken ? network.world.cut(host) : network.world.restore(host);
			return;
		case "refuses": {
			const client = `${world.settings.base} ${verb.client}`;
			genesys.world.setFault(broken ? { kind: "tokens", status: 401, client } : undefined, "tokens");
			if (broken) genesys.world.revokeTokens(client);
			return;
		}
		case "loses":
			(verb.system === "pagerduty" ? pagerduty : twilio).world.setFault(broken ? { swallow: true } : undefined);
			return;
		case "answers":
			if (verb.system === "genesys")
				genesys.world.setFault(
					broken ? { kind: "api", status: serverStatus(verb.status), ...(verb.path === undefined ? {} : { path: verb.path }) } : undefined,
				);
			else
				(verb.system === "pagerduty" ? pagerduty : twilio).world.setFault(
					broken ? { status: verb.status, message: "injected" } : undefined,
				);
	}
}

function hostsOf({ pagerduty, twilio, settings }: OfflineWorld, system: "pagerduty" | "twilio" | "genesys"): readonly string[] {
	if (system === "pagerduty") return pagerduty.hosts;
	if (system === "twilio") return twilio.hosts;
	const { domain } = settings.runtime.genesys;
	return [`api.${domain}`, `login.${domain}`];
}

const serverStatuses = [429, 500, 502, 503, 504] as const;

/** Genesys Cloud's own faults are of its documented statuses; anything else stands for "unavailable". */
const serverStatus = (status: number): (typeof serverStatuses)[number] => serverStatuses.find((each) => each === status) ?? 503;
