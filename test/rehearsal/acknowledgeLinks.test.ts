import { describe, expect, test } from "vitest";
import { play } from "../../rehearsal/play.ts";
import { readScenario } from "../../rehearsal/scenario/read.ts";
import type { Scenario } from "../../rehearsal/scenario/scenario.ts";
import { readStackFile } from "../../rehearsal/scenario/stackFile.ts";

const shipped = readScenario("acknowledges-by-link");
const { telephony } = Object(Object(shipped.settings).policies);
const withoutLinks: Scenario = { ...shipped, settings: { policies: { telephony: { ...telephony, acknowledgeLinks: false } } } };

async function rehearsed(scenario: Scenario) {
	const { report, world } = await play({ scenario, file: readStackFile("dev"), seed: 1 });
	const broken = report.expectations.filter(({ met }) => !met).map(({ what }) => what);
	return { report, broken, texts: world.vendors.sms.world.messages().map(({ body }) => body) };
}

describe("acknowledge links", () => {
	test("are what keeps the next tier asleep: without them it is paged, and the scenario says so", async () => {
		const { broken, texts } = await rehearsed(withoutLinks);
		expect(broken).toEqual(expect.arrayContaining(["never: page-sent tier 2", "never: escalated"]));
		expect(texts[0]).toMatch(/ ref inc:1:dev:trunk-down:\S+:1:1$/);
	});

	test("are in the text that pages, not in the one of its end, and in no report", async () => {
		const { report, broken, texts } = await rehearsed(shipped);
		expect(broken).toEqual([]);
		expect(texts).toEqual([
			expect.stringMatching(/^\[DEV\] HIGH: .* Acknowledge: https:\/\/\S+\/a\/[A-Za-z0-9_-]{22}\/inc:1:dev:trunk-down:\S+:1:1$/),
			expect.stringMatching(/^\[DEV\] RECOVERED: (?!.*https:).* ref inc:1:dev:trunk-down:\S+:1:1:recovery$/),
		]);
		const [, signature = "none"] = /\/a\/([^/]+)\//.exec(texts[0] ?? "") ?? [];
		expect(JSON.stringify(report)).not.toContain(signature);
	});
});
