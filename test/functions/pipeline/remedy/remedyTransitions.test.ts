import { describe, expect, test } from "vitest";
import type { Incident, RemedyRun, RemedyState } from "../../../../functions/pipeline/model/incident.ts";
import {
	advanceRemedy,
	hasRelapsed,
	holdsPaging,
	type RemedyNews,
	verdictOf,
	whyHelped,
	whyRemedy,
} from "../../../../functions/pipeline/remedy/rules.ts";
import { remedyId } from "../../../../remedies/kinds.ts";
import { incident, page, remediation, seconds } from "../fixtures.ts";
import { inEffect } from "../remedyWorld.ts";

const states: readonly RemedyState[] = [
	"offered",
	"skipped",
	"intended",
	"failed",
	"in-effect",
	"helped",
	"undoing",
	"undone",
	"undo-failed",
];
const remedy = { kind: "ssm", document: "Failover" } as const;
const offered = remediation({ mode: "approve", remedy });
const at = seconds(60);

interface Row {
	readonly news: RemedyNews;
	readonly from: readonly (RemedyState | "none")[];
	readonly becomes: Partial<RemedyRun>;
}

const rows: readonly Row[] = [
	{
		news: { what: "skip", reason: "cooldown", remediation: remediation(), by: "overseer" },
		from: ["none", "offered"],
		becomes: { state: "skipped", reason: "cooldown" },
	},
	{ news: { what: "expire", reason: "not-approved" }, from: ["offered"], becomes: { state: "skipped", reason: "not-approved" } },
	{
		news: { what: "offer", remediation: offered, by: "workflow", link: "https://hook.test/approve" },
		from: ["none"],
		becomes: { state: "offered", reason: "offer", expiresAt: seconds(360), link: "https://hook.test/approve" },
	},
	{
		news: { what: "intend", remediation: remediation(), by: "person", before: "off" },
		from: ["none", "offered"],
		becomes: { state: "intended", reason: "begin", by: "person", before: "off", intendedAt: at },
	},
	{
		news: { what: "acted", receipt: "r-9", windowSeconds: 120 },
		from: ["intended"],
		becomes: { state: "in-effect", reason: "acted", receipt: "r-9", actedAt: at, verifyBy: seconds(180) },
	},
	{ news: { what: "refused", reason: "forbidden" }, from: ["intended"], becomes: { state: "failed", reason: "forbidden" } },
	{ news: { what: "helped", reason: "clearing" }, from: ["in-effect"], becomes: { state: "helped", reason: "clearing", verifiedAt: at } },
	{
		news: { what: "undo", reason: "relapsed" },
		from: ["intended", "in-effect", "helped", "undoing", "undo-failed"],
		becomes: { state: "undoing", reason: "relapsed", undoTriedAt: at, undoAttempts: 2 },
	},
	{ news: { what: "undone", reason: "relapsed" }, from: ["undoing"], becomes: { state: "undone", reason: "relapsed" } },
	{ news: { what: "undo-failed", reason: "timeout" }, from: ["undoing"], becomes: { state: "undo-failed", reason: "timeout" } },
];

describe("each piece of news, from each state", () => {
	const all = rows.flatMap((row) => states.map((state) => ({ ...row, state, what: row.news.what, leads: row.from.includes(state) })));

	test.each(all)("$what from $state leads on: $leads", ({ news, state, leads, becomes }) => {
		const run = inEffect({ state, reason: "before", undoAttempts: 1 });
		const expected = leads ? { run: { ...run, ...becomes }, reason: "advanced" } : { run, reason: "not-from-this-state" };
		expect(advanceRemedy(run, news, at)).toEqual(expected);
	});

	test.each(rows.map((row) => ({ ...row, what: row.news.what, begins: row.from.includes("none") })))(
		"$what without a remedy begins one: $begins",
		({ news, begins, becomes }) => {
			const { run, reason } = advanceRemedy(undefined, news, at);
			expect(reason).toBe(begins ? "advanced" : "not-from-this-state");
			if (!("remediation" in news) || !begins) return expect(run).toBeUndefined();
			const { mode, remedy: of } = news.remediation;
			return expect(run).toEqual({ mode, remedy: of, by: news.by, undoAttempts: 0, ...becomes });
		},
	);

	test("a remedy whose mode is neither is recorded as one that a person decides about", () => {
		const news = { what: "skip", reason: "observe", remediation: remediation({ mode: "observe" }), by: "workflow" } as const;
		expect(advanceRemedy(undefined, news, at).run?.mode).toBe("approve");
	});

	test.each([2, 3, 4])("with %i attempts to undo behind it", (undoAttempts) => {
		const run = inEffect({ state: "undo-failed", undoAttempts });
		const { reason, run: next } = advanceRemedy(run, { what: "undo", reason: "again" }, at);
		if (undoAttempts === 2) return expect([reason, next?.undoAttempts]).toEqual(["advanced", 3]);
		return expect([reason, next]).toEqual(["undo-attempts-used-up", run]);
	});

	test("attempts that are used up keep nothing else from being told", () => {
		const run = inEffect({ state: "undoing", undoAttempts: 3 });
		expect(advanceRemedy(run, { what: "undone", reason: "relapsed" }, at).reason).toBe("advanced");
	});
});

