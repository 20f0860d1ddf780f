import type { Problem } from "../../../components/settings/problems.ts";
import { checkSettings, type SettingsSource } from "../../../components/settings/settings.ts";
import { secretValues, settingsOf } from "../stacks.ts";

export interface Given {
	readonly stack?: string;
	readonly plain?: Readonly<Record<string, unknown>>;
	readonly secrets?: Readonly<Record<string, string>>;
	readonly exposed?: Readonly<Record<string, string>>;
	readonly secretKeys?: readonly string[];
}

export function source({
	stack = "dev",
	plain = settingsOf("dev"),
	secrets = secretValues,
	exposed = {},
	secretKeys = [],
}: Given): SettingsSource {
	const all: Record<string, unknown> = { ...plain, ...secrets, ...exposed };
	const secret = new Set([...Object.keys(secrets), ...secretKeys]);
	for (const key of Object.keys(exposed)) secret.delete(key);
	return { stack, keys: Object.keys(all), get: (key) => all[key], isSecret: (key) => secret.has(key) };
}

export function problems(given: Given): readonly Problem[] {
	const checked = checkSettings(source(given));
	return "problems" in checked ? checked.problems : [];
}

/** The settings of the dev stack with one value changed; `undefined` removes it. */
export function changed(path: readonly (string | number)[], value: unknown): Given {
	const plain = structuredClone(settingsOf("dev"));
	const parent = path
		.slice(0, -1)
		.reduce<unknown>((at, step) => (typeof at === "object" && at !== null ? Reflect.get(at, step) : undefined), plain);
	const last = path.at(-1) ?? "";
	if (typeof parent !== "object" || parent === null) throw new Error(`Expected ${path.join(".")} in Pulumi.dev.yaml, got nothing`);
	if (value === undefined) Reflect.deleteProperty(parent, last);
	else Reflect.set(parent, last, value);
	return { plain };
}

export const prefix = "genesyscloud-runbooks:";
