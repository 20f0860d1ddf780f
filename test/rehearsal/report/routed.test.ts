import { expect, test } from "vitest";
import { policyAt } from "../../../rehearsal/report/routed.ts";
import type { TimelineEvent } from "../../../rehearsal/report/timelineEvent.ts";

const incident = "inc:1:dev:trunk-down:base-1";
const event = (id: number, what: TimelineEvent["what"], change: Partial<TimelineEvent> = {}): TimelineEvent => ({
	id,
	atSeconds: id,
	who: "poller",
	what,
	incident,
	occurrence: 1,
	...change,
});
const events = [
	event(1, "incident-opened"),
	event(2, "routed", { outcome: "day" }),
	event(3, "routed", { outcome: "other", occurrence: 2 }),
	event(4, "page-sent"),
	event(5, "routed", { outcome: "night" }),
	event(6, "page-sent"),
];

test.each([
	{ id: 1, name: "that it opened, told just before", policy: "day" },
	{ id: 4, name: "a page", policy: "day" },
	{ id: 6, name: "a page after it was routed anew", policy: "night" },
])("$name is of the policy $policy", ({ id, policy }) => {
	expect(policyAt(events, events[id - 1] ?? event(0, "polled"))).toBe(policy);
});

test("what is of no incident, or of none that was routed, is of no policy", () => {
	const { incident: _none, ...alone } = event(7, "polled");
	expect([policyAt(events, alone), policyAt(events, event(8, "page-sent", { occurrence: 9 }))]).toEqual([undefined, undefined]);
});
