import { describe, expect, test } from "vitest";
import { edgeA } from "../functions/pipeline/pollWorld.ts";
import { detectEdges, edge } from "./observing.ts";

describe("detectEdges", () => {
	test.each([
		{ name: "online", change: {}, verdict: "clear", reason: "online" },
		{ name: "offline", change: { online: false }, verdict: "breach", reason: "offline" },
		{ name: "taken out of service", change: { online: false, statusCode: "INACTIVE" }, verdict: "clear", reason: "out-of-service" },
		{ name: "inactive", change: { online: false, state: "inactive" }, verdict: "clear", reason: "out-of-service" },
		{
			name: "no status code says nothing against it",
			change: { online: false, statusCode: undefined },
			verdict: "breach",
			reason: "offline",
		},
		{ name: "no online status", change: { online: undefined }, verdict: "no-data", reason: "no-state" },
	])("$name → $verdict, $reason", ({ change, verdict, reason }) => {
		expect(detectEdges([edge(change)])).toEqual([expect.objectContaining({ condition: "edge-offline", id: "edge-1", verdict, reason })]);
	});

	test("each edge is judged by itself, in the order of the ids; a deleted one is none", () => {
		const found = detectEdges([edge({ id: "b", online: false }), edge({ id: "a" }), edge({ id: "c", state: "deleted" })]);
		expect(found.map(({ id, verdict }) => `${id} ${verdict}`)).toEqual(["a clear", "b breach"]);
	});
});

describe("an edge", () => {
	test.each([
		[{ online: true }, { online: 1 }, "online"],
		[{ online: false }, { online: 0 }, "offline"],
		[{ online: undefined }, {}, "no-state"],
		[{ online: true, statusCode: "active" }, { online: 1 }, "online"],
		[{ online: true, statusCode: "DISCONNECTED" }, { online: 1 }, "out-of-service"],
		[{ online: true, state: "inactive" }, { online: 1 }, "out-of-service"],
	])("%j is told with %j: %s", (change, metrics, reason) => {
		const edge = { ...edgeA, ...change };
		const [found] = detectEdges([edge]);
		expect(found).toMatchObject({ condition: "edge-offline", id: "edge-a", name: "Edge-A", reason, raw: edge });
		expect(found?.metrics).toEqual(metrics);
	});

	test("stands in the order of the ids", () => {
		const listed = ["c", "a", "d", "b"].map((id) => ({ ...edgeA, id }));
		expect(detectEdges(listed).map(({ id }) => id)).toEqual(["a", "b", "c", "d"]);
		expect(detectEdges(listed.toReversed()).map(({ id }) => id)).toEqual(["a", "b", "c", "d"]);
	});
});
