import { describe, expect, test } from "vitest";
import { occurrencesOf } from "../../../rehearsal/report/occurrences.ts";
import { reachedOf } from "../../../rehearsal/report/places.ts";
import { events, key, own } from "./stories.ts";

const look = (atSeconds: number, outcome: string) =>
	({ what: "observed", who: "poller", atSeconds, incident: key, outcome, detail: `Frankfurt-1: ${outcome}` }) as const;
const opened = own("incident-opened", 180, { outcome: "high", detail: "SIP trunk Frankfurt-1 is down" });

describe("the times of an occurrence", () => {
	test("the failure is what the scenario did to its entity, and the first look that failed is the first of the row", () => {
		const [occurrence] = occurrencesOf(
			events(
				{ what: "trunk-down", who: "scenario", atSeconds: 10, detail: "Frankfurt-1" },
				{ what: "trunk-down", who: "scenario", atSeconds: 100, detail: "Berlin-1" },
				look(30, "breach"),
				look(60, "clear"),
				look(120, "breach"),
				look(180, "breach"),
				opened,
			),
		);
		expect(occurrence).toMatchObject({ entity: "Frankfurt-1", condition: "trunk-down", failedAt: 10, breachedAt: 120, openedAt: 180 });
	});

	test("only a page that is proven counts as one: neither its acknowledgement nor its end", () => {
		const place = { tier: 1, channel: "pagerduty" };
		const [occurrence] = occurrencesOf(
			events(
				opened,
				own("page-sent", 180, place),
				own("page-proven", 200, { ...place, outcome: "acknowledgement" }),
				own("page-proven", 210, { ...place, outcome: "recovery" }),
			),
		);
		expect(occurrence?.provenAt).toBeUndefined();
		expect(occurrence?.places.map(reachedOf)).toEqual(["lost"]);
	});

	test("an answer is one once we know of it, from whoever gave it; passing it on is none", () => {
		const answers = [
			own("acknowledged", 300, { who: "person", detail: "Ada answers on the service primary" }),
			own("acknowledged", 330, { outcome: "acknowledged", detail: "by Ada" }),
			own("acknowledged", 331, { outcome: "mirrored", detail: "mirrored from tier 1" }),
		];
		expect(occurrencesOf(events(opened, ...answers))).toMatchObject([{ acknowledgedAt: 330, acknowledgedBy: "Ada" }]);
		expect(occurrencesOf(events(opened, ...answers.slice(2)))[0]?.acknowledgedAt).toBeUndefined();
	});

	test("an incident that comes back is another occurrence, with its own looks", () => {
		const again = { ...own("incident-opened", 900, { detail: "again" }), occurrence: 2 };
		const found = occurrencesOf(
			events(look(120, "breach"), opened, own("recovered", 400), own("incident-resolved", 460), look(840, "breach"), again),
		);
		expect(found.map(({ number, breachedAt, resolvedAt }) => [number, breachedAt, resolvedAt])).toEqual([
			[1, 120, 460],
			[2, 840, undefined],
		]);
	});

	test("a member of a group names it, and an entity that no event names is called as it is said", () => {
		const member = own("grouped", 180, { outcome: "member", detail: "inc:1:dev:trunk-down:group.1" });
		expect(occurrencesOf(events(opened, member), new Map([[key, "Köln"]]))).toMatchObject([
			{ entity: "Köln", group: "inc:1:dev:trunk-down:group.1" },
		]);
		expect(occurrencesOf(events(opened))[0]?.entity).toBe("base-1");
	});
});

test.each([
	{ name: "proven", more: [own("page-sent", 1), own("page-proven", 2)], reached: "proven", attempts: 1, failures: 0 },
	{ name: "taken by a carrier that says no more", more: [own("page-sent", 1), own("page-presumed", 2)], reached: "presumed" },
	{ name: "taken and never proven", more: [own("page-sent", 1), own("page-unproven", 2)], reached: "lost" },
	{ name: "refused, and sent again", more: [own("page-failed", 1), own("page-sent", 2)], reached: "lost", attempts: 2, failures: 1 },
	{
		name: "refused in five attempts, of which the last is told",
		more: [own("page-failed", 1, { attempt: 5 })],
		reached: "refused",
		attempts: 5,
		failures: 5,
	},
	{ name: "only informed", more: [own("informed", 1, { outcome: "page" })], reached: "presumed" },
	{
		name: "an end that was refused is no page",
		more: [own("page-sent", 1), own("page-proven", 2), own("page-failed", 3, { detail: "recovery: refused" })],
		reached: "proven",
		attempts: 1,
		failures: 0,
	},
])("a place: $name", ({ more, reached, attempts, failures }) => {
	const at = { tier: 1, channel: "sms" };
	const [occurrence] = occurrencesOf(events(own("incident-opened", 0), ...more.map((each) => ({ ...each, ...at }))));
	const [place] = occurrence?.places ?? [];
	expect(place && reachedOf(place)).toBe(reached);
	if (attempts !== undefined) expect(place).toMatchObject({ attempts, failures });
});
