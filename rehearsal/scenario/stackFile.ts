import { existsSync, readdirSync, readFileSync } from "node:fs";
import { report } from "../../components/settings/problems.ts";
import { isSecretKey, namespace } from "../../components/settings/secrets.ts";
import { checkSettings, type Settings, type SettingsSource } from "../../components/settings/settings.ts";
import { settingValue } from "../../components/settings/settingValue.ts";
import { parseYaml } from "./yaml.ts";

/** A stack file that cannot be used; its message is one that a person can act on. */
export class StackFileError extends Error {}

const root = new URL("../../", import.meta.url);

/** The stacks that have a settings file, in alphabetical order. */
export function stackNames(): readonly string[] {
	return readdirSync(root)
		.flatMap((file) => stackOfFile(file) ?? [])
		.toSorted();
}

/** The stack that a file of this name is for; undefined for any other file. */
export const stackOfFile = (file: string): string | undefined => /^Pulumi\.([A-Za-z0-9-]+)\.yaml$/.exec(file)?.[1];

/** The configuration of a stack as its file has it. Secrets are never decrypted: their values are left out, and issued by the emulated vendors. */
export interface StackFile {
	readonly stack: string;
	/** Full keys (`namespace:key`) → value as Pulumi's configuration holds it: text, or JSON text. */
	readonly config: Readonly<Record<string, string>>;
	readonly settings: Settings;
}

/** Reads and checks `Pulumi.<stack>.yaml`. Throws StackFileError with every problem at once. */
export function readStackFile(stack: string): StackFile {
	const path = new URL(`Pulumi.${stack}.yaml`, root);
	if (!/^[A-Za-z0-9-]+$/.test(stack) || !existsSync(path))
		throw new StackFileError(`Expected a stack, got ${JSON.stringify(stack)}; allowed: ${stackNames().join(", ")}`);
	return parseStackFile(stack, readFileSync(path, "utf8"));
}

/** The same for a text; `stack` is the name it would have. */
export function parseStackFile(stack: string, text: string): StackFile {
	return stackFileOf(stack, configOf(stack, text));
}

/** The stack's settings with others laid over them: objects are merged key by key, anything else is replaced. Throws StackFileError. */
export function withSettings({ stack, config }: StackFile, overlay: Readonly<Record<string, unknown>>): StackFile {
	const given = Object.fromEntries(Object.entries(config).map(([key, value]) => [key, localKey(key) === key ? value : parsedValue(value)]));
	const laid = Object.entries(overlay).map(([key, value]) => [`${namespace}:${key}`, merged(given[`${namespace}:${key}`], value)]);
	return stackFileOf(stack, { ...given, ...Object.fromEntries(laid) });
}

/** The same with its ledger in a table, as a served world keeps it. */
export function withTable(file: StackFile): StackFile {
	const { [`${namespace}:ledger`]: _, ...config } = file.config;
	return file.settings.redis === undefined ? file : withSettings({ ...file, config }, {});
}

/** As Pulumi's configuration holds a structured value: JSON text. */
function parsedValue(value: string): unknown {
	try {
		return JSON.parse(value);
	} catch {
		return value;
	}
}

function merged(under: unknown, over: unknown): unknown {
	if (!isSection(under) || !isSection(over)) return over;
	return { ...under, ...Object.fromEntries(Object.entries(over).map(([key, value]) => [key, merged(under[key], value)])) };
}

const isSection = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === "object" && value !== null && !Array.isArray(value);

function stackFileOf(stack: string, values: Readonly<Record<string, unknown>>): StackFile {
	const plain = Object.entries(values).filter(([key, value]) => !isSecret(value) && !isSecretKey(localKey(key)));
	const checked = checkSettings(sourceOf(stack, values));
	if ("problems" in checked) throw new StackFileError(report(stack, checked.problems));
	const config = Object.fromEntries(plain.map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]));
	return { stack, config, settings: checked.settings };
}

function configOf(stack: string, text: string): Readonly<Record<string, unknown>> {
	const document = parseYaml(text, `Pulumi.${stack}.yaml`, StackFileError);
	const config = typeof document === "object" && document !== null && "config" in document ? document.config : undefined;
	if (typeof config !== "object" || config === null)
		throw new StackFileError(`Pulumi.${stack}.yaml: expected a mapping "config", got none`);
	return Object.fromEntries(Object.entries(config));
}

const localKey = (key: string): string => (key.startsWith(`${namespace}:`) ? key.slice(namespace.length + 1) : key);

const isSecret = (value: unknown): boolean => typeof value === "object" && value !== null && "secure" in value;

/** A missing secret is no problem here, a plain one is: it stands in the file for all to read. */
function sourceOf(stack: string, values: Readonly<Record<string, unknown>>): SettingsSource {
	const local = new Map(
		Object.entries(values).flatMap(([key, value]) => (key.startsWith(`${namespace}:`) ? [[localKey(key), value] as const] : [])),
	);
	const required = missingIn(stack, local);
	return {
		stack,
		keys: [...new Set([...local.keys(), ...required])],
		get: (key) => (required.includes(key) ? "issued" : settingValue(key, local.get(key))),
		isSecret: (key) => required.includes(key) || isSecret(local.get(key)),
	};
}

/** The secrets that the channels need and the file does not have. */
function missingIn(stack: string, local: ReadonlyMap<string, unknown>): readonly string[] {
	const probe = checkSettings({
		stack,
		keys: [...local.keys()],
		get: (key) => settingValue(key, local.get(key)),
		isSecret: (key) => isSecret(local.get(key)),
	});
	if (!("problems" in probe)) return [];
	return probe.problems.flatMap(({ path, got }) => (got === "nothing" && isSecretKey(localKey(path)) ? [localKey(path)] : []));
}
