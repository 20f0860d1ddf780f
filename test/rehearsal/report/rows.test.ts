import { expect, test } from "vitest";
import { rowsOf } from "../../../rehearsal/report/rows.ts";
import type { TimelineEvent } from "../../../rehearsal/report/timelineEvent.ts";
import { events, own } from "./stories.ts";

const rows = (all: readonly TimelineEvent[]) =>
	rowsOf(all, new Map(all.map((event) => [event.id, event]))).map(({ event, again, until, because }) => [event.id, again, until, because]);

const failed = (atSeconds: number, more: Partial<TimelineEvent> = {}) =>
	own("page-failed", atSeconds, { tier: 1, channel: "sms", outcome: "unavailable", ...more });

test("what is tried again and again at a place is one line, whatever happens elsewhere; what follows it has that line as its cause", () => {
	const other = { tier: 2, channel: "pagerduty" };
	expect(
		rows(
			events(
				failed(10),
				own("page-sent", 15, other),
				failed(20, { because: 1 }),
				failed(30, { because: 3 }),
				own("page-sent", 40, { tier: 1, channel: "sms", because: 4 }),
			),
		),
	).toEqual([
		[1, 2, 30, undefined],
		[2, 0, 15, undefined],
		[5, 0, 40, 1],
	]);
});

test("another reason, another attempt and other news of the place begin a new line", () => {
	const place = { tier: 1, channel: "sms" };
	expect(
		rows(
			events(
				failed(1),
				failed(2, { outcome: "timeout" }),
				failed(3, { outcome: "timeout", attempt: 2 }),
				own("page-proven", 4, place),
				failed(5, { outcome: "timeout", attempt: 2 }),
			),
		),
	).toEqual([
		[1, 0, 1, undefined],
		[2, 0, 2, undefined],
		[3, 0, 3, undefined],
		[4, 0, 4, undefined],
		[5, 0, 5, undefined],
	]);
});

test("rounds of looking are no lines, and what only came when it was its turn has no cause", () => {
	const look = { incident: "inc", detail: "Frankfurt-1: down" };
	expect(
		rows(
			events(
				{ what: "deployed" },
				{ what: "polled" },
				{ what: "observed", ...look, because: 2 },
				own("incident-opened", 200, { because: 3 }),
				{ what: "polled" },
				{ what: "observed", ...look, because: 5 },
				own("incident-seen-again", 300, { because: 6 }),
				own("error", 310, { because: 7 }),
				own("stale", 320, { because: 6 }),
			),
		).map(([id, , , because]) => [id, because]),
	).toEqual([
		[3, undefined],
		[4, 3],
		[8, undefined],
		[9, undefined],
	]);
});
