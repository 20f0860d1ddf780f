import * as pulumi from "@pulumi/pulumi";
import { namespace } from "./secrets.ts";
import { readSettings, type Settings, type SettingsSource } from "./settings.ts";
import { settingValue } from "./settingValue.ts";

/** Reads one configured secret, wrapped: the only way in which a secret enters the program. */
export type Secrets = (key: string) => pulumi.Output<string>;

/** The one place that reads Pulumi's configuration. Throws a RunError that lists every problem. */
export function readStack(): { readonly settings: Settings; readonly secrets: Secrets; readonly configured: (key: string) => boolean } {
	const config = new pulumi.Config(namespace);
	const source = configuration(pulumi.getStack());
	const settings = readSettings(source);
	return { settings, secrets: (key) => config.requireSecret(key), configured: (key) => source.keys.includes(key) };
}

/** Pulumi's configuration as a source of settings; structured values, numbers and booleans arrive as JSON text. */
function configuration(stack: string): SettingsSource {
	const all = pulumi.runtime.allConfig();
	const values = new Map(
		Object.entries(all)
			.filter(([key]) => key.startsWith(`${namespace}:`))
			.map(([key, value]) => [key.slice(namespace.length + 1), value]),
	);
	return {
		stack,
		keys: [...values.keys()],
		get: (key) => settingValue(key, values.get(key)),
		isSecret: (key) => isConfigSecret(`${namespace}:${key}`),
	};
}

/** Pulumi knows which values are secrets, but declares the question as internal; `Config.get` asks it too, to warn. */
function isConfigSecret(key: string): boolean {
	const ask: unknown = Reflect.get(pulumi.runtime, "isConfigSecret");
	if (typeof ask !== "function") throw new Error("Expected @pulumi/pulumi to export runtime.isConfigSecret, got nothing of that name");
	return ask(key) === true;
}
