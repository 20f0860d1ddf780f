import type { Row } from "./released.ts";

/** What an upgrade takes away, by the resource. */
export interface Loss {
	readonly type: string;
	readonly name: string;
	readonly kind: "vanishes" | "replaced";
	/** The properties that replace it. */
	readonly properties: readonly string[];
}

/** Every resource of a release that is there no longer, or is made anew. What is new is no loss. */
export function lossesOf(before: readonly Row[], after: readonly Row[]): readonly Loss[] {
	const now = new Map(after.map((row) => [keyOf(row), row]));
	return before.flatMap((row): readonly Loss[] => {
		const found = now.get(keyOf(row));
		const { type, name } = row;
		if (found === undefined) return [{ type, name, kind: "vanishes", properties: [] }];
		const properties = [...new Set([...Object.keys(row.fixed), ...Object.keys(found.fixed)])].filter(
			(property) => row.fixed[property] !== found.fixed[property],
		);
		return properties.length === 0 ? [] : [{ type, name, kind: "replaced", properties: properties.toSorted() }];
	});
}

const keyOf = ({ type, name }: Row): string => `${type} ${name}`;

/** The resources that `[CHANGE]` entries of the changelog's top section name: `` `QueuePolicy runbooks-events-*` ``. */
export function toldIn(changelog: string): readonly RegExp[] {
	const [, top = ""] = /\n## [^\n]*\n([\s\S]*?)(?:\n## |$)/.exec(changelog) ?? [];
	const entries = top.split("\n").filter((line) => line.startsWith("- [CHANGE] "));
	const named = entries.flatMap((entry) => [...entry.matchAll(/`([A-Z]\w+ [\w*-]+)`/g)].flatMap(([, name]) => name ?? []));
	return named.map((name) => new RegExp(`^${name.replaceAll("*", ".*")}$`));
}

/** Those that no entry tells of, one sentence each. */
export function untold(losses: readonly Loss[], told: readonly RegExp[]): readonly string[] {
	return losses.flatMap(({ type, name, kind, properties }) => {
		const label = `${type.split(":").at(-1)} ${name}`;
		if (told.some((pattern) => pattern.test(label))) return [];
		const what = kind === "vanishes" ? "vanishes" : `is replaced by ${properties.join(", ")}`;
		return [`${label} ${what}: expected a [CHANGE] entry in CHANGELOG.md that names \`${label}\``];
	});
}
