import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mostWrites, planTable, type TableStep } from "../../../../functions/pipeline/announce/plan.ts";
import { timed, wantedRows } from "../../../../functions/pipeline/announce/rules.ts";
import type { Incident } from "../../../../functions/pipeline/model/incident.ts";
import type { FoundRow } from "../../../../functions/pipeline/ports.ts";
import { incident, seconds, settings } from "../fixtures.ts";

const trunk = (id: string, change: Partial<Incident> = {}): Incident =>
	incident({ key: `inc:1:dev:trunk-down:${id}`, entityId: id, entityName: id, ...change });

/** The table as it is when everything was written at that instant. */
const written = (incidents: readonly Incident[], at: number): readonly FoundRow[] =>
	wantedRows(settings, incidents).map((content) => ({ key: content.key, fields: timed(content, at) }));

const words = (steps: readonly TableStep[]): readonly string[] =>
	steps.map((step) => `${step.do} ${step.do === "remove" ? step.key : step.row.key}: ${step.reason}`);
const plan = (incidents: readonly Incident[], rows: readonly FoundRow[], now = seconds(60), most = 100) =>
	planTable(settings, { incidents, rows, now }, most);

describe("the difference between what is wrong and the table", () => {
	it("is nothing where the table says it already", () => {
		expect(plan([trunk("a")], written([trunk("a")], seconds(0)))).toEqual({ steps: [], left: 0, foreign: [] });
	});

	it("removes first, then adds, then changes, and renews last", () => {
		const before = written([trunk("a"), trunk("b"), trunk("c")], seconds(-400));
		const steps = plan([trunk("b"), trunk("c", { severity: "critical" }), trunk("d", { severity: "low" })], before).steps;
		expect(words(steps)).toEqual([
			"remove trunk-down:a: over",
			"add trunk-down:d: new",
			"replace any: changed",
			"replace trunk-down: changed",
			"replace trunk-down:c: changed",
			"replace trunk-down:b: renewed",
		]);
	});

	it("tells the row of all and that of the condition before three hundred others, so many a tick", () => {
		const many = Array.from({ length: 300 }, (_, index) => trunk(`t${index}`));
		const { steps, left } = plan(many, []);
		expect(words(steps).slice(0, 2)).toEqual(["add any: new", "add trunk-down: new"]);
		expect([steps.length, left]).toEqual([100, 202]);
	});

	it("leaves rows alone that somebody else keeps, at their own keys and at ours", () => {
		const manual: FoundRow = { key: "any", fields: { key: "any", announce: true, until: "2099-01-01T00:00:00Z", writtenBy: "Ada" } };
		const other: FoundRow = { key: "christmas", fields: { key: "christmas" } };
		const stage: FoundRow = { key: "trunk-down:z", fields: { key: "trunk-down:z", writtenBy: "genesyscloud-runbooks stage" } };
		const { steps, foreign } = plan([trunk("a")], [manual, other, stage]);
		expect(words(steps)).toEqual(["add trunk-down: new", "add trunk-down:a: new"]);
		expect(foreign).toEqual(["any"]);
		expect(plan([], [manual, other, stage]).steps).toEqual([]);
	});

	it("writes a row anew that lost a column or was changed by hand", () => {
		const rows = written([trunk("a")], seconds(0)).map((row) => ({ ...row, fields: { ...row.fields, announce: false } }));
		expect(words(plan([trunk("a")], rows).steps)).toEqual([
			"replace any: changed",
			"replace trunk-down: changed",
			"replace trunk-down:a: changed",
		]);
	});
});

describe("how many writes a tick makes", () => {
	it.each([
		[300, 0.8, 100],
		[300, 1, 100],
		[60, 0.8, 20],
		[1, 0.1, 1],
	])("with %d requests a minute, %d of them ours: %d", (genesysRequestsPerMinute, genesysShare, most) => {
		expect(mostWrites({ genesysRequestsPerMinute, genesysShare })).toBe(most);
	});

	it("never more than two ticks of them, and their pages, in one minute's allowance", () => {
		fc.assert(
			fc.property(fc.integer({ min: 100, max: 3000 }), fc.double({ min: 0.5, max: 1, noNaN: true }), (perMinute, share) => {
				const allowance = perMinute * share;
				expect(2 * mostWrites({ genesysRequestsPerMinute: perMinute, genesysShare: share })).toBeLessThanOrEqual(allowance);
			}),
		);
	});
});

describe("whatever the table holds, and whatever of a plan is done", () => {
	const ids = ["a", "b", "c", "d"];
	const world = fc.record({
		open: fc.subarray(ids),
		before: fc.subarray(ids),
		foreign: fc.subarray(["any", "trunk-down", "trunk-down:a", "notice"]),
		writtenAt: fc.integer({ min: -2000, max: 2000 }),
		done: fc.array(fc.nat({ max: 3 }), { maxLength: 4 }),
	});

	it("ticks come to the rows that there should be, and never touch anybody else's", () => {
		fc.assert(
			fc.property(world, ({ open, before, foreign, writtenAt, done }) => {
				const incidents = open.map((id) => trunk(id));
				const mine = written(
					before.map((id) => trunk(id)),
					seconds(writtenAt),
				).filter(({ key }) => !foreign.includes(key));
				const theirs = foreign.map((key) => ({ key, fields: { key, writtenBy: "somebody" } }));
				const table = new Map<string, FoundRow>([...mine, ...theirs].map((row) => [row.key, row]));
				// Some ticks write only the first of what they planned; the last ones write all.
				for (const count of [...done, 100, 100]) {
					const { steps } = plan(incidents, [...table.values()], seconds(0));
					for (const step of steps.slice(0, count)) {
						if (step.do === "remove") table.delete(step.key);
						else table.set(step.row.key, { key: step.row.key, fields: step.row });
					}
				}
				const wanted = wantedRows(settings, incidents).map(({ key }) => key);
				expect([...table.keys()].toSorted()).toEqual([...new Set([...wanted, ...foreign])].toSorted());
				for (const row of theirs) expect(table.get(row.key)).toBe(row);
			}),
		);
	});
});