describe("what a remedy acts on", () => {
	test.each([
		[{ kind: "emergency-group", groupId: "g-1" }, "emergency-group:g-1"],
		[{ kind: "webhook", url: "https://customer.example/a" }, "webhook:https://customer.example/a"],
		[{ kind: "ssm", document: "Failover", parameters: { Region: ["eu"] }, undoDocument: "Back" }, "ssm:Failover"],
	] as const)("%j is %s", (of, id) => {
		expect(remedyId(of)).toBe(id);
	});
});

describe("the ladder's order", () => {
	const load = (leasesInUse: number) => ({ leasesInUse, skippedFrom: 5, credentialsFailing: false });

	test.each([
		{ name: "a rung that only observes", change: {}, of: remediation({ mode: "observe" }), leases: 1, reason: "observe" },
		{ name: "one lease fewer than too many", change: {}, of: remediation(), leases: 4, reason: "begin" },
		{ name: "one more", change: {}, of: remediation(), leases: 6, reason: "load" },
		{
			name: "an offer of an incident that recovered",
			change: { state: "recovered", remedy: inEffect({ state: "offered" }) },
			of: offered,
			leases: 1,
			reason: "not-open",
		},
		{
			name: "an acknowledgement that reached the vendor is no page",
			change: { pages: [page({ purpose: "acknowledgement", acceptedAt: at })] },
			of: remediation(),
			leases: 1,
			reason: "begin",
		},
		{
			name: "one page of several that reached somebody",
			change: { pages: [page({ state: "failed" }), page({ channel: "sms", acceptedAt: at })] },
			of: offered,
			leases: 1,
			reason: "people-paged",
		},
	] as const)("$name: $reason", ({ change, of, leases, reason }) => {
		expect(whyRemedy(incident(change as Partial<Incident>), of, load(leases))).toBe(reason);
	});
});

describe("at the very moment", () => {
	const since = (clears: number, breaches: number, counted: number) => ({ clears, breaches, countedAt: seconds(counted) });

	test("a reading counts after the act, and not in its instant", () => {
		const run = inEffect({ actedAt: seconds(60) });
		expect([60, 60.001].map((counted) => whyHelped(incident(), since(1, 0, counted), run))).toEqual(["no-reading-since", "clearing"]);
		expect(whyHelped(incident(), since(0, 1, 61), run)).toBe("still-failing");
		expect(whyHelped(incident(), since(0, 0, 61), run)).toBe("still-failing");
	});

	test("a window ends at its end, whatever is missing to judge by", () => {
		expect([179.999, 180].map((now) => verdictOf("no-reading-since", inEffect(), seconds(now)))).toEqual(["waiting", "not-helped"]);
		expect(verdictOf("recovered", inEffect(), seconds(900))).toBe("helped");
		expect(verdictOf("clearing", inEffect(), seconds(900))).toBe("helped");
	});

	test("only a remedy that helped can relapse, by a reading after its verdict", () => {
		const helped = inEffect({ state: "helped", verifiedAt: seconds(60) });
		expect(hasRelapsed(incident({ remedy: helped }), undefined)).toBe(false);
		expect(hasRelapsed(incident(), since(0, 1, 61))).toBe(false);
		expect(hasRelapsed(incident({ remedy: inEffect({ verifiedAt: seconds(60) }) }), since(0, 1, 61))).toBe(false);
		expect(hasRelapsed(incident({ remedy: helped }), since(0, 0, 61))).toBe(false);
		expect(hasRelapsed(incident({ remedy: helped }), since(0, 2, 61))).toBe(true);
	});

	test.each(states.map((state) => ({ state, holds: ["helped", "intended", "in-effect"].includes(state) })))(
		"$state holds paging: $holds",
		({ state, holds }) => {
			expect(holdsPaging(incident({ remedy: inEffect({ state }) }), seconds(59.999))).toBe(holds);
			expect(holdsPaging(incident({ remedy: inEffect({ state, mode: "approve" }) }), seconds(59.999))).toBe(false);
		},
	);

	test("an incident without a remedy holds nobody up", () => {
		expect(holdsPaging(incident(), seconds(0))).toBe(false);
	});
});
