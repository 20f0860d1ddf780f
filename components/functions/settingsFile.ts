import * as pulumi from "@pulumi/pulumi";
import type { RuntimeSettings } from "../../functions/pipeline/settings.ts";
import { runtimeSettings } from "../../functions/schemas/runtimeSettings.ts";
import { canonicalJson } from "../genesys/canonicalJson.ts";

/**
 * The text of `settings.json` in a function's archive, checked here and not at each cold start: the schemas of all runbooks and vendors would be in
 * every bundle. Throws a RunError with every problem and its path.
 */
export function settingsFile(settings: RuntimeSettings): string {
	const text = written.get(settings) ?? canonicalJson(checked(settings));
	written.set(settings, text);
	return text;
}

/** All functions of a stack get the same. */
const written = new WeakMap<RuntimeSettings, string>();

function checked(settings: RuntimeSettings): RuntimeSettings {
	const result = runtimeSettings.safeParse(settings);
	if (result.success) return settings;
	const problems = result.error.issues.map(({ path, message }) => {
		// The texts of the settings complete the sentence "expected …"; those of the schema library are sentences.
		const sentence = /expected|unrecognized/i.test(message) ? message : `expected ${message}`;
		return `${path.length === 0 ? "(document)" : path.join(".")}: ${sentence}`;
	});
	throw new pulumi.RunError(`settings.json: ${problems.join("; ")}`);
}
