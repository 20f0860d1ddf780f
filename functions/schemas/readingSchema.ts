import { toJsonSchema } from "@valibot/to-json-schema";
import { reading } from "./reading.ts";

/** What is changed as it is read, or is so of every number of JSON, says nothing to a sender. */
const silent = ["transform", "finite"];

/** The JSON Schema (draft 2020-12) of the reading document, as it is published for those who send webhooks. */
export function readingJsonSchema(): Record<string, unknown> {
	return { ...toJsonSchema(reading, { target: "draft-2020-12", typeMode: "input", ignoreActions: silent }) };
}
