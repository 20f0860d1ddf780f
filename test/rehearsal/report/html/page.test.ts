import { describe, expect, test } from "vitest";
import { play } from "../../../../rehearsal/play.ts";
import { reportPage } from "../../../../rehearsal/report/html/page.ts";
import { rehearsalReport } from "../../../../rehearsal/report/report.ts";
import { type Story, storyOf } from "../../../../rehearsal/report/story.ts";
import { readScenario } from "../../../../rehearsal/scenario/read.ts";
import { readStackFile } from "../../../../rehearsal/scenario/stackFile.ts";
import { events, key, own } from "../stories.ts";

const rehearse = (name: string) => play({ scenario: readScenario(name), file: readStackFile("dev"), seed: 1 });

const story = (change: Partial<Story> = {}): Story => ({
	kind: "rehearsal",
	title: "own",
	stack: "dev",
	expectations: [],
	policies: {},
	events: [],
	...change,
});

/** What a person reads: without the tags. */
const textOf = (page: string): string =>
	page
		.replace(/<style>.*?<\/style>/s, "")
		.replaceAll(/<svg.*?<\/svg>/gs, "")
		.replaceAll(/<[^>]*>/g, " ")
		.replaceAll("&#39;", "'")
		.replaceAll(/\s+/g, " ");

describe("the default rehearsal", () => {
	test("is told in words: the verdict, the four figures, and every place beside its policy", async () => {
		const { report } = await rehearse("trunk-outage");
		const text = textOf(reportPage(storyOf(report)));
		for (const said of [
			"Passed. All 29 expectations were met.",
			"3 places were paged: 3 proven (pagerduty of tier 1, sms of tier 1, pagerduty of tier 2). The first, sms of tier 1, was proven 1 min 40 s after it opened.",
			"Ada acknowledged it after 8 min. The failure was over after 25 min, and all who were told heard of it within 1 min.",
			"To detect 1 min opened at 2:00; counted from the failure itself",
			"To a proven page 1 min 40 s read back at 3:40 on sms, tier 1",
			"To acknowledge 8 min answered by Ada at 10:00",
			"To resolve 26 min the failure was over at 27:00, closed at 28:00",
			"Tier 1 primary: pagerduty primary at once; proof within 1 min proven Reached at 7:00, 5 min after the opening. 5 of 6 attempts failed (unavailable). Heard of the end at 28:00.",
			"Tier 2 secondary: sms +15555550102 where pagerduty is not proven not needed",
		])
			expect(text).toContain(said);
	});

	test("is the same page from the same report, also from a file, and asks for nothing from anywhere", async () => {
		const { report } = await rehearse("trunk-outage");
		const page = reportPage(storyOf(report));
		expect(reportPage(storyOf(rehearsalReport.parse(JSON.parse(JSON.stringify(report)))))).toBe(page);
		expect([...page.matchAll(/(?:src|href|action)="(?!#)|url\((?!#)|@import|<script|<link|\son[a-z]+=/g)].map(String)).toEqual([]);
		expect(page).toContain("default-src 'none'");
	});

	test("links each line to its cause, and each cause is there once", async () => {
		const { report } = await rehearse("trunk-outage");
		const page = reportPage(storyOf(report));
		const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
		const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
		expect(ids.length).toBe(new Set(ids).size);
		expect(links.filter((link) => !ids.includes(link))).toEqual([]);
		const opened = report.events.find(({ what }) => what === "incident-opened");
		expect(page).toContain(`<tr id="i1-${opened?.id}"`);
		expect(page).toContain(`<a href="#i1-${opened?.because}">`);
	});

	test("draws every line of its table, once for wide pages and once for narrow ones", async () => {
		const { report } = await rehearse("trunk-outage");
		const page = reportPage(storyOf(report));
		const lines = [...page.matchAll(/<tr id=/g)].length;
		expect([...page.matchAll(/<use class="mark/g)].length).toBe(lines * 2);
		expect([...page.matchAll(/<svg class="(wide|narrow)" role="img" [^>]*aria-labelledby/g)].map(([, name]) => name)).toEqual([
			"wide",
			"narrow",
		]);
		expect(page).toContain("14 min quiet");
	});
});

test("a failure says first what was not met", () => {
	const page = reportPage(
		story({
			verdict: "failed",
			expectations: [
				{ what: "incident-opened", bySeconds: 120, met: true, atSeconds: 120 },
				{ what: "page-proven on sms", bySeconds: 300, met: false, atSeconds: 320 },
			],
		}),
	);
	const text = textOf(page);
	expect(text).toContain("Failed. 1 of 2 expectations was not met: by 5:00: page-proven on sms, was at 5:20");
	expect(text.indexOf("Not met:")).toBeLessThan(text.indexOf("Met: incident-opened"));
	expect(text).toContain("No incident was opened");
	expect(page).toContain("<title>Failed: own (rehearsal, dev)</title>");
});

test("names are text, wherever they stand", () => {
	const hostile = `<img src=x onerror=alert(1)>"'</title></style>`;
	const place = { tier: 1, channel: hostile };
	const page = reportPage(
		story({
			title: hostile,
			why: hostile,
			stack: hostile,
			verdict: "failed",
			expectations: [{ what: hostile, bySeconds: 1, met: false }],
			names: new Map([[key, hostile]]),
			policies: {
				[hostile]: {
					proofSeconds: 60,
					acknowledgeSeconds: 300,
					staleSeconds: 900,
					repeatSeconds: 3600,
					repeatsADay: 0,
					tiers: [{ name: hostile, channels: [{ name: "sms", reaches: hostile }] }],
				},
			},
			events: events(
				own("incident-opened", 10, { outcome: hostile, detail: hostile }),
				own("routed", 10, { outcome: hostile }),
				own("page-failed", 11, { ...place, outcome: hostile, detail: hostile }),
				own("acknowledged", 12, { ...place, outcome: "link", detail: `by ${hostile}` }),
			),
		}),
	);
	expect(page).not.toContain("<img");
	expect([...page.matchAll(/<\/(?:title|style)>/g)].map(String)).toHaveLength(1 + 1 + 2);
	expect(page.split("&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&lt;/title&gt;").length).toBeGreaterThan(15);
});

describe("much", () => {
	test("three hundred incidents are a table; some of them can be opened, and what is left out is said", async () => {
		const { report } = await rehearse("three-hundred-at-once");
		const page = reportPage(storyOf(report));
		const text = textOf(page);
		expect(text).toContain("301 incidents 300 of them are members of a group incident");
		expect(text).toContain("The first 300 are listed; the report's JSON has all.");
		expect(text).toContain("19 of 300, those with the most pages first; the report's JSON has all.");
		expect([...page.matchAll(/<details class="incident"/g)]).toHaveLength(19);
		expect(page.length).toBeLessThan(1_000_000);
	});

	test("twenty thousand events of one incident stay a page of a readable size, which says what it leaves out", () => {
		const many = Array.from({ length: 20_000 }, (_, index) =>
			own("page-failed", 20 + index, { tier: 1, channel: "sms", outcome: `reason ${index}`, because: index + 1 }),
		);
		const page = reportPage(story({ events: events(own("incident-opened", 10), ...many) }));
		expect(textOf(page)).toContain("The first 200 of 20001 lines are shown; the report's JSON has all.");
		expect(page.length).toBeLessThan(600_000);
	});
});
