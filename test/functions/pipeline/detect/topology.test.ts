import { describe, expect, test } from "vitest";
import type { Observation } from "../../../../functions/pipeline/detect/observation.ts";
import { inhibitions, type Place, possibleParents } from "../../../../functions/pipeline/detect/topology.ts";
import { childrenText, pageSummary } from "../../../../functions/pipeline/page/words.ts";
import { incident, zero } from "../fixtures.ts";

const observation = (condition: Observation["condition"], id: string, change: Partial<Observation> = {}): Observation => ({
	condition,
	id,
	name: id.toUpperCase(),
	verdict: "breach",
	reason: "any",
	metrics: {},
	raw: undefined,
	...change,
});
const edge = (id: string, change: Partial<Observation> = {}) => observation("edge-offline", id, change);
const down = (id: string, carriedBy: readonly string[] | undefined, change: Partial<Observation> = {}) =>
	observation("trunk-down", id, { ...(carriedBy === undefined ? {} : { carriedBy }), ...change });
const degraded = (id: string) => observation("trunk-degraded", id);
const queue = (id: string, ...fedBy: readonly string[]) => observation("queue-overflow", id, { fedBy });
const clear = { verdict: "clear" } as const;
const noData = { verdict: "no-data" } as const;

const none = (): boolean => false;
const open =
	(...places: readonly string[]) =>
	({ condition, id }: Place): boolean =>
		places.includes(`${condition} ${id}`);

/** `child ← reason parent` of everything that is inhibited. */
const logged = (observations: readonly Observation[], isOpen: (place: Place) => boolean = none): readonly string[] =>
	[...inhibitions(observations, isOpen)].map(
		([child, { reason, parent }]) => `${child.condition} ${child.id} ← ${reason} ${parent.condition} ${parent.id}`,
	);

