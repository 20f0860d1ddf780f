import { secondsText } from "../scenario/spans.ts";
import type { Dice } from "./dice.ts";
import type { Verb } from "./verbs.ts";

const functions = ["poller", "normalizer", "dispatcher", "ledger", "overseer"] as const;
const systems = ["genesys", "pagerduty", "twilio", "ledger", "queue"] as const;

/** A host of that system, or all of them. */
function hostOf(dice: Dice, system: (typeof systems)[number]): { readonly host?: "events" | "rest" | "api" | "login" } {
	if (dice.chance(0.5)) return {};
	if (system === "pagerduty") return { host: dice.pick(["events", "rest"]) };
	return system === "genesys" ? { host: dice.pick(["api", "login"]) } : {};
}

const paths = ["/api/v2/telephony", "/api/v2/flows/executions", "/api/v2/analytics"] as const;

/** One fault: any verb that breaks something, or lets a function die or run twice. */
export function drawFault(dice: Dice, at: string): Verb {
	const forText = secondsText(
		dice.weighted([
			[3, dice.whole(1, 5) * 60],
			[3, dice.whole(5, 20) * 60],
			[1, dice.whole(20, 60) * 60],
			[1, dice.whole(5, 59)],
		]),
	);
	const system = dice.weighted([
		[3, "pagerduty"],
		[2, "twilio"],
		[3, "genesys"],
		[2, "ledger"],
		[1, "queue"],
	] as const);
	const wire = { at, system, ...hostOf(dice, system), for: forText };
	const path = system === "genesys" && !("host" in wire && wire.host === "login") && dice.chance(0.4) ? { path: dice.pick(paths) } : {};
	const vendor = dice.pick(["pagerduty", "twilio", "genesys"]);
	return dice.weighted<() => Verb>([
		[3, () => ({ ...wire, ...path, do: "hangs" })],
		[2, () => ({ ...wire, ...path, do: "slow", seconds: dice.pick([1, 3, 8, 20]) })],
		[2, () => ({ ...wire, ...path, do: "drops-answers" })],
		[2, () => ({ ...wire, ...path, do: "throttles", ...throttle(dice) })],
		[4, () => ({ at, do: "kills", function: dice.pick(functions), after: dice.small(1, 60) })],
		[1, () => ({ at, do: "skews", system: vendor, seconds: dice.pick([-200, -30, -4, 4, 60, 200]), for: forText })],
		[2, () => ({ at, do: "twice", function: dice.pick(["poller", "overseer", "dispatcher"]), for: forText })],
		[
			3,
			() => ({
				at,
				do: "answers",
				system: vendor,
				...hostOf(dice, vendor === "pagerduty" ? vendor : "twilio"),
				status: dice.pick([429, 500, 502, 503, 504, 401]),
				for: forText,
			}),
		],
		[2, () => ({ at, do: "loses", system: dice.pick(["pagerduty", "twilio"]), for: forText })],
		[1, () => ({ at, do: "leaves-at-sent", system: "twilio", for: forText })],
		[2, () => ({ at, do: "unreachable", system: vendor, for: forText })],
		[1, () => ({ at, do: "refuses", client: dice.pick(["detector", "launcher", "responder"]), for: forText })],
		[1, () => ({ at, do: "ledger-unreachable", for: forText })],
		[2, () => ({ at, do: "workflows", how: dice.pick(["error", "stall"]), for: forText })],
	])();
}

function throttle(dice: Dice): { readonly retryAfter?: number | "http-date" } {
	return dice.weighted<() => { readonly retryAfter?: number | "http-date" }>([
		[1, () => ({})],
		[1, () => ({ retryAfter: dice.pick([0, 1, 30, 600]) })],
		[1, () => ({ retryAfter: "http-date" })],
	])();
}
