import type { Condition, Instant, Reading } from "./incident.ts";
import type { FailureReason } from "./ports.ts";
import type { Limits } from "./settings.ts";

/** How the poller is doing, written at each poll, so that the overseer can tell a quiet system from a blind one. */
export interface PollerHealth {
	/** The overseer's first look, where the poller never wrote anything. */
	readonly firstSeenAt: Instant;
	readonly okAt?: Instant;
	/** Failed polls in a row. */
	readonly failures: number;
	readonly failedAt?: Instant;
	readonly failure?: FailureReason;
	readonly detail?: string;
}

export function afterPoll(
	before: PollerHealth | undefined,
	failed: { readonly reason: FailureReason; readonly detail: string } | undefined,
	now: Instant,
): PollerHealth {
	const first = before?.firstSeenAt ?? now;
	if (failed === undefined) return { firstSeenAt: first, okAt: now, failures: 0 };
	const ok = before?.okAt === undefined ? {} : { okAt: before.okAt };
	return { firstSeenAt: first, ...ok, failures: (before?.failures ?? 0) + 1, failedAt: now, failure: failed.reason, detail: failed.detail };
}

/** What the self-check concludes: a configuration failure, an infrastructure failure, or a poller that is not there. */
export interface SelfCheck {
	readonly condition: Extract<Condition, "credentials-failing" | "platform-unreachable" | "detector-silent">;
	readonly signal: "open" | "close";
	readonly reason: string;
}

/** Reasons that say: the platform is there and refuses *us*. */
const configuration: readonly FailureReason[] = ["unauthorized", "forbidden", "misconfigured", "rejected", "not-found"];

/** Decides about each of the overseer's own conditions; "close" repeats while all is well and costs nothing where nothing is open. */
export function selfCheck(
	health: PollerHealth,
	limits: Pick<Limits, "detectorSilentSeconds" | "failedPollsToOpen">,
	now: Instant,
): readonly SelfCheck[] {
	const spoke = Math.max(health.okAt ?? health.firstSeenAt, health.failedAt ?? health.firstSeenAt);
	const silent = now >= spoke + limits.detectorSilentSeconds * 1000;
	const failing = !silent && health.failures >= limits.failedPollsToOpen;
	const ours = failing && health.failure !== undefined && configuration.includes(health.failure);
	const why = `${health.failures} polls failed in a row: ${health.detail ?? health.failure ?? "no detail"}`;
	const signal = (open: boolean): "open" | "close" => (open ? "open" : "close");
	return [
		{
			condition: "detector-silent",
			signal: signal(silent),
			reason: `the poller has reported nothing for ${Math.floor((now - spoke) / 1000)} s`,
		},
		{ condition: "credentials-failing", signal: signal(ours), reason: why },
		{ condition: "platform-unreachable", signal: signal(failing && !ours), reason: why },
	];
}

const entities: Readonly<Record<SelfCheck["condition"], { readonly id: string; readonly name: string }>> = {
	"detector-silent": { id: "poller", name: "The poller" },
	"credentials-failing": { id: "detector", name: "The detector's credentials for Genesys Cloud" },
	"platform-unreachable": { id: "genesys-cloud", name: "Genesys Cloud" },
};

/** A self-check as a reading, so that it takes the way of every other failure. */
export function selfReading(check: SelfCheck, health: PollerHealth, now: Instant): Reading {
	return {
		schema: "genesyscloud-runbooks/reading/1",
		condition: check.condition,
		entity: entities[check.condition],
		severity: "critical",
		verdict: check.signal === "open" ? "breach" : "clear",
		reason: check.reason,
		observedAt: now,
		metrics: { failures: health.failures },
		source: "overseer",
		raw: health,
	};
}
