import { describe, expect, test } from "vitest";
import { play } from "../../rehearsal/play.ts";
import { readScenario } from "../../rehearsal/scenario/read.ts";
import { readStackFile } from "../../rehearsal/scenario/stackFile.ts";
import { type EmulatedKind, emulatedKinds } from "../../rehearsal/vendors/emulators.ts";
import { judgedRequests } from "./judgedRequests.ts";

/** What a whole rehearsal asked the vendors, by their documents. */
async function playJudged(name: string) {
	const requests: Request[] = [];
	const sees = (request: Request): void => {
		requests.push(request);
	};
	const { report, world } = await play({ scenario: readScenario(name), file: readStackFile("dev"), seed: 7, sees });
	return { verdict: report.verdict, ...(await judgedRequests(world.vendors, requests)) };
}

/** Those that the scenario's own channels are of. */
const kindsOf = (name: string): readonly EmulatedKind[] => {
	const written = JSON.stringify(readScenario(name).settings);
	return emulatedKinds.filter((kind) => written.includes(`"kind":"${kind}"`));
};

describe("every request of a whole rehearsal is one that its vendor documents", () => {
	test.each(["every-vendor", "informs-beside", "opsgenie-to-jsm", "slack-says-no"])("%s", async (name) => {
		const { verdict, counts, wrong } = await playJudged(name);
		expect(wrong).toEqual([]);
		expect(verdict).toBe("passed");
		const asked = Object.keys(counts);
		// A fallback that was not needed is checked all the same.
		expect(asked.toSorted()).toEqual(expect.arrayContaining([...kindsOf(name)]));
	});

	test("and every-vendor asks all of the twelve", () => {
		expect(kindsOf("every-vendor")).toHaveLength(12);
	});
});
