import { secondsText } from "../scenario/spans.ts";
import { Dice } from "./dice.ts";
import type { World } from "./drawFailures.ts";
import type { Verb } from "./verbs.ts";

export type AlertFormat = Exclude<NonNullable<Extract<Verb, { do: "webhook" }>["format"]>, "reading">;

const alarmTopic = "arn:aws:sns:eu-central-1:123456789012:telephony-alarms";

/** What other systems watch, and Genesys Cloud does not see. */
const watched = ["probe-1", "probe-2"] as const;

/** Half of the profiles take alerts of other systems: all formats, so that any story may have any of them. */
export function drawWebhook(profile: number): { readonly webhook?: unknown } {
	const dice = new Dice(profile * 6151 + 37);
	if (dice.chance(0.5)) return {};
	const severity = dice.pick(["critical", "high", "medium", "low"]);
	const meant = (after: string) =>
		Object.fromEntries(watched.map((name) => [`${name}${after}`, { condition: "trunk-down", entityId: name, severity }]));
	return {
		webhook: {
			alertmanager: {},
			cloudwatch: { topicArns: [alarmTopic], alarms: meant("-down") },
			"genesys-alerting": { rules: meant("") },
			json: {
				probe: {
					alerts: "$.checks[*]",
					condition: "$.kind",
					conditions: { sip: "trunk-down" },
					entityId: "$.target.id",
					entityName: "$.target.name",
					verdict: "$.state",
					verdicts: { failed: "breach", passed: "clear" },
					changedAt: "$.since",
				},
			},
		},
	};
}

/** Another system tells that something fails, perhaps again and again, and at last that it is over. Some see a trunk that the polls see, too. */
export function alerted(dice: Dice, { trunks, takesAlerts }: World, lasts: number): readonly Verb[] {
	const format = dice.pick<AlertFormat>(["alertmanager", "cloudwatch", "genesys-alerting", "probe"]);
	const own = dice.pick(watched);
	const seen = trunks[dice.whole(0, trunks.length - 1)] ?? own;
	const trunk = dice.chance(0.3) && (format === "alertmanager" || format === "probe") ? seen : own;
	const from = dice.small(1, Math.max(1, lasts - 20)) * 60 + 10;
	const until = Math.max(from + 60, Math.min((lasts - 1) * 60, from + dice.whole(5, 90) * 60));
	const every = dice.pick([0, 60, 300]);
	const count = every === 0 ? 1 : Math.min(20, Math.ceil((until - from) / every));
	if (!takesAlerts) return [];
	const say = (at: number, verdict: "breach" | "clear"): Verb => ({
		at: secondsText(at),
		do: "webhook",
		format,
		trunk,
		verdict,
		repeats: 2,
	});
	return [...dice.several(count, (index) => say(from + index * every, "breach")), say(until, "clear"), say(until + 60, "clear")];
}
