import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { summarize } from "../../../../functions/pipeline/normalize/rules.ts";
import { pageTexts } from "../../../../functions/pipeline/page/texts.ts";
import type { Told } from "../../../../functions/pipeline/page/told.ts";
import { incident, page, reading, seconds, settings } from "../fixtures.ts";
import { conditions, failing } from "./goldenConditions.ts";
import { courses } from "./goldenCourses.ts";

const bodyOf = (told: Partial<Told> & Pick<Told, "incident">): readonly string[] => pageTexts({ settings, ...told }).body.split("\n");

describe("what a page says", () => {
	test.each([...conditions, ...courses])("of $name", ({ told, body }) => {
		expect(bodyOf(told)).toEqual(body);
	});
});

test("the README shows one, as it is", () => {
	const readme = new URL("../../../../README.md", import.meta.url);
	const [told] = conditions;
	const shown = /<!-- body -->\n```text\n([\s\S]*?)\n```/.exec(existsSync(readme) ? readFileSync(readme, "utf8") : "")?.[1];
	if (existsSync(readme)) expect(shown?.split("\n")).toEqual(told?.body);
});

describe("the mark of a stack that is not production", () => {
	const texts = (production: boolean) => pageTexts({ settings: { ...settings, production }, incident: incident() });

	test("stands at the beginning of each line that may stand alone", () => {
		const { summary, title, shortText, body, spoken } = texts(false);
		expect({ summary, title, shortText, body: body.split("\n")[0], spoken }).toEqual({
			summary: "[DEV] SIP trunk Frankfurt-1 is down",
			title: "[DEV] SIP trunk Frankfurt-1 is down",
			shortText: "[DEV] HIGH: SIP trunk Frankfurt-1 is down",
			body: "[DEV] SIP trunk Frankfurt-1 is down",
			spoken: "On-call page, high: DEV SIP trunk Frankfurt-1 is down",
		});
	});

	test("stands nowhere in production", () => {
		expect(Object.values(texts(true)).join("\n")).not.toContain("DEV");
		expect(texts(true).shortText).toBe("HIGH: SIP trunk Frankfurt-1 is down");
	});
});

describe("where a page is found", () => {
	const linkOf = (change: Parameters<typeof failing>[0], adminPages = {}) =>
		bodyOf({ incident: failing(change), settings: { ...settings, genesys: { ...settings.genesys, adminPages } } })
			.find((line) => line.startsWith("Genesys Cloud: "))
			?.slice("Genesys Cloud: ".length);
	const id = "5f2c1a9e-8b7d-4c36-9a10-2e64d0b7f3c8";
	const base = "https://apps.mypurecloud.de";

	test.each([
		{ name: "a trunk: the list", of: { condition: "trunk-down", id }, at: `${base}/directory/#/engage/telephonyAdmin/trunks/external` },
		{ name: "an edge: the list", of: { condition: "edge-offline", id }, at: `${base}/directory/#/engage/telephonyAdmin/edges` },
		{ name: "a queue: its own page", of: { condition: "queue-overflow", id }, at: `${base}/directory/#/admin/organization/queues/${id}` },
		{ name: "a queue that another system calls by a name", of: { condition: "queue-overflow", id: "support" }, at: undefined },
		{ name: "what Genesys Cloud has no page for", of: { condition: "detector-silent", id: "poller" }, at: undefined },
	] as const)("$name", ({ of, at }) => expect(linkOf(of)).toBe(at));

	test("elsewhere, where the stack says so, or nowhere", () => {
		expect(linkOf({ condition: "trunk-down", id }, { trunks: "/x/#/{id}/y/{id}" })).toBe(`${base}/x/#/${id}/y/${id}`);
		expect(linkOf({ condition: "trunk-down", id }, { trunks: "" })).toBeUndefined();
	});
});

describe("how bad it is", () => {
	const numbersOf = (change: Parameters<typeof reading>[0]) => {
		const read = reading({ condition: "credentials-failing", ...change });
		const { raw: _raw, ...kept } = read;
		return bodyOf({ incident: incident({ condition: read.condition, summary: summarize(read), reading: kept }) }).find((line) =>
			line.startsWith("How bad"),
		);
	};

	test("is not said where nothing was measured", () => {
		expect(numbersOf({ metrics: {} })).toBeUndefined();
	});

	test("is said with the day where the reading is of another one", () => {
		expect(numbersOf({ metrics: { failures: 1 }, observedAt: seconds(86_400) })).toBe("How bad at 2026-01-06 08:00 UTC: 1 refusal");
	});

	test("is said with how often, of what comes and goes", () => {
		expect(numbersOf({ condition: "trunk-down", metrics: { instances: 2, instancesUp: 1, recentBreaches: 5, recentReadings: 10 } })).toBe(
			"How bad at 08:00 UTC: 1 of 2 edges carry it; 5 of the last 10 readings failed",
		);
	});
});

test("at launch nobody knows when it is sent: nothing is said that will not be so by then", () => {
	const pages = [page({ state: "proven", provenAt: seconds(3) })];
	const text = bodyOf({ incident: incident({ pages }) }).join("\n");
	expect(text).toContain("Since: 2026-01-05 08:00 UTC\n");
	expect(text).not.toMatch(/ago|Also told|tier/);
});
