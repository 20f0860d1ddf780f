import { expect, test } from "vitest";
import type { Incident } from "../../../../functions/pipeline/model/incident.ts";
import { type Next, whatIsNext } from "../../../../functions/pipeline/operate/next.ts";
import { type StandingName, standingOf } from "../../../../functions/pipeline/operate/standing.ts";
import { incident, page, remediation, seconds, settings } from "../fixtures.ts";

const proven = page({ state: "proven", acceptedAt: seconds(10), provenAt: seconds(20) });
const paged = (change: Partial<Incident> = {}): Incident => incident({ tier: 1, pages: [proven], ...change });
const answer = { at: seconds(100), by: "Bob", tier: 1, channel: "pagerduty" };
const remedy = {
	state: "in-effect",
	reason: "begun",
	mode: "auto",
	remedy: remediation().remedy,
	by: "workflow",
	verifyBy: seconds(300),
	undoAttempts: 0,
} as const;
const second = page({ ...proven, tier: 2, provenAt: seconds(330) });

const cases: readonly {
	readonly name: string;
	readonly item: Incident;
	readonly now: number;
	readonly state: StandingName;
	readonly words: string;
	readonly next: readonly Next[];
}[] = [
	{
		name: "nobody is paged yet",
		item: incident(),
		now: seconds(1),
		state: "opening",
		words: "nobody is paged yet",
		next: [
			{ what: "page", reason: "first-channel", tier: 1 },
			{ what: "next-tier", reason: "stale", at: seconds(900), tier: 2 },
		],
	},
	{
		name: "tier 1 is paged, and comes first",
		item: paged(),
		now: seconds(60),
		state: "paged",
		words: "paged: tier 1",
		next: [{ what: "next-tier", reason: "not-acknowledged", at: seconds(320), tier: 2 }],
	},
	{
		name: "tier 1 was told late, and the incident is stale before its time is over",
		item: paged({ pages: [page({ ...proven, provenAt: seconds(800) })] }),
		now: seconds(810),
		state: "paged",
		words: "paged: tier 1",
		next: [{ what: "next-tier", reason: "stale", at: seconds(900), tier: 2 }],
	},
	{
		name: "the last tier has its time",
		item: paged({ tier: 2, pages: [proven, second] }),
		now: seconds(400),
		state: "paged",
		words: "paged: tier 2",
		next: [{ what: "exhaust", reason: "not-acknowledged", at: seconds(630) }],
	},
	{
		name: "nobody answered",
		item: paged({ tier: 2, pages: [proven, second], exhausted: seconds(630) }),
		now: seconds(700),
		state: "exhausted",
		words: "nobody answered: asked up to tier 2",
		next: [{ what: "new-round", reason: "nobody-answered", at: seconds(630 + 3600) }],
	},
	{
		name: "as often as a day may see",
		item: paged({ exhausted: seconds(630), repeatedAt: Array(24).fill(seconds(600)) }),
		now: seconds(700),
		state: "exhausted",
		words: "nobody answered: asked up to tier 1",
		next: [{ what: "nothing", reason: "enough-for-today" }],
	},
	{
		name: "a new round has paged nobody yet",
		item: paged({ round: 2, tier: 1 }),
		now: seconds(2000),
		state: "opening",
		words: "round 2 begins",
		next: [{ what: "page", reason: "first-channel", tier: 1 }],
	},
	{
		name: "somebody answered",
		item: paged({ acknowledged: answer }),
		now: seconds(110),
		state: "acknowledged",
		words: "acknowledged by Bob at 08:01 UTC",
		next: [{ what: "new-round", reason: "acknowledgement-expired", at: seconds(100 + 14_400) }],
	},
	{
		name: "an operator noted what is still seen",
		item: paged({
			acknowledged: { ...answer, resolvedAt: seconds(200) },
			acts: [{ did: "noted", at: seconds(200), by: "Ada", why: "mended" }],
		}),
		now: seconds(210),
		state: "ended-by-hand",
		words: "Ada holds it for mended since 08:03 UTC",
		next: [{ what: "new-round", reason: "resolved-by-hand", at: seconds(1100) }],
	},
	{
		name: "a remedy has its time",
		item: incident({ remedy }),
		now: seconds(100),
		state: "remedying",
		words: "a remedy has its time before people are paged",
		next: [
			{ what: "wait", reason: "for-remedy" },
			{ what: "next-tier", reason: "stale", at: seconds(900), tier: 2 },
		],
	},
	{
		name: "it waits for its turn",
		item: paged({ waitingSince: seconds(1) }),
		now: seconds(60),
		state: "waiting",
		words: "waits for its workflow's turn, after its first page",
		next: [{ what: "next-tier", reason: "not-acknowledged", at: seconds(320), tier: 2 }],
	},
	{
		name: "it is held open",
		item: paged({ heldSince: seconds(60) }),
		now: seconds(70),
		state: "held",
		words: "well since 08:01 UTC, held open: it flapped",
		next: [{ what: "nothing", reason: "held" }],
	},
	{
		name: "a silence keeps it from paging",
		item: incident({ silenced: { name: "carrier", why: "maintenance", who: "Ada", since: seconds(0), until: seconds(120) } }),
		now: seconds(70),
		state: "silenced",
		words: "silent until 08:02 UTC: carrier, maintenance (Ada)",
		next: [{ what: "wait", reason: "silenced", at: seconds(120) }],
	},
	{
		name: "its group pages",
		item: incident({ memberOf: { key: "inc:1:dev:trunk-down:group", occurrence: 1 } }),
		now: seconds(70),
		state: "grouped",
		words: "its group pages for it",
		next: [{ what: "nothing", reason: "grouped" }],
	},
	{
		name: "it is over, and somebody has to be told",
		item: paged({ state: "recovered", recoveredAt: seconds(120) }),
		now: seconds(130),
		state: "over",
		words: "over since 08:02 UTC: everybody is being told",
		next: [{ what: "tell-the-end", reason: "recovery-pending" }],
	},
	{
		name: "it is over, and nobody was told",
		item: incident({ state: "recovered", recoveredAt: seconds(120) }),
		now: seconds(130),
		state: "over",
		words: "over since 08:02 UTC: everybody is being told",
		next: [{ what: "close", reason: "nobody-was-told" }],
	},
	{
		name: "it is closed",
		item: paged({ state: "closed", closedAt: seconds(180) }),
		now: seconds(190),
		state: "closed",
		words: "closed at 08:03 UTC",
		next: [{ what: "nothing", reason: "closed" }],
	},
];

test.each(cases)("$name", ({ item, now, state, words, next }) => {
	expect(standingOf(item, now)).toEqual({ name: state, words });
	expect(whatIsNext(settings, item, now)).toEqual(next);
});
