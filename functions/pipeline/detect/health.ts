import type { OverseerRunbook } from "../../../conditions/condition.ts";
import { credentialsFailing } from "../../../conditions/credentialsFailing.ts";
import { detectorSilent } from "../../../conditions/detectorSilent.ts";
import { platformUnreachable } from "../../../conditions/platformUnreachable.ts";
import { type FailureReason, refusals } from "../model/failure.ts";
import type { Condition, Instant, Reading } from "../model/incident.ts";
import type { Limits } from "../settings.ts";
import type { Source } from "./sources.ts";

/** How the poller is doing, written at each poll, so that the overseer can tell a quiet system from a blind one. */
export interface PollerHealth {
	/** The overseer's first look, where the poller never wrote anything. */
	readonly firstSeenAt: Instant;
	readonly okAt?: Instant;
	/** Failed polls in a row. */
	readonly failures: number;
	readonly failedAt?: Instant;
	readonly failure?: FailureReason;
	/** What the failure was; of a poll that did not fail, what is wrong with the settings. */
	readonly detail?: string;
	/** Whether the same poll read something else: then the platform is there, and the detector sees a part of it. */
	readonly partly?: true;
	/** The order in which the next poll reads, where this one did not come to all: what it missed is first. */
	readonly next?: readonly Source[];
}

/** The first failure of a poll. */
export interface FailedPoll extends Pick<PollerHealth, "partly" | "next"> {
	readonly reason: FailureReason;
	readonly detail: string;
}

/** The health after one more poll; `remark` is what is wrong without being a failure. */
export function afterPoll(before: PollerHealth | undefined, failed: FailedPoll | undefined, now: Instant, remark?: string): PollerHealth {
	const first = before?.firstSeenAt ?? now;
	if (failed === undefined) return { firstSeenAt: first, okAt: now, failures: 0, ...(remark === undefined ? {} : { detail: remark }) };
	const { reason, ...rest } = failed;
	const ok = before?.okAt === undefined ? {} : { okAt: before.okAt };
	return { firstSeenAt: first, ...ok, failures: (before?.failures ?? 0) + 1, failedAt: now, failure: reason, ...rest };
}

/** What the self-check concludes: a configuration failure, an infrastructure failure, or a poller that is not there. */
export interface SelfCheck {
	readonly condition: Extract<Condition, "credentials-failing" | "platform-unreachable" | "detector-silent">;
	readonly signal: "open" | "close";
	readonly reason: string;
}

/**
 * Decides about the overseer's own conditions; "close" repeats while all is well and costs nothing where nothing is open.
 * A silent poller says nothing of the others: they stay as they are. So do they while polls go on failing in another way: what fails now in
 * part and now in whole would else be news at every poll.
 */
export function selfCheck(
	health: PollerHealth,
	limits: Pick<Limits, "detectorSilentSeconds" | "failedPollsToOpen">,
	now: Instant,
): readonly SelfCheck[] {
	const spoke = Math.max(health.okAt ?? health.firstSeenAt, health.failedAt ?? health.firstSeenAt);
	const quiet = Math.floor((now - spoke) / 1000);
	if (quiet >= limits.detectorSilentSeconds)
		return [{ condition: "detector-silent", signal: "open", reason: `the poller has reported nothing for ${quiet} s` }];
	const found = health.failures < limits.failedPollsToOpen ? undefined : conditionOf(health);
	const check = (condition: SelfCheck["condition"], reason: string): readonly SelfCheck[] =>
		found === undefined || condition === found ? [{ condition, signal: found === undefined ? "close" : "open", reason }] : [];
	const failed = `${health.failures} polls failed in a row: ${health.detail ?? health.failure ?? "no detail"}`;
	const why = health.failures === 0 ? "the last poll read all that it watches" : failed;
	return [
		...check("detector-silent", found === "detector-silent" ? `it sees only a part: ${why}` : why),
		...check("credentials-failing", why),
		...check("platform-unreachable", why),
	];
}

/** What failing polls mean. Where the same poll read something else, or our own allowance was spent, "unreachable" would be too big a word. */
function conditionOf({ failure, partly }: PollerHealth): SelfCheck["condition"] {
	if (failure !== undefined && refusals.includes(failure)) return "credentials-failing";
	return partly === true || failure === "budget-spent" ? "detector-silent" : "platform-unreachable";
}

/** Which of the overseer's own incidents a self-check opens. */
const runbookOf: Readonly<Record<SelfCheck["condition"], OverseerRunbook>> = {
	"detector-silent": detectorSilent,
	"credentials-failing": credentialsFailing,
	"platform-unreachable": platformUnreachable,
};

/** A self-check as a reading, so that it takes the way of every other failure. */
export function selfReading(check: SelfCheck, health: PollerHealth, now: Instant): Reading {
	const { entity, severity } = runbookOf[check.condition];
	return {
		schema: "genesyscloud-runbooks/reading/1",
		condition: check.condition,
		entity,
		severity,
		verdict: check.signal === "open" ? "breach" : "clear",
		reason: check.reason,
		observedAt: now,
		metrics: { failures: health.failures },
		source: "overseer",
		raw: health,
	};
}
