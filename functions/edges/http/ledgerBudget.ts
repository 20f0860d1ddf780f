import { acquireTokens, type Bucket, type Bulk } from "../../pipeline/limits/budget.ts";
import { type Budget, type Clock, EdgeError, type Ledger, type Stored } from "../../pipeline/ports.ts";
import { pauseAfterLostRace, realTimers, type Timers } from "../timers.ts";
import { failure } from "./http.ts";

const maximumTries = 8;
/** Long after every token has come back: an item that is gone is a full bucket. */
const keptFor = 3_600_000;

/**
 * One token bucket for each name, in the ledger, shared by all functions. Throws EdgeError "budget-spent" when it is empty, and only
 * then. A ledger that does not answer grants, and so do lost races against others, eight in a row: a limit is worth less than a page.
 */
export function ledgerBudget(ledger: Ledger, clock: Clock, timers: Pick<Timers, "sleep" | "random"> = realTimers): Budget {
	const acquireUpTo = async (name: string, perMinute: number, bulk: Bulk): Promise<number> => {
		if (!(perMinute >= 1)) throw failure("misconfigured", `budget ${name}: expected at least 1 request a minute, got ${perMinute}`);
		try {
			return await acquireFrom({ ledger, clock, timers }, name, Math.floor(perMinute), bulk);
		} catch (error) {
			if (error instanceof EdgeError && error.reason !== "budget-spent") return bulk.wanted;
			throw error;
		}
	};
	return {
		take: async (name, perMinute, leaving = 0) => {
			await acquireUpTo(name, perMinute, { wanted: 1, leaving });
		},
		acquireUpTo,
	};
}

interface BudgetParts {
	readonly ledger: Ledger;
	readonly clock: Clock;
	readonly timers: Pick<Timers, "sleep" | "random">;
}

async function acquireFrom({ ledger, clock, timers }: BudgetParts, name: string, perMinute: number, bulk: Bulk): Promise<number> {
	const key = `bucket:1:${name}`;
	for (let attempt = 1; attempt <= maximumTries; attempt += 1) {
		const stored = await ledger.read(key);
		const now = clock.now();
		const { granted, bucket, retryAfterSeconds, tokens } = acquireTokens(bucketOf(stored), now, perMinute, bulk);
		if (!granted) {
			const left = bulk.leaving ? `no more than the ${bulk.leaving} that are kept for pages` : "none left";
			throw failure("budget-spent", `budget ${name}: expected one of ${perMinute} requests a minute, got ${left}`, retryAfterSeconds);
		}
		if ((await ledger.write(key, bucket, stored?.version ?? 0, { exp: now + keptFor })) === "written") return tokens;
		await pauseAfterLostRace(timers, attempt - 1);
	}
	return bulk.wanted;
}

/** What cannot be read as a bucket counts as a full one; the next write mends it. */
function bucketOf(stored: Stored | undefined): Bucket | undefined {
	const value = stored?.value;
	return isBucket(value) ? value : undefined;
}

function isBucket(value: unknown): value is Bucket {
	if (typeof value !== "object" || value === null || !("taken" in value) || !Array.isArray(value.taken)) return false;
	return value.taken.every((each: unknown) => typeof each === "object" && each !== null && "slot" in each && "count" in each);
}
