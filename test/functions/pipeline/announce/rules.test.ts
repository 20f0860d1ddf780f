import { describe, expect, it } from "vitest";
import { isoSeconds, isRenewed, timed, wantedRows, whyAnnounce } from "../../../../functions/pipeline/announce/rules.ts";
import type { Incident, KeptReading } from "../../../../functions/pipeline/model/incident.ts";
import { incident, seconds, settings } from "../fixtures.ts";

const silenced = { name: "carrier", why: "works", who: "Ada", since: seconds(0), until: seconds(600) };
const from = (source: string): KeptReading => ({ ...incident().reading, source: source as KeptReading["source"] });

describe("what an incident is to callers", () => {
	it.each([
		["a failure", {}, "active"],
		["one that another system told", { reading: from("webhook") }, "active"],
		["one that a member of a group is", { memberOf: { key: "inc:1:dev:trunk-down:group", occurrence: 1 } }, "active"],
		["one that somebody answered", { acknowledged: { at: seconds(9), by: "Ida", tier: 1, channel: "pagerduty" } }, "active"],
		["one that a silence covers", { silenced }, "silenced"],
		["one that is clear and watched", { heldSince: seconds(60) }, "held"],
		["one that is over", { state: "recovered" }, "over"],
		["one that is closed", { state: "closed" }, "over"],
		["a group", { key: "inc:1:dev:trunk-down:group", entityId: "group" }, "group"],
		["a failing credential", { condition: "credentials-failing", reading: from("overseer") }, "internal"],
		["a platform that is out of reach", { condition: "platform-unreachable", reading: from("overseer") }, "internal"],
		["what no detector told, such as a drill", { reading: from("drill") }, "no-failure"],
	] as const satisfies readonly (readonly [string, Partial<Incident>, string])[])("%s: %s %s", (_name, change, reason) => {
		expect(whyAnnounce(incident(change))).toBe(reason);
	});
});

const trunk = (id: string, change: Partial<Incident> = {}): Incident =>
	incident({ key: `inc:1:dev:trunk-down:${id}`, entityId: id, entityName: `Trunk ${id}`, openedAt: seconds(60), ...change });

const keysOf = (incidents: readonly Incident[]) => wantedRows(settings, incidents).map(({ key, incidents: count }) => `${key} ${count}`);

describe("the rows that there should be", () => {
	it("one of all, one a condition, one an entity, with all that a flow may say", () => {
		const shared = {
			announce: true,
			condition: "trunk-down",
			entityId: "base-1",
			entityName: "Frankfurt-1",
			severity: "high",
			since: "2026-01-05T08:01:00Z",
			policy: "default",
			incidents: 1,
			writtenBy: "genesyscloud-runbooks dev",
		};
		expect(wantedRows(settings, [incident({ openedAt: seconds(60) })])).toEqual([
			{ key: "any", ...shared },
			{ key: "trunk-down", ...shared },
			{ key: "trunk-down:base-1", ...shared },
		]);
	});

	it("none without an incident, and none of what callers have nothing to do with", () => {
		expect(wantedRows(settings, [])).toEqual([]);
		expect(keysOf([incident({ state: "recovered" }), incident({ reading: from("drill") })])).toEqual([]);
	});

	it("the worst speaks for all: what may be told, then the severity, then the oldest", () => {
		const incidents = [
			trunk("a", { severity: "low" }),
			trunk("b", { severity: "critical", silenced }),
			trunk("c", { severity: "high", openedAt: seconds(120) }),
			trunk("d", { severity: "high" }),
		];
		expect(keysOf(incidents)).toEqual(["any 4", "trunk-down 4", "trunk-down:d 1", "trunk-down:c 1", "trunk-down:a 1", "trunk-down:b 1"]);
		expect(wantedRows(settings, incidents)[0]).toMatchObject({ entityId: "d", announce: true });
		expect(wantedRows(settings, [incidents[1] ?? trunk("b")])[0]).toMatchObject({ entityId: "b", announce: false });
	});

	it("what an incident brought with it is looked up by itself, and an incident of its own counts", () => {
		const child = { key: "inc:1:dev:queue-overflow:q:1", condition: "queue-overflow", name: "Support", since: seconds(90) } as const;
		const parent = trunk("a", { severity: "critical", children: [child] });
		expect(keysOf([parent])).toEqual(["any 2", "trunk-down 1", "queue-overflow 1", "trunk-down:a 1", "queue-overflow:q:1 1"]);
		const own = incident({ key: child.key, condition: "queue-overflow", entityId: "q:1", entityName: "Own", severity: "low" });
		for (const order of [
			[parent, own],
			[own, parent],
		]) {
			const row = wantedRows(settings, order).find(({ key }) => key === "queue-overflow:q:1");
			expect(row).toMatchObject({ entityName: "Own", severity: "low" });
		}
	});

	it("of more than a thousand the worst, and all of them are counted", () => {
		const many = Array.from({ length: 1200 }, (_, index) => trunk(`t${index}`, { severity: index === 1100 ? "critical" : "low" }));
		const rows = wantedRows(settings, many);
		expect(rows).toHaveLength(1002);
		expect(rows[0]).toMatchObject({ key: "any", incidents: 1200, entityId: "t1100" });
	});
});

describe("the times of a row", () => {
	it("are instants to the second, as Architect writes and reads them, for a quarter of an hour", () => {
		const [content] = wantedRows(settings, [incident()]);
		if (content === undefined) throw new Error("Expected a row");
		expect(timed(content, seconds(0) + 999)).toEqual({ ...content, updated: "2026-01-05T08:00:00Z", until: "2026-01-05T08:15:00Z" });
	});

	it.each([
		["just written", isoSeconds(seconds(900)), false],
		["a little more than ten minutes left", isoSeconds(seconds(601)), false],
		["ten minutes left", isoSeconds(seconds(600)), true],
		["over", isoSeconds(seconds(-1)), true],
		["by a clock that is ahead", isoSeconds(seconds(1801)), true],
		["no instant", "soon", true],
		["nothing", undefined, true],
	])("a row whose until is %s: renewed %s", (_name, until, renewed) => {
		expect(isRenewed(until, seconds(0))).toBe(renewed);
	});
});
