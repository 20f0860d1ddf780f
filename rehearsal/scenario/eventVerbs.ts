import * as z from "zod";
import { at, span } from "./parts.ts";

const times = z.int().min(1).max(5000).default(1);

/** What a scenario can do to the events that Genesys Cloud sends by Amazon EventBridge, where the settings take them. */
export const eventVerbs = [
	z.strictObject({
		...at,
		do: z.literal("event-repeats").describe("What was told last of each instance of a trunk is delivered again."),
		trunk: z.string(),
		times: times.describe("How often each."),
	}),
	z.strictObject({
		...at,
		do: z.literal("event-unknown").describe("Events about a trunk come in a version that nobody knows."),
		trunk: z.string(),
		times: times.describe("How many of each instance."),
	}),
	z.strictObject({ ...at, do: z.literal("bus-silent").describe("No event comes any more."), for: span }),
] as const;
