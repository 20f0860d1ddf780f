import { credentialOf } from "../../vendors/credentials.ts";
import { record } from "./parts.ts";
import { placedChannels } from "./policyChecks.ts";
import { configPath, type Problem } from "./problems.ts";
import { namespace } from "./secrets.ts";

/** The key of the one policy that there was, before there were routes. */
export const oldKey = "escalation";

/** Where settings come from, as far as this looks at them. */
interface Given {
	readonly keys: readonly string[];
	get(key: string): unknown;
	isSecret(key: string): boolean;
}

/** The old form is refused with the lines that say the same. */
export function oldForm(source: Given): readonly Problem[] {
	if (!source.keys.includes(oldKey)) return [];
	return [
		{
			path: configPath([oldKey]),
			expected: "policies and routes in its place",
			got: `the old key "${oldKey}"`,
			...(source.isSecret(oldKey) ? {} : { remedy: linesInstead(source.get(oldKey)) }),
		},
	];
}

/** What stood there as the policy `default`. Its credentials were told by its own channels, which has to be said now. */
function linesInstead(given: unknown): string {
	const used = placedChannels({ default: given }).map(({ channel }) => credentialOf(channel));
	return [
		`${namespace}:policies:`,
		"  default:",
		...Object.entries(record(given)).map(([key, value]) => `    ${key}: ${JSON.stringify(value)}`),
		`${namespace}:routes:`,
		"  - policy: default",
		`    mayShare: [${[...new Set(used)].join(", ")}]`,
	].join("\n    ");
}

/** While the old form stands there, that the new one is missing is no news. */
export function withoutFollowers(source: Given, problems: readonly Problem[]): readonly Problem[] {
	if (!source.keys.includes(oldKey)) return problems;
	const missing = ["policies", "routes"].filter((key) => !source.keys.includes(key)).map((key) => configPath([key]));
	return problems.filter(({ path }) => !missing.includes(path));
}
