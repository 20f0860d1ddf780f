import { runbookOf } from "../../../../conditions/runbooks.ts";
import type { Condition, Incident, Location, Reading } from "../../../../functions/pipeline/model/incident.ts";
import { summarize } from "../../../../functions/pipeline/normalize/rules.ts";
import type { Told } from "../../../../functions/pipeline/page/told.ts";
import { incident, page, reading, seconds, settings } from "../fixtures.ts";

interface Failing {
	readonly condition: Condition;
	readonly id?: string;
	readonly name?: string;
	readonly reason?: string;
	readonly metrics?: Reading["metrics"];
	readonly place?: string;
	readonly location?: Location;
}

const queueId = "0d3f6f52-6c1e-4a57-9f0e-1f5f4a3c2b10";

/** An incident of a condition, with the summary that its runbook says. */
export function failing({ condition, id = "base-1", name = "Frankfurt-1", ...said }: Failing, change: Partial<Incident> = {}): Incident {
	const severity = runbookOf(condition)?.severity ?? "high";
	const read = reading({ condition, entity: { id, name }, severity, ...said });
	const { raw: _raw, ...kept } = read;
	const key = `inc:1:dev:${condition}:${id}`;
	return incident({ key, condition, entityId: id, entityName: name, severity, summary: summarize(read), reading: kept, ...change });
}

/** A page and the lines that it says. */
export interface Golden {
	readonly name: string;
	readonly told: Partial<Told> & Pick<Told, "incident">;
	readonly body: readonly string[];
}

export const site = { id: "s", name: "Frankfurt" };
const division = { id: "d", name: "Home" };
export const trunks = "Genesys Cloud: https://apps.mypurecloud.de/directory/#/engage/telephonyAdmin/trunks/external";
const edges = "Genesys Cloud: https://apps.mypurecloud.de/directory/#/engage/telephonyAdmin/edges";
export const means = (condition: Condition): string => `What it means: ${runbookOf(condition)?.why}`;
export const first = page({ state: "proven", provenAt: seconds(12) });
const refused = page({ channel: "sms", kind: "sms", state: "given-up", failure: "rejected", attempts: 3, lastAttemptAt: seconds(90) });
const common = { enabled: true, severity: "medium", breachesToOpen: 2, clearsToClose: 3, remediation: "observe" } as const;
const overflow = { ...common, waitingOver: 20, longestWaitSecondsOver: 300, queues: [] };
const tuned = { ...settings, runbooks: { "queue-overflow": overflow, "trunk-degraded": { ...common, scoreBelow: 0.85 } } };

