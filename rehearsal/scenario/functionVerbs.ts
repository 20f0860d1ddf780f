import * as z from "zod";
import { breakWords } from "../aws/functions.ts";
import { functionKinds } from "../aws/state.ts";
import { at, span } from "./parts.ts";

/** What a scenario can do to the functions themselves. */
export const functionVerbs = [
	z.strictObject({
		...at,
		do: z.literal("kills").describe("A function dies once: its call took effect, and it never sees the answer."),
		function: z.enum(functionKinds),
		after: z.number().int().min(1).max(10_000).default(1).describe("At which of its outside calls from now on."),
	}),
	z.strictObject({
		...at,
		do: z.literal("twice").describe("A schedule or the queue runs the function a second time for the same event."),
		function: z.enum(["poller", "overseer", "dispatcher"]),
		for: span,
	}),
	z
		.strictObject({
			...at,
			do: z.literal("breaks").describe("Every run of a function fares like this."),
			function: z.enum(functionKinds),
			how: z
				.enum(breakWords)
				.describe("It cannot start; it comes to no end and is killed; AWS has no room to run it; or its schedule is switched off."),
			for: span,
		})
		.refine(({ how, function: kind }) => how !== "unscheduled" || kind === "poller" || kind === "overseer", {
			path: ["how"],
			error: "expected a function with a schedule, poller or overseer, beside unscheduled",
		}),
] as const;
