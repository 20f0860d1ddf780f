import { readEverySeconds } from "../../functions/pipeline/limits/pace.ts";
import { type Instant, watchedConditions } from "../../functions/pipeline/model/incident.ts";
import { canAcknowledge } from "../../functions/pipeline/page/link.ts";
import { everyChannel } from "../../functions/pipeline/route/policy.ts";
import type { Channel, EscalationPolicy, Limits, RunbookTable, RuntimeSettings } from "../../functions/pipeline/settings.ts";
import { credentialsOf } from "../../vendors/credentials.ts";
import { channelKinds, vendorOf } from "../../vendors/kinds.ts";
import { drillWarnings } from "./drillWarnings.ts";
import { configPath } from "./problems.ts";
import { routeWarnings } from "./routeWarnings.ts";
import { windowWarnings } from "./windowWarnings.ts";

/** What may be deployed and does less than it says: one sentence each, with the names of the settings that contradict each other. */
export const warningsOf = (
	settings: Pick<
		RuntimeSettings,
		"environment" | "policies" | "hours" | "routes" | "windows" | "drills" | "runbooks" | "limits" | "webhook"
	>,
	now: Instant,
): readonly string[] => [
	...Object.entries(settings.policies).flatMap(policyWarnings),
	...routeWarnings(settings),
	...windowWarnings(settings, now),
	...drillWarnings(settings),
	...remediesInVain(settings.runbooks),
	...feedsInVain(settings.runbooks),
	...overLimits(everyChannel(settings), settings.limits),
	...manyCredentials(settings),
];

/** AWS takes so many characters of policies for a function's role: "IAM and AWS STS quotas" in its user guide. */
const mostPolicyCharacters = 10_240;
/** Of a secret's ARN all but the stack and the credential, with a prefix of usual length; and what the overseer's role has beside those. */
const usualCharacters = { arn: 95, others: 1500 };

/** The overseer's role names the secret of each credential. */
function manyCredentials(settings: Pick<RuntimeSettings, "environment" | "policies">): readonly string[] {
	const credentials = credentialsOf(everyChannel(settings)).map(({ credential }) => credential);
	const arns = credentials.map((name) => name.length + settings.environment.length + usualCharacters.arn);
	const characters = arns.reduce((total, each) => total + each, usualCharacters.others);
	if (characters <= mostPolicyCharacters) return [];
	return [
		`${configPath(["policies"])}: ${credentials.length} credentials make about ${characters} characters of the overseer's policy, and AWS takes ${mostPolicyCharacters}: have fewer services, or "pulumi up" will be refused`,
	];
}

type PolicyPath = (...path: readonly PropertyKey[]) => string;

function policyWarnings([name, policy]: readonly [string, EscalationPolicy]): readonly string[] {
	const path: PolicyPath = (...rest) => configPath(["policies", name, ...rest]);
	return [...crowded(policy, path), ...slowReads(policy, path), ...unanswerable(policy, path), ...reopensInVain(policy, path)];
}

/** Stale incidents are escalated whatever the workflow is doing: the last tiers would be paged before it was their turn. */
function crowded({ tiers, acknowledgeSeconds, staleSeconds }: EscalationPolicy, policyPath: PolicyPath): readonly string[] {
	const whole = tiers.length * acknowledgeSeconds;
	if (whole <= staleSeconds) return [];
	const sum = `${tiers.length} tiers × ${acknowledgeSeconds} s = ${whole} s`;
	const paths = `${policyPath("acknowledgeSeconds")} and ${policyPath("staleSeconds")}`;
	return [
		`${paths}: expected all tiers to have their time (${sum}) within staleSeconds, got ${staleSeconds}: a stale incident is escalated before its turn`,
	];
}

/** A run of the workflow may do so much and no more. */
function slowReads(escalation: EscalationPolicy, policyPath: PolicyPath): readonly string[] {
	const { proofSeconds, readBackSeconds } = escalation;
	const every = readEverySeconds(escalation);
	if (every <= readBackSeconds) return [];
	return [
		`${policyPath("readBackSeconds")} and ${policyPath("proofSeconds")}: ${proofSeconds} s of reads every ${readBackSeconds} s are more than one run of the workflow may do for all channels; it reads every ${every} s`,
	];
}

function unanswerable({ tiers, acknowledgeLinks }: EscalationPolicy, policyPath: PolicyPath): readonly string[] {
	return tiers.flatMap(({ channels }, index) => {
		if (channels.some(({ kind }) => canAcknowledge(kind))) return [];
		const path = policyPath("tiers", index, "channels");
		const got = `expected a channel on which people can acknowledge (${channelKinds.filter(canAcknowledge).join(", ")}), got only ${channels.map(({ kind }) => kind).join(", ")}`;
		return acknowledgeLinks
			? [`${path}: ${got}: the signed link in its pages is the only way for this tier to acknowledge`]
			: [`${path} and ${policyPath("acknowledgeLinks")}: ${got}, and no links: nobody whom this tier reaches can stop the escalation`];
	});
}

/** An answer of any kind expires. */
function reopensInVain({ acknowledgedForSeconds, reopenSeconds }: EscalationPolicy, policyPath: PolicyPath): readonly string[] {
	if (reopenSeconds <= acknowledgedForSeconds) return [];
	const paths = `${policyPath("reopenSeconds")} and ${policyPath("acknowledgedForSeconds")}`;
	return [
		`${paths}: expected reopenSeconds to be at most acknowledgedForSeconds (${acknowledgedForSeconds}), got ${reopenSeconds}: an answer has expired before that`,
	];
}

/** Critical incidents go straight to people. */
function remediesInVain(runbooks: RunbookTable): readonly string[] {
	return watchedConditions.flatMap((condition) => {
		const { enabled, severity, remediation } = runbooks[condition] ?? {};
		if (enabled !== true || severity !== "critical" || typeof remediation !== "object" || remediation.mode !== "auto") return [];
		const path = (key: string): string => configPath(["runbooks", condition, ...key.split(".")]);
		return [
			`${path("severity")} and ${path("remediation.mode")}: a critical incident goes straight to people, so the remedy of mode auto is never begun`,
		];
	});
}

function feedsInVain(runbooks: RunbookTable): readonly string[] {
	const overflow = runbooks["queue-overflow"];
	if (overflow?.enabled !== true || runbooks["trunk-down"]?.enabled === true) return [];
	return overflow.queues.flatMap(({ fedBy = [] }, index) =>
		fedBy.length === 0
			? []
			: [
					`${configPath(["runbooks", "queue-overflow", "queues", index, "fedBy"])} and ${configPath(["runbooks", "trunk-down", "enabled"])}: nobody looks whether a trunk is down, so none explains a queue's trouble`,
				],
	);
}

/** Our own budget keeps a vendor from refusing pages only where it is no larger than what the vendor takes. */
function overLimits(channels: readonly Channel[], { vendorRequestsPerMinute }: Limits): readonly string[] {
	const used = channelKinds.filter((kind) => channels.some((channel) => channel.kind === kind));
	const hosts = used.map(vendorOf).flatMap(({ system, hosts }) => Object.values(hosts).map((host) => ({ system, ...host })));
	return hosts.flatMap(({ system, limit, source }) => {
		if (limit === undefined || vendorRequestsPerMinute <= limit.requestsPerMinute) return [];
		const path = configPath(["limits", "vendorRequestsPerMinute"]);
		const takes = `${limit.requestsPerMinute} requests a minute for each ${limit.per} (${source})`;
		return [`${path}: expected no more than ${system} takes, ${takes}, got ${vendorRequestsPerMinute}: what is more it refuses`];
	});
}
