import { parseSettings } from "../../functions/edges/environment.ts";
import { EdgeError } from "../../functions/pipeline/ports.ts";
import type { RuntimeSettings } from "../../functions/pipeline/settings.ts";

/**
 * The settings out of a function's declared archive (a Pulumi AssetArchive of a bundle and a text), parsed as the function itself does at a cold
 * start. Throws EdgeError "misconfigured" where the archive lacks `settings.json` or `index.mjs`, or where the settings are wrong.
 */
export async function settingsOf(functionName: string, code: unknown): Promise<RuntimeSettings> {
	const assets: unknown = await property(code, "assets");
	const lacks = (file: string): EdgeError =>
		new EdgeError("misconfigured", `function ${functionName}: expected ${file} in its archive, got none`, { retry: false });
	const bundle = property(assets, "index.mjs");
	if ([await property(bundle, "path"), await property(bundle, "text")].every((held) => typeof held !== "string")) throw lacks("index.mjs");
	const text: unknown = await property(property(assets, "settings.json"), "text");
	if (typeof text !== "string") throw lacks("settings.json");
	const known = parsed.get(text) ?? parseSettings(text);
	// Only the last texts: a world has one, and another world of the same settings the same.
	if (parsed.size >= keptTexts) parsed.clear();
	parsed.set(text, known);
	return known;
}

const parsed = new Map<string, RuntimeSettings>();
const keptTexts = 8;

function property(value: unknown, key: string): unknown {
	return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}
