import { describe, expect, test } from "vitest";
import { selfCheck } from "../../../../functions/pipeline/detect/health.ts";
import type { Ledger } from "../../../../functions/pipeline/ports.ts";
import { seconds, settings, trunk } from "../fixtures.ts";
import { all, broken, down, onEdgeA, poller, trunkKey } from "../pollWorld.ts";

/** A ledger that refuses to write the items whose key begins so. */
const refusing =
	(prefix: string) =>
	(ledger: Ledger): Ledger => ({
		...ledger,
		write: async (key, ...rest) => {
			if (key.startsWith(prefix)) throw broken("unavailable");
			return ledger.write(key, ...rest);
		},
	});

describe("a poll that could not judge what it read", () => {
	test("is a failed one, and three of them are a poller that sees only a part", async () => {
		const { polls, health, logged } = poller(all, refusing("streaks:"));
		await polls(3, { trunks: [down] });
		expect(await health()).toEqual({
			firstSeenAt: seconds(0),
			failures: 3,
			failedAt: seconds(120),
			failure: "unavailable",
			detail: "what was read could not be judged: it is unavailable",
			partly: true,
		});
		const opened = selfCheck(await health(), settings.limits, seconds(120)).filter(({ signal }) => signal === "open");
		expect(opened.map(({ condition }) => condition)).toEqual(["detector-silent"]);
		expect(logged.filter(({ what }) => what === "error").map(({ outcome }) => outcome)).toContain("unavailable");
	});

	test("is over with the next poll that judges all", async () => {
		let refuses = true;
		const { polls, health } = poller(all, (ledger) => ({
			...ledger,
			write: async (...write) => (refuses ? refusing("streaks:")(ledger) : ledger).write(...write),
		}));
		await polls(2);
		refuses = false;
		await polls(1);
		expect(await health()).toEqual({ firstSeenAt: seconds(0), okAt: seconds(120), failures: 0 });
	});

	test("where one entity has an id that no key holds, judges the others and says so", async () => {
		const strange = trunk({ id: "t-9", trunkBase: { id: "base 9 / ü", name: "Strange" }, connected: false });
		const { polls, opened, health } = poller(all);
		await polls(2, { trunks: [strange, down] });
		expect(opened()).toEqual([trunkKey]);
		expect(await health()).toMatchObject({ failures: 2, failure: "malformed", partly: true });
		expect((await health()).detail).toContain("base 9");
	});

	test("says first what could not be read", async () => {
		const { polls, health } = poller(all, refusing("streaks:"));
		await polls(1, { trunks: broken("forbidden") });
		expect(await health()).toMatchObject({ failures: 1, failure: "forbidden", detail: "it is forbidden" });
	});
});

test("health is written after the judging, so that a poll which dies in between is not a good one", async () => {
	const written: string[] = [];
	const { polls } = poller(all, (ledger) => ({
		...ledger,
		write: async (key, ...rest) => {
			written.push(key.split(":")[0] ?? "");
			return ledger.write(key, ...rest);
		},
	}));
	await polls(1, { trunks: [onEdgeA] });
	expect(written.at(-1)).toBe("poller");
	expect(written.filter((kind) => kind === "poller")).toHaveLength(1);
});
