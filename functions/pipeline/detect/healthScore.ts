/** What the score is computed from: sums over the instances of one trunk that carry calls. */
export interface HealthFacts {
	/** Proxies that answer SIP OPTIONS, and all that are asked; 0 of 0 where OPTIONS are not enabled. */
	readonly optionsUp: number;
	readonly optionsTotal: number;
	/** Registrations that hold, and all that are wanted; 0 of 0 where registration is not enabled. */
	readonly registersUp: number;
	readonly registersTotal: number;
	/** QoS mismatches since the look before, which may be negative (see `healthScore`); undefined where it is not known. */
	readonly mismatchesDelta: number | undefined;
	/** Calls in progress. */
	readonly calls: number;
}

export type HealthPart = "options" | "registers" | "qos";

export interface HealthScore {
	/** From 0 (nothing works) to 1 (nothing is wrong that can be seen). */
	readonly score: number;
	/** Each factor of the score, from 0 to 1. */
	readonly parts: Readonly<Record<HealthPart, number>>;
	/** The factor that lowers the score most. */
	readonly weakest: HealthPart;
}

/** Fewer calls than this count as this many: one bad call among two must not look like an outage. */
export const fewestCalls = 10;

/**
 * The health score of a trunk. It is *ours*: Genesys Cloud publishes no quality score of a trunk.
 *
 * `score = options × registers × qos`, each factor and the product from 0 to 1:
 * - `options` = proxies that answer OPTIONS ÷ proxies asked (1 where none is asked);
 * - `registers` = registrations that hold ÷ registrations wanted (1 where none is wanted);
 * - `qos` = 1 − min(1, new mismatches ÷ max(calls in progress, 10)), 1 where the change is not known.
 *
 * `mismatchCount` is the level of a sliding window of 24 hours: it falls when old mismatches leave the window, so only its rise
 * counts, `max(0, delta)`. It never gets worse when a proxy or a registration comes up, or when fewer mismatches are new.
 *
 * Weaknesses: a rise is hidden where as many old mismatches leave the window in the same minute; a factor says nothing where its probe
 * is not enabled; the calls are those of the moment of the look; latency, jitter and MOS are not in the trunk's metrics at all.
 */
export function healthScore(facts: HealthFacts): HealthScore {
	const { optionsUp, optionsTotal, registersUp, registersTotal, mismatchesDelta = 0, calls } = facts;
	const parts = {
		options: share(optionsUp, optionsTotal),
		registers: share(registersUp, registersTotal),
		qos: 1 - Math.min(1, Math.max(0, mismatchesDelta) / Math.max(calls, fewestCalls)),
	};
	const order: readonly HealthPart[] = ["options", "registers", "qos"];
	const weakest = order.reduce((least, part) => (parts[part] < parts[least] ? part : least));
	return { score: parts.options * parts.registers * parts.qos, parts, weakest };
}

const share = (up: number, total: number): number => (total <= 0 ? 1 : Math.min(1, Math.max(0, up / total)));
