import { incident, page, reading, remediation, seconds } from "../fixtures.ts";
import { failing, first, type Golden, means, site, trunks } from "./goldenConditions.ts";

const text = page({ channel: "sms", kind: "sms", state: "presumed", presumedAt: seconds(40), lastAttemptAt: seconds(30) });
const run = { mode: "auto", reason: "x", remedy: remediation().remedy, by: "workflow", undoAttempts: 0 } as const;
const group = { id: "5f2c1a9e-8b7d-4c36-9a10-2e64d0b7f3c8", kind: "emergency-group" } as const;
const remedies = (
	[
		[{ ...run, mode: "approve", state: "offered", expiresAt: seconds(300) }, "webhook waits for an approval until 08:05 UTC"],
		[{ ...run, state: "skipped", reason: "people-paged" }, "webhook was not tried: people paged"],
		[{ ...run, state: "intended" }, "webhook is being tried by the workflow"],
		[{ ...run, state: "failed", reason: "not-found", by: "overseer" }, "webhook was tried by the overseer and refused: not found"],
		[
			{ ...run, state: "in-effect", by: "person", actedAt: seconds(60), verifyBy: seconds(240) },
			"webhook was tried after a person approved it at 08:01 UTC and has until 08:04 UTC to help",
		],
		[
			{ ...run, state: "helped", remedy: { kind: group.kind, groupId: group.id }, actedAt: seconds(60), verifiedAt: seconds(120) },
			`emergency group ${group.id} was tried by the workflow at 08:01 UTC and helped at 08:02 UTC`,
		],
		[{ ...run, state: "undoing", reason: "still-failing" }, "webhook was tried by the workflow and is being undone: still failing"],
		[
			{ ...run, state: "undone", remedy: { kind: "ssm", document: "Failover" }, reason: "still-failing" },
			"document Failover was tried by the workflow and was undone: still failing",
		],
		[
			{ ...run, state: "undo-failed", reason: "relapsed" },
			"webhook was tried by the workflow and could not be undone (relapsed): undo it by hand",
		],
	] as const
).map(
	([remedy, said]): Golden => ({
		name: `a remedy that is ${remedy.state}`,
		told: { incident: incident({ remedy }), now: seconds(90) },
		body: [
			"[DEV] SIP trunk Frankfurt-1 is down",
			"Since: 2026-01-05 08:00 UTC (1 minute ago)",
			"Severity: high",
			"How bad at 08:00 UTC: 0 of 2 edges carry it",
			means("trunk-down"),
			`Remedy: ${said}`,
			"Reference: inc:1:dev:trunk-down:base-1, occurrence 1",
			trunks,
		],
	}),
);

const member = (name: string, change = {}) => ({ id: name, name, since: seconds(0), ...change });
const listed = [
	member("T-1", { place: "Edge A", location: { site } }),
	member("T-2", { endedAt: seconds(30) }),
	...Array.from({ length: 12 }, (_, index) => member(`T-${index + 3}`)),
];

