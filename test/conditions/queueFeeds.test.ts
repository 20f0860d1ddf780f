import { describe, expect, test } from "vitest";
import { afterPoll, selfCheck } from "../../functions/pipeline/detect/health.ts";
import { misconfigured } from "../../functions/pipeline/detect/rules.ts";
import { seconds, settings, trunk, zero } from "../functions/pipeline/fixtures.ts";
import { all, crowded, down, onEdgeA, poller, queueKey, trunkKey } from "../functions/pipeline/pollWorld.ts";

const overflow = { ...all["queue-overflow"], queues: [{ name: "Support", fedBy: ["Frankfurt-1"] }] } as NonNullable<
	(typeof all)["queue-overflow"]
>;
const fedBy = (...feeds: readonly string[]) => ({ ...all, "queue-overflow": { ...overflow, queues: [{ name: "Support", fedBy: feeds }] } });
const renamed = { ...down, name: "Frankfurt-West", trunkBase: { ...down.trunkBase, name: "Frankfurt-West" } };

const saying = (...feeds: readonly string[]) =>
	`no trunk has the name or the id ${feeds.join(", ")}, which fedBy names: it explains no queue's trouble`;

describe("what feeds a queue", () => {
	test.each([
		{ name: "a name that a trunk has", feeds: ["Frankfurt-1"], unknown: [] },
		{ name: "an id that a trunk's base has", feeds: ["base-1"], unknown: [] },
		{ name: "a slip, once however often it stands there", feeds: ["Frankfrut-1", "Frankfurt-1", "Frankfrut-1"], unknown: ["Frankfrut-1"] },
		{ name: "an instance's own id, which is no trunk", feeds: ["trunk-1"], unknown: ["trunk-1"] },
	])("$name", ({ feeds, unknown }) => {
		expect(misconfigured({ now: zero, trunks: [trunk()] }, fedBy(...feeds))).toEqual(unknown.length === 0 ? [] : [saying(...unknown)]);
	});

	test("a trunk that is deleted is none any more", () => {
		expect(misconfigured({ now: zero, trunks: [trunk({ state: "deleted" })] }, fedBy("Frankfurt-1"))).toEqual([saying("Frankfurt-1")]);
	});

	test("nothing is said where the trunks were not read, or no queue is watched", () => {
		expect(misconfigured({ now: zero }, fedBy("nobody"))).toEqual([]);
		expect(misconfigured({ now: zero, trunks: [] }, { ...all, "queue-overflow": { ...overflow, enabled: false } })).toEqual([]);
		expect(misconfigured({ now: zero, trunks: [] }, {})).toEqual([]);
	});
});

describe("a trunk that is renamed", () => {
	test("still explains its queue's trouble where the settings give its id", async () => {
		const { polls, opened, logged } = poller(fedBy("base-1"));
		await polls(2, { trunks: [renamed], queues: [crowded] });
		expect(opened()).toEqual([trunkKey]);
		expect(logged.filter(({ what }) => what === "error")).toEqual([]);
	});

	test("is told once a poll where they give its old name, in the health too, and is no failed poll", async () => {
		const { polls, opened, logged, health } = poller(fedBy("Frankfurt-1", "Berlin-9"));
		await polls(2, { trunks: [renamed], queues: [crowded] });
		expect(opened()).toEqual([trunkKey, queueKey]);
		const detail = saying("Frankfurt-1", "Berlin-9");
		expect(logged.filter(({ what }) => what === "error")).toEqual(Array(2).fill({ what: "error", outcome: "misconfigured", detail }));
		expect(await health()).toEqual({ firstSeenAt: zero, okAt: seconds(60), failures: 0, detail });
		await polls(1, { trunks: [onEdgeA] });
		expect((await health()).detail).toMatch(/Berlin-9/);
	});

	test("a remark makes no incident of the poller's own, and a failure comes before it", () => {
		const remarked = afterPoll(undefined, undefined, zero, "a remark");
		expect(selfCheck(remarked, settings.limits, zero).map(({ signal }) => signal)).toEqual(["close", "close", "close"]);
		expect(afterPoll(remarked, { reason: "timeout", detail: "too late" }, zero, "a remark").detail).toBe("too late");
		expect(afterPoll(remarked, undefined, zero)).not.toHaveProperty("detail");
	});
});
