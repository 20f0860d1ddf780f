import { describe, expect, test } from "vitest";
import {
	dispatchVisibilitySeconds,
	eventVisibilitySeconds,
	type FunctionTimeout,
	functionTimeouts,
} from "../../../components/functions/functionTimeouts.ts";
import { ledgerActions } from "../../../components/genesys/ledgerActions.ts";
import { longestAwsCallSeconds, timeoutSeconds } from "../../../functions/edges/timeouts.ts";

const rows: readonly (FunctionTimeout & { readonly name: string })[] = Object.entries(functionTimeouts).map(([name, row]) => ({
	name,
	...row,
}));

describe("what a function asks outside fits into its timeout, when everything is slow at once", () => {
	const ways = rows.flatMap(({ longRuns = [], ...row }) => longRuns.map((run) => ({ ...row, ...run })));

	test.each(ways)("$name: $way", ({ seconds, aws, genesys = 0, vendor = 0, remediator = 0 }) => {
		const sum =
			aws * longestAwsCallSeconds +
			genesys * timeoutSeconds.genesys +
			vendor * timeoutSeconds.vendor +
			remediator * timeoutSeconds.remediator;
		expect(sum).toBeGreaterThan(0);
		expect(sum).toBeLessThan(seconds);
	});

	test("of every function that does not look at the time that it has left", () => {
		expect(rows.flatMap(({ name, longRuns }) => (longRuns === undefined ? [name] : []))).toEqual(["poller", "overseer", "listener"]);
	});

	test("a schedule's function is gone when its next minute comes", () => {
		for (const name of ["poller", "overseer"] as const) expect(functionTimeouts[name].seconds).toBeLessThan(60);
	});
});

test("one AWS call that hangs takes less than any function has", () => {
	expect(longestAwsCallSeconds).toBeLessThan(Math.min(...rows.map(({ seconds }) => seconds)) / 4);
});

test("the queue hides a message for six times the timeout of its function", () => {
	expect(dispatchVisibilitySeconds).toBe(6 * functionTimeouts.dispatcher.seconds);
	expect(eventVisibilitySeconds).toBe(6 * functionTimeouts.listener.seconds);
});

test("the workflow waits for the ledger longer than the ledger's function may run", () => {
	for (const { timeoutSeconds: waited } of Object.values(ledgerActions("base").actions))
		expect(waited).toBeGreaterThan(functionTimeouts.ledger.seconds);
});