export const conditions: readonly Golden[] = [
	{
		name: "a trunk that is down, on its second tier",
		told: {
			incident: failing(
				{
					condition: "trunk-down",
					metrics: { instances: 2, instancesUp: 0, optionsTotal: 4, optionsUp: 1, registersTotal: 0, registersUp: 0, calls: 1 },
					place: "Edge A",
					location: { site, division },
				},
				{
					pages: [first, refused],
					children: [{ key: "k", condition: "queue-overflow", name: "Support", since: seconds(70) }],
				},
			),
			page: page({ tier: 2 }),
			now: seconds(400),
			acknowledgeUrl: "https://hook.test/a/signed/key",
		},
		body: [
			"[DEV] SIP trunk Frankfurt-1 is down: not connected (up on 0 of 2 edges)",
			"Since: 2026-01-05 08:00 UTC (6 minutes ago)",
			"Severity: high",
			"How bad at 08:00 UTC: 0 of 2 edges carry it; 1 of 4 proxies answer OPTIONS; 1 call under way",
			"Where: edge Edge A, site Frankfurt, division Home",
			means("trunk-down"),
			"It brought with it:",
			"- Support (queue-overflow), since 08:01 UTC",
			"Also told:",
			"- tier 1, sms: not reached (rejected, 3 attempts)",
			"- tier 1, pagerduty: reached at 08:00 UTC",
			"Reference: inc:1:dev:trunk-down:base-1, occurrence 1, tier 2",
			trunks,
			"Acknowledge: https://hook.test/a/signed/key",
		],
	},
	{
		name: "a trunk that is degraded, with the threshold of the stack",
		told: {
			settings: tuned,
			incident: failing({
				condition: "trunk-degraded",
				reason: "qos-mismatches",
				metrics: { score: 0.612, optionsUp: 2, optionsTotal: 2, mismatchesDelta: 7, calls: 12 },
			}),
		},
		body: [
			"[DEV] SIP trunk Frankfurt-1 is degraded: health score 0.61, 7 new QoS mismatches in a minute",
			"Since: 2026-01-05 08:00 UTC",
			"Severity: medium",
			"How bad at 08:00 UTC: health score 0.61 of 1.00 (a breach below 0.85); 2 of 2 proxies answer OPTIONS; 7 new QoS mismatches in a minute; 12 calls under way",
			means("trunk-degraded"),
			"Reference: inc:1:dev:trunk-degraded:base-1, occurrence 1",
			trunks,
		],
	},
	{
		name: "an edge that is offline",
		told: {
			incident: failing({
				condition: "edge-offline",
				id: "e",
				name: "Edge A",
				reason: "offline",
				metrics: { online: 0 },
				location: { site },
			}),
		},
		body: [
			"[DEV] Edge Edge A is offline: it carries no calls",
			"Since: 2026-01-05 08:00 UTC",
			"Severity: high",
			"How bad at 08:00 UTC: 0 calls carried: it has no connection to Genesys Cloud",
			"Where: edge Edge A, site Frankfurt",
			means("edge-offline"),
			"Reference: inc:1:dev:edge-offline:e, occurrence 1",
			edges,
		],
	},
	{
		name: "a queue that overflows, with the limits and the page of the stack",
		told: {
			settings: { ...tuned, runbooks: { "queue-overflow": { ...overflow, page: "https://wiki.example/queues#overflow" } } },
			incident: failing({
				condition: "queue-overflow",
				id: queueId,
				name: "Support",
				reason: "too-many-waiting",
				metrics: { waiting: 31, longestWaitSeconds: 412, onQueueUsers: 1 },
				location: { division },
			}),
		},
		body: [
			"[DEV] Queue Support overflows: 31 waiting, the longest for 412 s (1 on queue)",
			"Since: 2026-01-05 08:00 UTC",
			"Severity: medium",
			"How bad at 08:00 UTC: 31 conversations wait (allowed: 20); the longest has waited 412 s (allowed: 300 s); 1 user on queue",
			"Where: queue Support, division Home",
			means("queue-overflow"),
			`Reference: inc:1:dev:queue-overflow:${queueId}, occurrence 1`,
			`Genesys Cloud: https://apps.mypurecloud.de/directory/#/admin/organization/queues/${queueId}`,
			"Runbook: https://wiki.example/queues#overflow",
		],
	},
	...(
		[
			["credentials-failing", "The token of PagerDuty", "refused (unauthorized) 2 times in a row: 401", "2 refusals in a row"],
			["detector-silent", "The poller", "the poller has reported nothing for 310 s", "2 polls in a row failed"],
			["platform-unreachable", "Genesys Cloud", "2 polls failed in a row: timeout", "2 polls in a row failed"],
		] as const
	).map(([condition, name, reason, numbers]) => ({
		name: condition,
		told: { incident: failing({ condition, id: "x", name, reason, metrics: { failures: 2 } }) },
		body: [
			`[DEV] ${name}: ${reason}`,
			"Since: 2026-01-05 08:00 UTC",
			"Severity: critical",
			`How bad at 08:00 UTC: ${numbers}`,
			means(condition),
			`Reference: inc:1:dev:${condition}:x, occurrence 1`,
			...(condition === "credentials-failing" ? ["Runbook: docs/credentials.md#x"] : []),
		],
	})),
];
