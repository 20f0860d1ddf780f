import { parseSettings } from "../../functions/edges/environment.ts";
import { EdgeError } from "../../functions/pipeline/ports.ts";
import type { RuntimeSettings } from "../../functions/pipeline/settings.ts";

/**
 * The settings out of a function's declared archive (a Pulumi AssetArchive of a bundle and a text), parsed as the function itself does at a cold
 * start. Throws EdgeError "misconfigured" where the archive lacks `settings.json` or `index.mjs`, or where the settings are wrong.
 */
export async function settingsOf(functionName: string, code: unknown): Promise<RuntimeSettings> {
	const assets: unknown = await property(code, "assets");
	for (const file of ["index.mjs", "settings.json"]) {
		const text: unknown = await property(property(assets, file), "text");
		const path: unknown = await property(property(assets, file), "path");
		if (file === "settings.json" && typeof text === "string") return parseSettings(text);
		if (file === "settings.json" || (typeof text !== "string" && typeof path !== "string")) {
			const message = `function ${functionName}: expected ${file} in its archive, got none`;
			throw new EdgeError("misconfigured", message, { retry: false });
		}
	}
	throw new EdgeError("misconfigured", `function ${functionName}: expected an archive, got none`, { retry: false });
}

function property(value: unknown, key: string): unknown {
	return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}
