import { expect, test } from "vitest";
import type { Incident } from "../../../functions/pipeline/model/incident.ts";
import { play } from "../../../rehearsal/play.ts";
import { figuresOf } from "../../../rehearsal/report/figures/figures.ts";
import { incidentItem } from "../../../rehearsal/report/ledger/item.ts";
import { storyOfItems } from "../../../rehearsal/report/ledger/story.ts";
import { type Occurrence, occurrencesOf } from "../../../rehearsal/report/occurrences.ts";
import { reachedOf } from "../../../rehearsal/report/places.ts";
import { readScenario } from "../../../rehearsal/scenario/read.ts";
import { readStackFile } from "../../../rehearsal/scenario/stackFile.ts";
import { incident, page, seconds, zero } from "../../functions/pipeline/fixtures.ts";

const storyOf = (change: Partial<Incident>) => storyOfItems([incidentItem.parse(incident(change))], {});

test("each step of an item is an event with the one that caused it, in seconds from the opening", () => {
	const { events, begins, title } = storyOf({
		state: "closed",
		policy: "default",
		launch: { id: "one", at: seconds(1), claimedAt: seconds(2), endedAt: seconds(500), outcome: "acknowledged" },
		tier: 2,
		acknowledged: { at: seconds(400), by: "Ada", tier: 2, channel: "pagerduty" },
		recoveredAt: seconds(600),
		closedAt: seconds(660),
		pages: [
			page({ state: "given-up", attempts: 3, failure: "unavailable", lastAttemptAt: seconds(90) }),
			page({ state: "proven", tier: 2, intendedAt: seconds(300), acceptedAt: seconds(301), provenAt: seconds(310) }),
			page({ purpose: "recovery", state: "proven", tier: 2, intendedAt: seconds(600), acceptedAt: seconds(600), provenAt: seconds(650) }),
		],
	});
	expect({ begins, title }).toEqual({ begins: new Date(zero).toISOString(), title: "Frankfurt-1: trunk-down" });
	expect(events.map(({ id, atSeconds, who, what, because }) => [id, atSeconds, who, what, because])).toEqual([
		[1, 0, "poller", "incident-opened", undefined],
		[2, 0, "poller", "routed", 1],
		[3, 1, "dispatcher", "workflow-launched", 2],
		[4, 2, "workflow", "workflow-claimed", 3],
		[5, 90, "workflow", "page-failed", 4],
		[6, 300, "workflow", "escalated", 5],
		[7, 301, "workflow", "page-sent", 6],
		[8, 310, "overseer", "page-proven", 7],
		[9, 400, "person", "acknowledged", 8],
		[10, 500, "workflow", "workflow-ended", 9],
		[11, 600, "poller", "recovered", 10],
		[12, 600, "workflow", "recovery-sent", 11],
		[13, 650, "overseer", "page-proven", 12],
		[14, 660, "overseer", "incident-resolved", 13],
	]);
});

test.each([
	{ name: "what no carrier proves", change: { state: "presumed", acceptedAt: zero, presumedAt: seconds(60) }, reached: "presumed" },
	{ name: "what was taken only", change: { state: "unproven", acceptedAt: zero }, reached: "lost" },
	{ name: "what was refused five times", change: { state: "given-up", attempts: 5, failure: "timeout" }, reached: "refused" },
] as const)("an item's page: $name", ({ change, reached }) => {
	const { events } = storyOf({ pages: [page(change)] });
	const [place] = occurrencesOf(events)[0]?.places ?? [];
	expect(place && reachedOf(place)).toBe(reached);
	if (reached === "refused") expect(place).toMatchObject({ attempts: 5, failures: 5, reasons: ["timeout"] });
});

/** What a report tells of an incident, as far as the ledger can know it. */
const toldOf = ({
	key,
	number,
	entity,
	severity,
	policy,
	provenAt,
	acknowledgedAt,
	recoveredAt,
	resolvedAt,
	openedAt,
	places,
	group,
}: Occurrence) => ({
	incident: `${key} ${number}`,
	// No event names a group.
	entity: key.endsWith(":group") ? "group" : entity,
	severity,
	policy,
	group,
	// A member takes over its group's answer a tick later.
	after: [provenAt, group === undefined ? acknowledgedAt : undefined, recoveredAt, resolvedAt].map((at) =>
		at === undefined ? undefined : at - openedAt,
	),
	places: places.map((place) => `${place.tier} ${place.channel} ${reachedOf(place)}`).toSorted(),
});

// What the ledger holds of a rehearsal, and what its timeline tells, are two records of the same.
test.each([
	"trunk-outage",
	"every-vendor",
	"nobody-answers",
	"fifty-at-once",
	"workflow-dies",
	"slack-and-teams-inform",
	"carrier-says-no-more",
])("%s: the ledger's items give the same report as the events", async (name) => {
	const { report, world } = await play({ scenario: readScenario(name), file: readStackFile("dev"), seed: 1 });
	const items = world.aws.state.tables
		.flatMap(({ ledger }) => ledger.items())
		.filter(({ key }) => key.startsWith("inc:"))
		.map(({ value }) => incidentItem.parse(JSON.parse(JSON.stringify(value))));
	const fromLedger = items.flatMap((item) => {
		const story = storyOfItems([item], {});
		return occurrencesOf(story.events, story.names);
	});
	const fromEvents = occurrencesOf(report.events);
	const sorted = (all: readonly Occurrence[]) => all.map(toldOf).toSorted((one, other) => (one.incident < other.incident ? -1 : 1));
	expect(sorted(fromLedger)).toEqual(sorted(fromEvents));
	const { detect: _ledger, ...spreads } = figuresOf(fromLedger).spreads;
	const { detect: _events, ...expected } = figuresOf(fromEvents).spreads;
	expect(spreads).toEqual(expected);
});
