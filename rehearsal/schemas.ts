import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { stackJsonSchema } from "../components/settings/stackSchema.ts";
import { readingJsonSchema } from "../functions/schemas/readingSchema.ts";
import { rehearsalJsonSchema } from "./report/report.ts";
import { scenarioJsonSchema } from "./scenario/scenario.ts";

/** Every document that people write or read, as JSON Schema, by file name. */
const schemas = {
	"stack.schema.json": stackJsonSchema,
	"reading.schema.json": readingJsonSchema,
	"scenario.schema.json": scenarioJsonSchema,
	"rehearsal.schema.json": rehearsalJsonSchema,
} satisfies Record<string, () => unknown>;

const folder = fileURLToPath(new URL("../build/schemas/", import.meta.url));
mkdirSync(folder, { recursive: true });
for (const [file, schema] of Object.entries(schemas)) writeFileSync(`${folder}${file}`, `${JSON.stringify(schema(), null, "\t")}\n`);
