import type * as z from "zod";
import { nearestOf } from "../../architect/names.ts";
import { namespace } from "./secrets.ts";

/** One thing that is wrong with a stack's settings. */
export interface Problem {
	/** The configuration path, with its namespace. */
	readonly path: string;
	readonly expected: string;
	readonly got: string;
	/** The line to type, where one line repairs it. */
	readonly remedy?: string;
}

/** `genesyscloud-runbooks:policies.telephony.tiers[0].channels[1].to`, as `pulumi config --path` writes it. */
export const configPath = (path: readonly PropertyKey[]): string => `${namespace}:${pathText(path)}`;

/** The same without a namespace, as a file of any kind is read. */
export function pathText([key, ...rest]: readonly PropertyKey[]): string {
	const steps = rest.map((step) => {
		if (typeof step === "number") return `[${step}]`;
		return /^[A-Za-z_]\w*$/.test(String(step)) ? `.${String(step)}` : `["${String(step)}"]`;
	});
	return `${String(key)}${steps.join("")}`;
}

/** A value as a message shows it: its JSON, shortened. Only for plain settings. */
export function shown(value: unknown): string {
	if (value === undefined) return "nothing";
	const json = JSON.stringify(value);
	return json.length > 80 ? `${json.slice(0, 77)}…` : json;
}

/** The problems of one zod error, with what stands in `raw` as "got". */
export function problemsOf(
	error: z.ZodError,
	raw: unknown,
	allowedAt: (path: readonly PropertyKey[]) => readonly string[],
): readonly Problem[] {
	return error.issues.flatMap(innermost).flatMap((issue): readonly Problem[] => {
		if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey([...issue.path, key], key, allowedAt(issue.path)));
		const expected = issue.code === "invalid_key" ? (issue.issues[0]?.message ?? issue.message) : issue.message;
		const got = issue.code === "invalid_key" ? shown(issue.path.at(-1)) : shown(valueAt(raw, issue.path));
		return [{ path: configPath(issue.path), expected, got }];
	});
}

/** The issues inside the one branch of a union that the value was meant for: one that got further than the value itself. */
export function innermost(issue: z.core.$ZodIssue): readonly z.core.$ZodIssue[] {
	if (issue.code !== "invalid_union") return [issue];
	const meant = issue.errors.find((branch) => branch.some(({ path, code }) => path.length > 0 || code === "unrecognized_keys"));
	return meant?.flatMap((inner) => innermost({ ...inner, path: [...issue.path, ...inner.path] })) ?? [issue];
}

/** The problem of a key that is not one of `allowed`; the nearest one comes first in its message. */
export function unknownKey(path: readonly PropertyKey[], key: string, allowed: readonly string[]): Problem {
	return { path: configPath(path), expected: expectedAmong(key, allowed, (all) => `one of ${all}`), got: `the unknown key "${key}"` };
}

/** What was probably meant, and all that is allowed; `otherwise` where nothing comes near. */
export function expectedAmong(name: string, allowed: readonly string[], otherwise: (all: string) => string): string {
	const all = allowed.toSorted().join(", ");
	const nearest = nearestOf(name, allowed);
	return nearest === undefined ? otherwise(all) : `"${nearest}"? (allowed: ${all})`;
}

/** All problems as one message for a terminal. */
export function report(stack: string, problems: readonly Problem[]): string {
	const lines = problems.map(({ path, expected, got, remedy }) =>
		[`  ${path}: expected ${expected}, got ${got}`, ...(remedy === undefined ? [] : [`    ${remedy}`])].join("\n"),
	);
	const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
	return [`${count} in the settings of stack ${stack} (Pulumi.${stack}.yaml):`, ...lines].join("\n");
}

/** What stands there; undefined where nothing does. */
export function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
	return path.reduce<unknown>((value, step) => (typeof value === "object" && value !== null ? Reflect.get(value, step) : undefined), raw);
}
