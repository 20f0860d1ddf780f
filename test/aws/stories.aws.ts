import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { play } from "../../rehearsal/play.ts";
import { readScenario } from "../../rehearsal/scenario/read.ts";
import { readStackFile } from "../../rehearsal/scenario/stackFile.ts";
import { startCloud } from "./cloud.ts";
import { type Judge, startJudge } from "./judge.ts";

let judge: Judge;
beforeAll(async () => {
	judge = await startJudge();
});
afterAll(() => judge.close());

describe("try", () => {
	test("x", async () => {
		const cloud = await startCloud(judge);
		const { report, world } = await play({ scenario: readScenario("trunk-outage"), file: readStackFile("dev"), seed: 7, account: cloud.account, deploy: cloud.deploy });
		console.log(world.deployment.failures, world.troubles.slice(0, 5));
		console.log(report.expectations.filter(({ met }) => !met));
		console.log(report.events.filter((e) => e.what !== "polled").slice(0, 40).map((e) => JSON.stringify(e)).join("\n"));
		const judged = await cloud.judged();
		console.log(judged.refused, judged.statements.filter(({ used }) => !used));
		await cloud.close();
		expect(report.verdict).toBe("passed");
	});
});
