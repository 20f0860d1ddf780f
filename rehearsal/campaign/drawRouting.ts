import { secondsText } from "../scenario/spans.ts";
import { Dice } from "./dice.ts";
import type { Verb } from "./verbs.ts";

type Settings = Readonly<Record<string, unknown>>;

/** A policy as it was drawn, as far as another one may have it in common. */
interface DrawnPolicy extends Settings {
	readonly acknowledgeSeconds: number;
}

/** What is refused is told by something else, whatever the other routes are. */
const credentialRoutes: readonly Settings[] = [
	{ match: { condition: "credentials-failing", entity: "pagerduty-it-operations*" }, policy: "telephony" },
	{ match: { condition: "credentials-failing" }, policy: "it-operations" },
];

const extras = ["second", "third"] as const;

/**
 * Up to two policies beside the one that was drawn, and routes to them: by hours that end in the course of the story, by entity, by severity, by
 * queue. With dice of its own, so that what was drawn before stays as it was; half of all profiles have the stack's routes.
 */
export function drawRouting(profile: number, telephony: DrawnPolicy): { readonly policies: Settings; readonly routing: Settings } {
	const dice = new Dice(profile * 5323 + 41);
	if (dice.chance(0.5)) return { policies: {}, routing: {} };
	const names = extras.slice(0, dice.whole(1, 2));
	const policies = Object.fromEntries(names.map((name) => [name, drawExtra(dice, name, telephony)]));
	const all = ["telephony", ...names] as const;
	const end = dice.pick(["08:20", "08:45", "09:30", "12:00"]);
	const routes = [
		{ hours: "early", policy: dice.pick(all), match: { severity: dice.pick<unknown>(["critical", "high", ["medium", "low"]]) } },
		{ match: { entity: dice.pick(["Trunk-1*", "*-2", "Edge-*"]) }, policy: dice.pick(all) },
		{ match: { severity: dice.pick<unknown>(["critical", ["high", "medium"], "low"]) }, policy: dice.pick(all) },
		{ match: { queue: dice.pick(["Sup*", "*"]) }, policy: dice.pick(all) },
	].filter(() => dice.chance(0.5));
	const counts = dice.pick(["critical", "low"]);
	const counted = routes.map((route) => (dice.chance(0.25) ? { ...route, severity: counts } : route));
	return {
		policies,
		routing: {
			hours: { early: { days: ["monday", "tuesday"], from: "00:00", to: end, zone: "UTC" } },
			routes: [...credentialRoutes, ...counted, { policy: dice.pick(all) }],
		},
	};
}

/** As patient as the other one or less, with people of its own. */
function drawExtra(dice: Dice, name: (typeof extras)[number], telephony: DrawnPolicy): Settings {
	const digit = extras.indexOf(name) + 3;
	return {
		...telephony,
		acknowledgeSeconds: dice.pick([telephony.acknowledgeSeconds, Math.max(60, Math.floor(telephony.acknowledgeSeconds / 2))]),
		tiers: dice.several(dice.whole(1, 2), (index) => {
			const service = { kind: "pagerduty", service: `${name}-${index + 1}`, serviceId: `PEXTRA${digit}${index}` };
			const sms = { kind: "sms", to: `+155555503${digit}${index}` };
			return { name: `${name}-${index + 1}`, channels: dice.pick<unknown>([[service, sms], [service], [sms, service]]) };
		}),
	};
}

/** Somebody of another policy answers, where there is one. */
export function drawAnswersElsewhere(dice: Dice, { policies }: Settings, lasts: number): readonly Verb[] {
	const names = extras.filter((name) => Object.hasOwn(Object(policies), name));
	const [first, ...others] = names;
	if (first === undefined || !dice.chance(0.5)) return [];
	const at = secondsText(dice.whole(150, (lasts - 1) * 60));
	return [{ at, do: "acknowledge", service: `${dice.pick([first, ...others])}-1`, by: "Cleo" }];
}
