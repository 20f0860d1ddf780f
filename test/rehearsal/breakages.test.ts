import { describe, expect, test } from "vitest";
import { play } from "../../rehearsal/play.ts";
import { readStackFile } from "../../rehearsal/scenario/stackFile.ts";
import { deployOnce } from "../../rehearsal/world/deployOnce.ts";
import { breakages, plain } from "./plantedBreakages.ts";

describe("a rehearsal of a broken deployment fails, names the resource and the reason, and somebody is paged all the same", () => {
	const file = readStackFile("dev");
	const deploy = deployOnce();

	test("the plain outage passes when nothing is broken", async () => {
		const { report } = await play({ scenario: plain, file, seed: 1, deploy });
		expect(report.expectations.filter(({ met }) => !met)).toEqual([]);
	});

	test.each(breakages)("$name", async ({ tamper, resource, reason, scenario = plain }) => {
		const { report } = await play({ scenario, file, seed: 1, tamper, deploy });
		const unmet = report.expectations.filter(({ met }) => !met).map(({ what }) => what);
		expect(tamper.hits).toBeGreaterThan(0);
		expect(report.verdict).toBe("failed");
		expect(unmet.filter((what) => resource.test(what) && reason.test(what))).not.toEqual([]);
		expect(report.events.filter(({ what, outcome }) => what === "page-proven" && outcome !== "recovery")).not.toEqual([]);
	});
});