const stories: readonly Golden[] = [
	{
		name: "a group: whoever still fails, and how many",
		told: {
			incident: failing(
				{ condition: "trunk-down", id: "group", name: "14 SIP trunks", reason: "many-at-once", metrics: {} },
				{
					summary: "13 of 14 SIP trunks are still down: T-1, T-3",
					members: { listed, joined: 14, failing: 13, lastJoinedAt: seconds(0), announced: "14 of 14" },
				},
			),
		},
		body: [
			"[DEV] 13 of 14 SIP trunks are still down: T-1, T-3",
			"Since: 2026-01-05 08:00 UTC",
			"Severity: high",
			means("trunk-down"),
			"Failing: 13 of 14",
			"- T-1 (Edge A, Frankfurt), since 08:00 UTC",
			...Array.from({ length: 11 }, (_, index) => `- T-${index + 3}, since 08:00 UTC`),
			"- and 1 more",
			"Reference: inc:1:dev:trunk-down:group, occurrence 1",
			trunks,
		],
	},
	{
		name: "a relapse, with an answer and a channel that informs",
		told: {
			incident: incident({
				occurrence: 2,
				clearSince: seconds(-780),
				acknowledged: { by: "Ada", at: seconds(300), tier: 1, channel: "pagerduty" },
				pages: [first, text],
				notices: [page({ channel: "chat", kind: "pagerduty", state: "accepted", acceptedAt: seconds(20), lastAttemptAt: seconds(20) })],
			}),
			page: first,
			now: seconds(7500),
		},
		body: [
			"[DEV] SIP trunk Frankfurt-1 is down; failed again after 13 minutes",
			"Since: 2026-01-05 08:00 UTC (2 hours 5 minutes ago)",
			"Severity: high",
			"How bad at 08:00 UTC: 0 of 2 edges carry it",
			means("trunk-down"),
			"Acknowledged: by Ada at 08:05 UTC (tier 1, pagerduty)",
			"Also told:",
			"- tier 1, sms: taken by the carrier at 08:00 UTC, which says no more",
			"- tier 1, chat: sent at 08:00 UTC, not proven",
			"Reference: inc:1:dev:trunk-down:base-1, occurrence 2, tier 1",
			trunks,
		],
	},
	{
		name: "an end, a day later",
		told: {
			incident: incident({ state: "recovered", recoveredAt: seconds(90_061), pages: [first] }),
			page: page({ purpose: "recovery" }),
			now: seconds(90_100),
		},
		body: [
			"[DEV] SIP trunk Frankfurt-1 is down",
			"Since: 2026-01-05 08:00 UTC",
			"Over since: 2026-01-06 09:01 UTC (after 1 day 1 hour)",
			"Severity: high",
			"How bad at 08:00 UTC: 0 of 2 edges carry it",
			means("trunk-down"),
			"Reference: inc:1:dev:trunk-down:base-1, occurrence 1, tier 1",
			trunks,
		],
	},
	{
		name: "a round that asks everybody anew, with an approval that somebody may give",
		told: {
			incident: incident({
				round: 2,
				pages: [first, page({ round: 2, state: "sending", lastAttemptAt: seconds(4000) })],
				remedy: { ...run, mode: "approve", state: "offered", expiresAt: seconds(4300), link: "https://approve.test/1" },
			}),
			page: page({ round: 2, tier: 2 }),
			now: seconds(4060),
		},
		body: [
			"[DEV] SIP trunk Frankfurt-1 is down; still failing, open since 2026-01-05T08:00Z",
			"Since: 2026-01-05 08:00 UTC (1 hour 7 minutes ago)",
			"Severity: high",
			"How bad at 08:00 UTC: 0 of 2 edges carry it",
			means("trunk-down"),
			"Remedy: webhook waits for an approval until 09:11 UTC",
			"Also told:",
			"- tier 1, pagerduty, round 2: being sent since 09:06 UTC",
			"- tier 1, pagerduty, round 1: reached at 08:00 UTC",
			"Reference: inc:1:dev:trunk-down:base-1, occurrence 1, tier 2",
			trunks,
			"Approve the remedy until 09:11 UTC: https://approve.test/1",
		],
	},
	{
		name: "another system's alert",
		told: {
			incident: incident({
				reading: (({ raw: _raw, ...kept }) => kept)(
					reading({ source: "webhook", confirmed: true, reason: "no answer\nto OPTIONS", metrics: {} }),
				),
			}),
		},
		body: [
			"[DEV] SIP trunk Frankfurt-1 is down",
			"Since: 2026-01-05 08:00 UTC",
			"Severity: high",
			means("trunk-down"),
			"Reported by: another system's alert (no answer to OPTIONS)",
			"Reference: inc:1:dev:trunk-down:base-1, occurrence 1",
			trunks,
		],
	},
];

export const courses: readonly Golden[] = [...remedies, ...stories];
