import * as z from "zod";
import { settingsSchema } from "./schema.ts";
import { namespace, secretKeys } from "./secrets.ts";

/** The JSON Schema (draft 2020-12) of a whole `Pulumi.<stack>.yaml`, for editors: they complete, explain and check what the program checks again. */
export function stackJsonSchema(): Record<string, unknown> {
	const settings = z.toJSONSchema(settingsSchema, { io: "input" });
	const properties = Object.entries(settings.properties ?? {}).map(([key, schema]) => [`${namespace}:${key}`, orQuoted(schema)] as const);
	const required = (settings.required ?? []).map((key) => `${namespace}:${key}`);
	return {
		$schema: "https://json-schema.org/draft/2020-12/schema",
		title: "Stack of genesyscloud-runbooks",
		type: "object",
		properties: {
			config: {
				type: "object",
				properties: Object.fromEntries(properties),
				patternProperties: {
					...Object.fromEntries(secretKeys.map(({ pattern, words }) => [`^${namespace}:${pattern}$`, secretSchema(words)])),
					"^(aws|genesyscloud|pulumi):": { description: "Configuration of a provider or of Pulumi itself." },
				},
				required,
				additionalProperties: false,
			},
			environment: { description: "Pulumi ESC environments." },
			secretsprovider: { type: "string" },
			encryptedkey: { type: "string" },
			encryptionsalt: { type: "string" },
		},
		required: ["config"],
		additionalProperties: false,
	};
}

const secretSchema = (words: string) => ({
	description: `A secret: set it with pulumi config set --secret. ${words}`,
	type: "object",
	properties: { secure: { type: "string" } },
	required: ["secure"],
	additionalProperties: false,
});

/** Whenever Pulumi writes the file it puts a single number or truth value into quotes: both forms are the same setting. */
function orQuoted(schema: z.core.JSONSchema._JSONSchema): unknown {
	if (typeof schema === "boolean" || (schema.type !== "boolean" && schema.type !== "number")) return schema;
	const { type, enum: values = [true, false], ...rest } = schema;
	return { ...rest, type: [type, "string"], enum: [...values, ...values.map(String)] };
}
