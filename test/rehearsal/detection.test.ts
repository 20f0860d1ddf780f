import { expect, test } from "vitest";
import { play } from "../../rehearsal/play.ts";
import { readScenario } from "../../rehearsal/scenario/read.ts";
import { readStackFile } from "../../rehearsal/scenario/stackFile.ts";

/** What the vendor holds after a shipped scenario: the texts that woke people. */
async function pagesOf(name: string): Promise<readonly { readonly title: string; readonly severity: string; readonly details: unknown }[]> {
	const { world } = await play({ scenario: readScenario(name), file: readStackFile("dev"), seed: 1 });
	return world.vendors.pagerduty.world.incidents();
}

test("the page of an edge lists the five trunks and the queue that went with it, and is the only one of its outage", async () => {
	const [edge, trunk, ...others] = await pagesOf("edge-outage");
	expect(edge?.title).toBe(
		"[DEV] Edge Edge-A is offline: it carries no calls; with it: Frankfurt-1 (trunk-down), Frankfurt-2 (trunk-down), Frankfurt-3 (trunk-down), Frankfurt-4 (trunk-down), Frankfurt-5 (trunk-down), Support (queue-overflow)",
	);
	expect(edge?.details).toMatchObject({ health: "as the summary says", condition: "edge-offline" });
	expect(trunk?.title).toBe("[DEV] SIP trunk Frankfurt-5 is down: not connected (up on 0 of 1 edges)");
	expect(others).toEqual([]);
});

test("the page of a trunk tells the edges of this trunk, not those of others", async () => {
	const [, page] = await pagesOf("trunk-outage");
	expect(page?.details).toMatchObject({ tier: "2", health: "connected on 0 of 2 edges" });
});

test("the page of a queue says who is there to answer, that of a degraded trunk its score and its connections", async () => {
	const [support, sales] = await pagesOf("queue-overflow");
	expect(support).toMatchObject({
		title: "[DEV] Queue Support overflows: 240 waiting, the longest for 150 s (3 on queue)",
		severity: "warning",
	});
	expect(sales?.title).toMatch(/^\[DEV\] Queue Sales overflows: 1 waiting, the longest for 3\d\d s \(staffing not known\)$/);
	const [degraded] = await pagesOf("trunk-degraded");
	expect(degraded?.title).toBe("[DEV] SIP trunk Frankfurt-1 is degraded: health score 0.50, 4 of 8 proxies answer OPTIONS");
	expect(degraded?.details).toMatchObject({ condition: "trunk-degraded", health: "connected on 2 of 2 edges" });
});
