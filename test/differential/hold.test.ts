import fc from "fast-check";
import { expect, test } from "vitest";
import { seed } from "./everyRun.ts";
import { type Case, cases } from "./generators.ts";
import { overseerStory, workflowStory } from "./stories.ts";
import type { Story } from "./story.ts";

const heldCases: fc.Arbitrary<Case> = fc
	.tuple(cases, fc.integer({ min: 1, max: 900 }))
	.map(([{ recoversAt: _recovers, ...played }, heldAt]) => ({ ...played, heldAt }));

const sentAfter = ({ steps }: Story, at: number) =>
	steps.filter((step) => (step.what === "accepted" || step.what === "refused" || step.what === "stale") && step.at > at);

test("neither executor pages anybody while flap damping holds an incident open", { timeout: 300_000 }, async () => {
	let [before, stopped] = [0, 0];
	await fc.assert(
		fc.asyncProperty(heldCases, async (played) => {
			for (const story of [await workflowStory(played), await overseerStory(played)]) {
				expect(sentAfter(story, played.heldAt ?? 0)).toEqual([]);
				before += story.steps.length;
				if (story.steps.at(-1)?.detail === "taken-over") stopped += 1;
			}
		}),
		{ numRuns: 40, seed },
	);
	// What is held was under way, and many workflows end because of it.
	expect(before).toBeGreaterThan(120);
	expect(stopped).toBeGreaterThan(12);
});
