import { describe, expect, test } from "vitest";
import { play } from "../../rehearsal/play.ts";
import { parseScenario } from "../../rehearsal/scenario/read.ts";
import { readStackFile } from "../../rehearsal/scenario/stackFile.ts";
import type { PagerDutyIncident } from "../../rehearsal/vendors/pagerduty/account.ts";

/** A body says how old the incident is when it is sent, and what became of the other pages by then: that is as it may be. */
const timeless = (body: string): string => body.replace(/\(.* ago\)/, "(age)").replaceAll(/^(- tier .*?): .*$/gm, "$1");

/** What PagerDuty and Twilio got of one outage that nobody answers, from the executor that could page. */
async function bodies(name: string, severity: "critical" | "high", executor: "workflow" | "overseer") {
	const happens = [
		{ at: "1m", do: "trunk-down", trunk: name },
		{ at: "1m", do: "answers", system: "pagerduty", status: 503, for: "7m" },
		...(executor === "overseer" ? [{ at: "1m", do: "workflows", how: "error", for: "20m" }] : []),
	];
	const settings = { runbooks: { "trunk-down": { severity } } };
	const must = [{ by: "10m", what: "page-sent", who: executor, channel: "pagerduty", tier: 2 }];
	const text = JSON.stringify({ name: "bodies", why: "To compare them.", lasts: "16m", trunks: [{ name }], settings, happens, must });
	const { report, world } = await play({ scenario: parseScenario(text, "bodies.yaml"), file: readStackFile("dev"), seed: 1 });
	expect(report.expectations.filter(({ met }) => !met)).toEqual([]);
	const shown = ({ title, severity: logged, source, component, group, details, incidentKey }: PagerDutyIncident) => ({
		title,
		severity: logged,
		source,
		component,
		group,
		details: { ...Object(details), body: timeless(Object(details).body) },
		incidentKey,
	});
	const paged = world.vendors.pagerduty.world.incidents().filter(({ component }) => component === world.trunkIds.get(name));
	const texts = world.vendors.sms.world.messages().filter(({ body }) => body.includes("trunk-down"));
	return { pages: paged.map(shown), texts: texts.map(({ body }) => body) };
}

const names = {
	plain: "Frankfurt-1",
	unicode: "Zürich–東京 ☎️ 😀 Ελλάδα",
	hostile: 'He said "down" $1 ${input.summary} #set($x=1) \\" & 1=1 <b>\nnext',
	"half a pair": "lone \ud83d end",
	long: "L".repeat(256),
	emoji: "😀".repeat(128),
};

describe.each(Object.entries(names))("a trunk with a name that is %s", (_, name) => {
	test("is the same page and the same text from both executors", async () => {
		const workflow = await bodies(name, "critical", "workflow");
		const overseer = await bodies(name, "critical", "overseer");
		expect(workflow.pages.length).toBeGreaterThan(0);
		expect(workflow.texts.length).toBeGreaterThan(0);
		const byKey = new Map(overseer.pages.map((page) => [page.incidentKey, page]));
		for (const page of workflow.pages) expect(page).toEqual(byKey.get(page.incidentKey));
		expect(overseer.texts[0]).toBe(workflow.texts[0]);
		expect(workflow.pages[0]?.source).toBe(name.toWellFormed());
	});
});

test("what the workflow has read of the health before it pages is all that it adds", async () => {
	const workflow = await bodies("Frankfurt-1", "high", "workflow");
	const overseer = await bodies("Frankfurt-1", "high", "overseer");
	const tierTwo = ({ incidentKey }: { readonly incidentKey: string }): boolean => incidentKey.endsWith(":2");
	const [one, other] = [workflow.pages.find(tierTwo), overseer.pages.find(tierTwo)];
	expect(one?.details).toEqual({ ...other?.details, health: "connected on 0 of 2 edges" });
	expect(other?.details.health).toBe("as the summary says");
});

test.each(["workflow", "overseer"] as const)("the %s tells a later tier of the latest reading", async (executor) => {
	const happens = [
		{ at: "1m", do: "queue-fills", queue: "Support", waiting: 25 },
		{ at: "4m", do: "queue-fills", queue: "Support", waiting: 60 },
		...(executor === "overseer" ? [{ at: "1m", do: "workflows", how: "error", for: "20m" }] : []),
	];
	const must = [{ by: "9m", what: "page-sent", who: executor, channel: "pagerduty", tier: 2 }];
	const queues = [{ name: "Support", onQueue: 3 }];
	const text = JSON.stringify({ name: "grows", why: "To read both pages.", lasts: "10m", trunks: [{ name: "T" }], queues, happens, must });
	const { report, world } = await play({ scenario: parseScenario(text, "grows.yaml"), file: readStackFile("dev"), seed: 1 });
	expect(report.expectations.filter(({ met }) => !met)).toEqual([]);
	const titles = Object.fromEntries(world.vendors.pagerduty.world.incidents().map(({ incidentKey, title }) => [incidentKey.at(-1), title]));
	expect(titles["1"]).toContain("25 waiting");
	expect(titles["2"]).toContain("60 waiting");
});
