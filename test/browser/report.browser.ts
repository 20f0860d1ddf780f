import { beforeAll, describe, expect, it } from "vitest";
import type { Incident } from "../../functions/pipeline/model/incident.ts";
import { play } from "../../rehearsal/play.ts";
import { reportPage } from "../../rehearsal/report/html/page.ts";
import { incidentItem } from "../../rehearsal/report/ledger/item.ts";
import { storyOfItems } from "../../rehearsal/report/ledger/story.ts";
import { toldOf } from "../../rehearsal/report/policyFacts.ts";
import { storyOf } from "../../rehearsal/report/story.ts";
import { readScenario } from "../../rehearsal/scenario/read.ts";
import { scenarioFile } from "../../rehearsal/scenario/scenario.ts";
import { readStackFile } from "../../rehearsal/scenario/stackFile.ts";
import { incident, page as ledgerPage, policy, seconds } from "../functions/pipeline/fixtures.ts";
import { axeViolations, overflowing, takePicture, useBrowser, views } from "./look.ts";

const { open } = useBrowser();

/** Nobody is told, and what was demanded was not met. */
const failing = scenarioFile.parse({
	name: "nobody-is-reached",
	why: "A trunk fails while PagerDuty loses what it takes and Twilio answers 500.",
	lasts: "45m",
	trunks: [{ name: "Frankfurt-1", edges: 2 }],
	happens: [
		{ at: "1m", do: "trunk-down", trunk: "Frankfurt-1" },
		{ at: "1m", do: "loses", system: "pagerduty", for: "44m" },
		{ at: "1m", do: "answers", system: "twilio", status: 500, for: "44m" },
	],
	must: [{ by: "5m", what: "page-proven", channel: "sms", tier: 1 }],
});

const rehearsed = async (scenario: Parameters<typeof play>[0]["scenario"]): Promise<string> =>
	reportPage(storyOf((await play({ scenario, file: readStackFile("dev"), seed: 1 })).report));

function real(): string {
	const longest = "a-name-that-nobody-broke-into-words".repeat(4);
	const pages: Incident["pages"] = [
		ledgerPage({ state: "given-up", attempts: 5, failure: "unavailable", lastAttemptAt: seconds(400) }),
		ledgerPage({ channel: "sms", kind: "sms", state: "proven", acceptedAt: seconds(90), provenAt: seconds(100) }),
	];
	const acknowledged = { at: seconds(300), by: longest, tier: 1, channel: "sms" };
	const item = incidentItem.parse(incident({ entityName: longest, policy: "default", acknowledged, pages }));
	return reportPage(storyOfItems([item], toldOf({ default: policy })));
}

const reports: readonly { readonly name: string; readonly html: () => string | Promise<string> }[] = [
	{ name: "default", html: () => rehearsed(readScenario("trunk-outage")) },
	{ name: "every-vendor", html: () => rehearsed(readScenario("every-vendor")) },
	{ name: "many", html: () => rehearsed(readScenario("fifty-at-once")) },
	{ name: "failing", html: () => rehearsed(failing) },
	{ name: "real", html: real },
];

describe.each(reports)("the report: $name", ({ name, html: written }) => {
	let html = "";
	beforeAll(async () => {
		html = await written();
	});

	it.each(views)("at $width px, $scheme: axe has nothing to say, and nobody scrolls sideways", async ({ width, scheme }) => {
		const page = await open({ html }, { width, scheme });
		await takePicture(page, `report-${name}-${width}-${scheme}`);
		expect(await overflowing(page)).toEqual([]);
		expect(await axeViolations(page)).toEqual([]);
	});
});

const isShown = (selector: string): string => `getComputedStyle(document.querySelector(${JSON.stringify(selector)})).display !== "none"`;

it("a phone has the narrow drawing, a screen and paper the wide one; no word of it sticks out", async () => {
	const html = await rehearsed(readScenario("every-vendor"));
	for (const [width, shown, media] of [
		[320, "narrow", "screen"],
		[1200, "wide", "screen"],
		[700, "wide", "print"],
	] as const) {
		const page = await open({ html }, { width });
		await page.emulateMedia({ media });
		expect([width, await page.evaluate(isShown(".drawing .wide")), await page.evaluate(isShown(".drawing .narrow"))]).toEqual([
			width,
			shown === "wide",
			shown === "narrow",
		]);
		const out = `(() => { const edge = document.querySelector(".drawing .${shown}").getBoundingClientRect().right + 1;
			return [...document.querySelectorAll(".drawing .${shown} text")].filter((text) => text.getBoundingClientRect().right > edge).map((text) => text.textContent); })()`;
		expect(await page.evaluate(out)).toEqual([]);
	}
});

it("prints what can only be opened on a screen, on pages that are as wide as paper", async () => {
	const html = await rehearsed(readScenario("fifty-at-once"));
	const page = await open({ html }, { width: 700 });
	const shown = `[...document.querySelectorAll("details.incident .figures")].map((each) => each.checkVisibility())`;
	expect(new Set(await page.evaluate<boolean[]>(shown))).toEqual(new Set([false]));
	await page.emulateMedia({ media: "print" });
	expect(new Set(await page.evaluate<boolean[]>(shown))).toEqual(new Set([true]));
	expect(await overflowing(page)).toEqual([]);
	expect((await page.pdf({ format: "A4" })).subarray(0, 5).toString("latin1")).toBe("%PDF-");
});

it("says by day and by night, in its marks too, what failed and what was proven", async () => {
	const html = await rehearsed(readScenario("trunk-outage"));
	const colours = `[".mark.failed", ".mark.proven"].map((mark) => getComputedStyle(document.querySelector(mark)).fill)`;
	const seen = [];
	for (const scheme of ["light", "dark"] as const) seen.push(await (await open({ html }, { width: 1200, scheme })).evaluate(colours));
	expect(seen).toEqual([
		["rgb(179, 38, 30)", "rgb(20, 113, 58)"],
		["rgb(255, 138, 128)", "rgb(111, 214, 149)"],
	]);
});
