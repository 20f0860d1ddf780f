import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { commentMarker, commentOf } from "../../../rehearsal/impact/comment/comment.ts";
import { type Impact, impactOf } from "../../../rehearsal/impact/impact.ts";
import { sideOf } from "../../../rehearsal/impact/sides.ts";
import { readScenario } from "../../../rehearsal/scenario/read.ts";

const examples = new URL("../../../examples/impact/", import.meta.url);
const side = (file: string) => ({ ...sideOf(fileURLToPath(new URL(file, examples)), "dev"), name: file });

const compared = (after: string, scenario: string): Promise<Impact> =>
	impactOf(side("before.yaml"), side(after), { scenarios: [readScenario(scenario)], toleratedSeconds: 30 });

const nothing: ReadonlySet<string> = new Set();

/** `npm run unit -- test/rehearsal/impact/comment.test.ts -u` writes the comments anew: read what changed in them before you commit. */
describe("the comment for a pull request", () => {
	test.each([
		{ after: "route-removed", scenario: "queue-overflow", losses: ["dev:policy:workforce"] },
		{ after: "other-channel", scenario: "nobody-answers", losses: [] },
		{ after: "later", scenario: "nobody-answers", losses: [] },
		{ after: "new-runbook", scenario: "edge-outage", losses: [] },
	])("of $after is its golden file", async ({ after, scenario, losses }) => {
		const impact = await compared(`${after}.yaml`, scenario);
		expect(impact.losses.map(({ id }) => id)).toEqual(losses);
		const comment = commentOf(impact, nothing);
		expect(comment.startsWith(`${commentMarker}\n`)).toBe(true);
		await expect(comment).toMatchFileSnapshot(`golden/${after}.md`);
	});
});
