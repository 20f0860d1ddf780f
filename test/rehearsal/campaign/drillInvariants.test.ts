import { describe, expect, test } from "vitest";
import { Cover } from "../../../rehearsal/campaign/cover.ts";
import { incident } from "../../functions/pipeline/fixtures.ts";
import { acknowledged, brokenIn, calm, event, type Given, key, type NewEvent, proven, recovered, resolved, storyOf } from "./calmStory.ts";

const drill = "inc:1:dev:drill:telephony";
const failed = "inc:1:dev:drill-failed:telephony";
const none = { pagerduty: [], sms: [] } as const;

const drilled = (logged: readonly NewEvent[]): Given => {
	const own = logged.map((each) => event({ incident: drill, occurrence: 1, ...each }));
	const story = {
		...storyOf([]),
		incident: drill,
		item: incident({ key: drill, condition: "drill", state: "closed" as const }),
		events: own,
	};
	return { ...calm, ...none, stories: [story], events: own, scenario: { ...calm.scenario, happens: [] } };
};
const opened: NewEvent = { what: "incident-opened", atSeconds: 120 };
const passes = [opened, proven, acknowledged, recovered, resolved];
const failsAt = (atSeconds: number): NewEvent => ({ what: "drill-failed", outcome: "telephony", atSeconds });

describe("the invariants of drills", () => {
	test("hold for one that passes, and for one that is lost and told", () => {
		expect(brokenIn(drilled(passes))).toEqual([]);
		expect(brokenIn(drilled([...passes, failsAt(600), { what: "incident-opened", incident: failed, atSeconds: 600 }]))).toEqual([]);
	});

	test.each<{ name: string; logged: readonly NewEvent[] }>([
		{ name: "drill-harmless", logged: [...passes, { what: "remediated", atSeconds: 130 }] },
		{ name: "drill-harmless", logged: [...passes, { what: "grouped", atSeconds: 121 }] },
		{ name: "drill-behind-failures", logged: [{ what: "lease-taken", incident: key, atSeconds: 0 }, ...passes] },
		{
			name: "drill-behind-failures",
			logged: [
				...passes,
				...Array.from({ length: 6 }, (_, index) => ({ what: "lease-taken" as const, incident: `${drill}-${index}`, atSeconds: 125 })),
			],
		},
		{ name: "drill-ends", logged: [opened, proven, acknowledged] },
		{ name: "drill-told", logged: [...passes, failsAt(600)] },
		{ name: "drill-told", logged: [...passes, { ...failsAt(600), what: "drill-missed" }] },
		{ name: "drill-told", logged: [...passes, failsAt(600), { what: "incident-opened", incident: failed, atSeconds: 500 }] },
	])("$name is broken where it is", ({ name, logged }) => {
		expect(brokenIn(drilled(logged))).toContain(name);
	});

	test("a lease that was given back, or that a fault may have ended, is in nobody's way", () => {
		const taken: NewEvent = { what: "lease-taken", incident: key, atSeconds: 0 };
		expect(brokenIn(drilled([taken, { ...taken, what: "lease-released", atSeconds: 60 }, ...passes]))).toEqual([]);
		const given = drilled([taken, ...passes]);
		expect(brokenIn({ ...given, cover: new Cover([{ from: 10, until: 20 }], 0) })).not.toContain("drill-behind-failures");
	});
});
