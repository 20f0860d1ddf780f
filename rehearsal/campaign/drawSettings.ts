import { Dice } from "./dice.ts";
import { drawWebhook } from "./drawAlerts.ts";
import { drawIntermittent, drawRounds } from "./drawPolicy.ts";
import { drawRouting } from "./drawRouting.ts";
import { drawWindows } from "./drawSilences.ts";
import { drawVendors } from "./drawVendors.ts";

/** A number that is mostly the usual one, and sometimes at one end of what the settings allow, or anywhere between. */
function number(dice: Dice, usual: number, least: number, most: number): number {
	return dice.weighted([
		[8, () => usual],
		[1, () => least],
		[1, () => most],
		[1, () => dice.small(least, most)],
	])();
}

const names = ["primary", "secondary", "third", "fourth"] as const;

type Settings = Readonly<Record<string, unknown>>;

/** The settings of one profile, laid over those of the stack: always valid, at the ends of what is valid now and then. */
export function drawSettings(profile: number): Settings {
	const dice = new Dice(profile * 7919 + 17);
	// One in four is the stack as it is.
	if (dice.chance(0.25)) return {};
	const escalation = drawEscalation(dice);
	const limits = drawLimits(dice);
	const runbooks = drawRunbooks(dice, escalation.staleSeconds);
	const grouping = drawGrouping(dice);
	const { tiers, accounts } = drawVendors(profile, escalation.tiers);
	const telephony = { ...escalation, ...drawRounds(profile), tiers };
	const { policies, routing } = drawRouting(profile, telephony);
	// What came later has dice of its own: what was drawn before stays as it was.
	return {
		policies: { telephony, ...policies },
		...routing,
		limits:
			Object.keys(accounts).length === 0
				? limits
				: { ...limits, vendorRequestsPerMinute: Math.max(10, Number(limits.vendorRequestsPerMinute)) },
		runbooks: withIntermittent(profile, runbooks),
		grouping,
		...accounts,
		...drawWebhook(profile),
		...drawWindows(profile),
	};
}

function withIntermittent(profile: number, runbooks: ReturnType<typeof drawRunbooks>): Settings {
	const dice = new Dice(profile * 6151 + 31);
	return Object.fromEntries(
		Object.entries(runbooks).map(([name, runbook]) => [name, { ...runbook, ...drawIntermittent(dice, runbook.breachesToOpen) }]),
	);
}

function drawEscalation(dice: Dice) {
	const attemptsPerChannel = dice.weighted([
		[6, 3],
		[1, 1],
		[1, 2],
	]);
	const longest = dice.weighted([
		[8, 60],
		[1, 3],
		[1, 900],
	]);
	const waitsSeconds = [Math.ceil(longest / 2), longest].slice(0, attemptsPerChannel - 1);
	const proofSeconds = number(dice, 60, 5, 900);
	const acknowledgeSeconds = number(dice, 300, 60, 3600);
	return {
		attemptsPerChannel,
		waitsSeconds,
		proofSeconds,
		readBackSeconds: Math.min(proofSeconds, number(dice, 10, 1, 300)),
		acknowledgeSeconds,
		staleSeconds: Math.max(acknowledgeSeconds + 1, number(dice, 900, 120, 7200)),
		tiers: dice.several(
			dice.weighted([
				[2, 1],
				[5, 2],
				[2, 3],
				[1, 4],
			]),
			(index) => ({
				name: names[index] ?? names[0],
				channels: drawChannels(dice, index),
			}),
		),
	};
}

/** One to three channels of a tier; two of a kind have names of their own. */
function drawChannels(dice: Dice, tier: number): readonly Settings[] {
	const service = (suffix: string): Settings => ({
		kind: "pagerduty",
		service: `${names[tier]}${suffix}`,
		serviceId: `PSERVICE${tier}${suffix === "" ? 0 : 1}`,
	});
	const sms = { kind: "sms", to: `+1555555010${tier}` };
	return dice.weighted([
		[6, [service(""), sms]],
		[2, [service("")]],
		[1, [sms]],
		[1, [sms, service("")]],
		[1, [service(""), { ...service("-two"), name: "pagerduty-two" }, sms]],
		[1, [service(""), sms, { ...sms, name: "sms-two", to: `+1555555020${tier}` }]],
	]);
}

const drawGrouping = (dice: Dice): Settings | false =>
	dice.chance(0.3) ? false : { over: number(dice, 5, 1, 100), withinSeconds: number(dice, 120, 60, 3600) };

function drawLimits(dice: Dice): Settings {
	return {
		incidentsInResponse: number(dice, 10, 1, 100),
		genesysRequestsPerMinute: number(dice, 300, 10, 300),
		genesysShare: dice.weighted([
			[8, 0.8],
			[1, 0.1],
			[1, 1],
		]),
		vendorRequestsPerMinute: number(dice, 60, 1, 240),
		takeOverSeconds: number(dice, 60, 30, 900),
		detectorSilentSeconds: number(dice, 300, 120, 1800),
		failedPollsToOpen: number(dice, 3, 1, 15),
		keepClosedDays: number(dice, 400, 1, 3650),
	};
}

function drawRunbooks(dice: Dice, staleSeconds: number) {
	const streaks = (breaches: number) => ({
		breachesToOpen: number(dice, breaches, 1, 10),
		clearsToClose: number(dice, 3, 1, 10),
		severity: dice.pick(["critical", "high", "medium", "low"]),
	});
	return {
		"trunk-down": { ...streaks(2), remediation: drawRemediation(dice, staleSeconds) },
		"trunk-degraded": { ...streaks(3), enabled: dice.chance(0.7) },
		"edge-offline": { ...streaks(2), enabled: dice.chance(0.7) },
		"queue-overflow": { ...streaks(2), waitingOver: number(dice, 20, 0, 100) },
	};
}

function drawRemediation(dice: Dice, staleSeconds: number): unknown {
	if (staleSeconds <= 120 || dice.chance(0.8)) return "observe";
	const remedy = dice.pick<Settings>([
		{ kind: "emergency-group", groupId: "3f0c8a54-6f0e-4c11-9d2b-7b1f5f2f9a10" },
		{ kind: "webhook", url: "https://remedies.example.com/carrier" },
		{ kind: "ssm", document: "Restart-Carrier", undoDocument: "Undo-Restart-Carrier" },
	]);
	return {
		mode: dice.pick(["approve", "auto"]),
		remedy,
		windowSeconds: Math.min(staleSeconds - 1, number(dice, 300, 60, 900)),
		cooldownSeconds: number(dice, 3600, 60, 7200),
	};
}
