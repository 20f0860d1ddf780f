import { property } from "../../functions/pipeline/normalize/fields.ts";
import { alertFormats } from "../../functions/schemas/alertFormats.ts";

/** Whether a stack takes alerts of something that shows a bearer token. SNS signs by itself. */
export function takesBearer(webhook: unknown): boolean {
	if (typeof webhook !== "object" || webhook === null) return false;
	return Object.keys(webhook).some((name) => name !== "cloudwatch" && name in alertFormats.shape);
}

/** Every condition that the words of a format stand for, with its place below `webhook`. Whatever is malformed is left out. */
export function meantConditions(webhook: unknown): readonly { readonly path: readonly string[]; readonly condition: unknown }[] {
	const entries = (value: unknown): readonly (readonly [string, unknown])[] =>
		typeof value === "object" && value !== null ? Object.entries(value) : [];
	const at = (value: unknown, ...path: readonly string[]): unknown => path.reduce((found, step) => property(found, step), value);
	const words = (...path: readonly string[]) =>
		entries(at(webhook, ...path, "conditions")).map(([word, meant]) => ({ path: [...path, "conditions", word], condition: meant }));
	const sections = (...path: readonly string[]) =>
		entries(at(webhook, ...path)).map(([name, value]) => ({ path: [...path, name, "condition"], condition: at(value, "condition") }));
	return [
		...words("alertmanager"),
		...entries(at(webhook, "json")).flatMap(([name]) => words("json", name)),
		...sections("cloudwatch", "alarms"),
		...sections("genesys-alerting", "rules"),
	];
}
