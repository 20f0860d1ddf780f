import { expect, test } from "vitest";
import { pageValues } from "../../../../functions/edges/vendors/pageValues.ts";
import type { Page } from "../../../../functions/pipeline/model/incident.ts";
import { orderOf } from "../../../../functions/pipeline/page/flow.ts";
import { linkFacts } from "../../../../functions/pipeline/page/linkFacts.ts";
import { noteOf, pageTexts } from "../../../../functions/pipeline/page/texts.ts";
import { vendorOf } from "../../../../vendors/kinds.ts";
import { incident, page, reading, seconds, settings } from "../fixtures.ts";

const drill = incident({
	key: "inc:1:dev:drill:default",
	condition: "drill",
	entityId: "default",
	entityName: "Drill of default",
	summary: "Drill of default: nothing is broken",
	acknowledged: { at: seconds(60), by: "Ada", tier: 1, channel: "sms" },
	recoveredAt: seconds(120),
	reading: reading({ condition: "drill", source: "drill", metrics: {} }),
});

test.each([true, false])("every text of a drill begins with its mark (production: %s)", (production) => {
	const stack = { ...settings, production };
	const { spoken, ...written } = pageTexts({ settings: stack, incident: drill });
	for (const text of Object.values(written)) expect(text).toMatch(production ? /^\[DRILL\] (?!\[DEV\])/ : /^\[DRILL\] \[DEV\] /);
	expect(spoken).toMatch(/^This is a drill\. On-call page, high: /);
	expect(linkFacts({ settings: stack, incident: drill }, { first: [], terms: [] }).what).toMatch(/^\[DRILL\] Drill of default/);
	expect(noteOf(drill, "acknowledgement")).toBe("[DRILL] Acknowledged by Ada (tier 1, sms)");
	expect(noteOf(drill, "recovery")).toBe("[DRILL] Over since 08:02 UTC: the drill is at its end.");
	const { recoveredAt: _over, ...open } = drill;
	expect(noteOf(open, "recovery")).toBe("[DRILL] Replaced by a newer page.");
});

test("its end as well, and what the functions send", () => {
	const [channel] = settings.policies.default?.tiers[0]?.channels ?? [];
	if (channel === undefined) throw new Error("Expected a channel, got none");
	const sent: Page = page({ dedupKey: `${drill.key}:1:1` });
	const order = orderOf({ settings, clock: { now: () => seconds(130) } }, drill, sent, channel);
	for (const isOver of [true, false]) {
		const { text, spoken, summary, title, body } = pageValues(order, vendorOf("sms"), isOver);
		expect(text).toMatch(isOver ? /^\[DRILL\] \[DEV\] RECOVERED: / : /^\[DRILL\] \[DEV\] HIGH: /);
		expect(spoken).toMatch(/^This is a drill\. /);
		for (const each of [summary, title, body]) expect(each).toMatch(/^\[DRILL\] /);
	}
});

test("what is no drill has no mark, also where its name begins with one", () => {
	const { summary, spoken } = pageTexts({ settings: { ...settings, production: true }, incident: incident() });
	expect([summary, spoken]).toEqual([expect.stringMatching(/^SIP trunk/), expect.stringMatching(/^On-call page/)]);
});