describe("inhibitions", () => {
	test.each([
		{ name: "nothing else fails", given: [down("t", ["e"]), edge("e", clear)], expected: [] },
		{
			name: "a feed is named by its id, or by both",
			given: [down("t", []), queue("q", "t", "T"), queue("r", "t")],
			expected: [
				"queue-overflow q ← fed-by-a-trunk-that-is-down trunk-down t",
				"queue-overflow r ← fed-by-a-trunk-that-is-down trunk-down t",
			],
		},
		{
			name: "its edge fails in the same poll",
			given: [edge("e"), down("t", ["e"])],
			expected: ["trunk-down t ← carried-by-offline-edges edge-offline e"],
		},
		{
			name: "both of its edges fail",
			given: [edge("a"), edge("b"), down("t", ["a", "b"])],
			expected: ["trunk-down t ← carried-by-offline-edges edge-offline a"],
		},
		{
			name: "one of its two edges fails: the other should carry it",
			given: [edge("a"), edge("b", clear), down("t", ["a", "b"])],
			expected: [],
		},
		{ name: "nobody knows on which edge it sits", given: [edge("a"), down("t", undefined)], expected: [] },
		{ name: "nothing of it could be judged", given: [edge("a"), down("t", [])], expected: [] },
		{ name: "its edge says nothing", given: [edge("e", noData), down("t", ["e"])], expected: [] },
		{
			name: "the same trunk is down",
			given: [down("t", ["e"]), degraded("t")],
			expected: ["trunk-degraded t ← the-same-trunk-is-down trunk-down t"],
		},
		{ name: "another trunk is down", given: [down("t", ["e"]), degraded("u")], expected: [] },
		{
			name: "a trunk that feeds it is down",
			given: [down("t", ["e"]), queue("q", "T")],
			expected: ["queue-overflow q ← fed-by-a-trunk-that-is-down trunk-down t"],
		},
		{ name: "another trunk is down than the one that feeds it", given: [down("t", ["e"]), queue("q", "U")], expected: [] },
		{ name: "a queue without a feed stands alone", given: [down("t", ["e"]), queue("q")], expected: [] },
		{
			name: "a chain pages at its top only",
			given: [edge("e"), down("t", ["e"]), queue("q", "T")],
			expected: ["trunk-down t ← carried-by-offline-edges edge-offline e", "queue-overflow q ← fed-by-a-trunk-that-is-down edge-offline e"],
		},
		{ name: "a clear child is no child", given: [edge("e"), down("t", ["e"], clear)], expected: [] },
	])("$name", ({ given, expected }) => {
		expect(logged(given)).toEqual(expected);
	});

	test("an open incident explains as long as it is open, though its entity is clear by now", () => {
		const given = [edge("e", clear), down("t", ["e"])];
		expect(logged(given, open("edge-offline e"))).toEqual(["trunk-down t ← carried-by-offline-edges edge-offline e"]);
		expect(logged([degraded("t")], open("trunk-down t"))).toEqual(["trunk-degraded t ← the-same-trunk-is-down trunk-down t"]);
	});

	test("an incident that was open before keeps its own page", () => {
		expect(logged([edge("e"), down("t", ["e"])], open("trunk-down t"))).toEqual([]);
	});

	test("a parent has its name where it was seen, and its id where it was not", () => {
		const parents = (given: readonly Observation[], isOpen: (place: Place) => boolean = none) =>
			[...inhibitions(given, isOpen).values()].map(({ parent }) => parent);
		expect(parents([edge("e"), down("t", ["e"])])).toEqual([{ condition: "edge-offline", id: "e", name: "E" }]);
		expect(parents([down("t", ["e"])], open("edge-offline e"))).toEqual([{ condition: "edge-offline", id: "e", name: "e" }]);
		expect(parents([edge("e"), down("t", ["e"]), queue("q", "T")])[1]).toEqual({ condition: "edge-offline", id: "e", name: "E" });
	});

	test("a parent that is open and well by now is itself the top: what explained it does not explain its child", () => {
		const given = [edge("e"), down("t", ["e"], clear), degraded("t")];
		expect(logged(given, open("trunk-down t"))).toEqual(["trunk-degraded t ← the-same-trunk-is-down trunk-down t"]);
	});

	test("a queue is told with the first of its feeds that is down", () => {
		const given = [down("t", undefined, clear), down("u", undefined), down("v", undefined), queue("q", "T", "V", "U")];
		expect(logged(given)).toEqual(["queue-overflow q ← fed-by-a-trunk-that-is-down trunk-down u"]);
	});

	test("a queue of which nobody says what feeds it stands alone", () => {
		expect(logged([down("t", ["e"]), observation("queue-overflow", "q")])).toEqual([]);
	});

	test("what several failures might have in common is asked for once", () => {
		expect(possibleParents([edge("e"), down("t", ["e", "f"]), down("u", ["e"]), degraded("t")])).toEqual([
			{ condition: "edge-offline", id: "e" },
			{ condition: "edge-offline", id: "f" },
			{ condition: "trunk-down", id: "t" },
		]);
	});

	test("only what might explain a breach is asked for, up to the top of the chain", () => {
		const given = [edge("e", clear), edge("f"), down("t", ["e"], clear), queue("q", "T"), down("u", ["f"], clear)];
		expect(possibleParents(given)).toEqual([
			{ condition: "trunk-down", id: "t" },
			{ condition: "edge-offline", id: "e" },
		]);
		expect(possibleParents([edge("e", clear), down("t", ["e"], clear)])).toEqual([]);
	});
});

describe("the page of a parent", () => {
	const child = (name: string) => ({ key: `k-${name}`, condition: "trunk-down", name, since: zero }) as const;

	test("lists its children", () => {
		expect(pageSummary(incident())).toBe("SIP trunk Frankfurt-1 is down");
		expect(pageSummary(incident({ summary: "Edge A is offline", children: [child("T-1"), child("T-2")] }))).toBe(
			"Edge A is offline; with it: T-1 (trunk-down), T-2 (trunk-down)",
		);
	});

	test("names six of them and counts the others", () => {
		const many = Array.from({ length: 9 }, (_, index) => child(`T-${index + 1}`));
		expect(childrenText({ children: many })).toMatch(/^with it: T-1 \(trunk-down\), .*T-6 \(trunk-down\) and 3 more$/);
	});
});
