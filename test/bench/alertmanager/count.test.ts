import { describe, expect, test } from "vitest";
import { countNotices, type Notice } from "./count.ts";
import { cases, confirmedSeconds } from "./schedule.ts";
import { inOrder, ours, peerRows, peers, rowOf } from "./systems.ts";

const failures = [
	{ name: "A", atSeconds: 60 },
	{ name: "B", atSeconds: 100 },
	{ name: "C", atSeconds: 200 },
];
const logged = (failure: string | undefined, atSeconds: number, channel = "pagerduty"): Notice => ({ channel, failure, atSeconds });
const everyone = failures.map(({ name, atSeconds }) => logged(name, atSeconds + 90));
const fine = { lost: 0, duplicates: 0, twoChannels: 0, others: 0, medianSeconds: 90, worstSeconds: 90 };

describe("what reached people is counted", () => {
	const nobody = { ...fine, lost: 3, medianSeconds: undefined, worstSeconds: undefined };
	const table: readonly { readonly name: string; readonly notices: readonly Notice[]; readonly figures: object }[] = [
		{ name: "nobody was told of anything", notices: [], figures: nobody },
		{ name: "each was told once", notices: everyone, figures: fine },
		{ name: "the order of the notices does not matter", notices: everyone.toReversed(), figures: fine },
		{ name: "one was lost", notices: everyone.slice(1), figures: { ...fine, lost: 1 } },
		{ name: "one was told again too soon", notices: [...everyone, logged("A", 3749)], figures: { ...fine, duplicates: 1 } },
		{ name: "one was repeated when the policy says so", notices: [...everyone, logged("A", 3750)], figures: fine },
		{
			name: "each of a burst is a duplicate but the first",
			notices: [...everyone, ...Array.from({ length: 9 }, () => logged("B", 190))],
			figures: { ...fine, duplicates: 9 },
		},
		{
			name: "a second channel is no duplicate, and the earlier of the two is the first notice",
			notices: [...everyone, logged("C", 230, "sms")],
			figures: { ...fine, twoChannels: 1 },
		},
		{
			name: "notices of something else stand apart",
			notices: [...everyone, logged("D", 300), logged(undefined, 300)],
			figures: { ...fine, others: 2 },
		},
		{
			name: "median and worst are times that were measured",
			notices: [logged("A", 70), logged("B", 130), logged("C", 800)],
			figures: { ...fine, medianSeconds: 30, worstSeconds: 600 },
		},
		{
			name: "of two the median is the lower",
			notices: [logged("A", 70), logged("B", 130)],
			figures: { ...fine, lost: 1, medianSeconds: 10, worstSeconds: 30 },
		},
	];
	test.each(table)("$name", ({ notices, figures }) => {
		expect(countNotices(failures, notices, 3600)).toEqual(figures);
	});
});

test("a failure is confirmed by its second reading", () => {
	const at = [60, 61, 119, 120].map((atSeconds) => confirmedSeconds({ name: "A", atSeconds }));
	expect(at).toEqual([120, 180, 180, 180]);
});

test("each receiver of one Alertmanager is counted by itself, and the rows stand case by case", () => {
	const [first, second] = cases;
	const rows = [
		...ours.map(({ name }) => rowOf(second, name, [])),
		...peerRows(second, [logged("Trunk-01", 90), logged("Trunk-01", 91, "webhook"), logged("Trunk-01", 92, "webhook")]),
		...peerRows(first, []),
	];
	const shown = inOrder(cases, rows).map(({ case: given, system, duplicates }) => [given, system, duplicates]);
	expect(shown).toEqual([
		[first.name, peers[0].name, 0],
		[first.name, peers[1].name, 0],
		[second.name, peers[0].name, 0],
		[second.name, peers[1].name, 1],
		[second.name, ours[0]?.name, 0],
		[second.name, ours[1]?.name, 0],
	]);
});
