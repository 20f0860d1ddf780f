import type { z } from "zod";
import { innermost, shown } from "../../components/settings/problems.ts";
import { severities, watchedConditions } from "../../functions/pipeline/model/incident.ts";
import type { RouteMatch } from "../../functions/pipeline/route/settings.ts";
import { silencesEverything } from "../../functions/pipeline/silence/rules.ts";
import { longestSilenceMinutes } from "../../functions/pipeline/silence/settings.ts";
import { matchSchema } from "../../functions/schemas/routes.ts";
import { wordsSchema } from "../../functions/schemas/windows.ts";
import { expectedOneOf } from "../scenario/oneOf.ts";
import { secondsIn, spanPattern } from "../scenario/spans.ts";

/** A silence that cannot be begun as it was asked for; its message names every problem. */
export class SilenceError extends Error {}

/** What somebody asks for, as it was typed. */
export interface AskedSilence {
	/** `matcher=value`, each. */
	readonly match: readonly string[];
	/** `90m`, `2h`. */
	readonly for: string;
	readonly why: string;
	readonly by: string;
}

/** What it comes to. */
export interface WantedSilence {
	readonly match: RouteMatch;
	readonly seconds: number;
	readonly why: string;
	readonly who: string;
}

/** Reads what was asked for. Throws SilenceError with every problem at once. */
export function wantedSilence({ match: pairs, for: span, why, by }: AskedSilence): WantedSilence {
	const seconds = spanPattern.test(span) ? secondsIn(span) : 0;
	const given = givenMatch(pairs);
	const match = matchSchema.safeParse(given);
	const problems = [
		...pairs.filter((pair) => !/^[^=]+=./.test(pair)).map((pair) => `--match: expected matcher=value, got ${shown(pair)}`),
		...(match.success ? everything(match.data) : match.error.issues.flatMap(innermost).map((issue) => problemOf(issue, given))),
		...(seconds < 1 || seconds > longestSilenceMinutes * 60
			? [`--for: expected a span of at most 24 hours, such as 90m or 2h, got ${shown(span)}`]
			: []),
		...words("why", why),
		...words("by", by),
	];
	if (problems.length > 0 || !match.success) throw new SilenceError(problems.join("\n"));
	return { match: match.data, seconds, why, who: by };
}

/** Each matcher with its values, in the order in which they were typed. */
function givenMatch(pairs: readonly string[]): Readonly<Record<string, readonly string[]>> {
	const split = pairs.flatMap((pair) => {
		const [, matcher, value] = /^([^=]+)=(.+)$/.exec(pair) ?? [];
		return matcher === undefined || value === undefined ? [] : [{ matcher, value }];
	});
	const byMatcher = Map.groupBy(split, ({ matcher }) => matcher);
	return Object.fromEntries([...byMatcher].map(([matcher, values]) => [matcher, values.map(({ value }) => value)]));
}

const matchers = Object.keys(matchSchema.shape);

function problemOf(issue: z.core.$ZodIssue, given: Readonly<Record<string, readonly string[]>>): string {
	if (issue.code === "unrecognized_keys")
		return issue.keys.map((key) => `--match: expected a matcher, ${expectedOneOf(key, matchers)}, got "${key}"`).join("\n");
	const [matcher = "", index] = issue.path;
	const values = given[String(matcher)] ?? [];
	return `--match ${String(matcher)}: expected ${issue.message}, got ${shown(typeof index === "number" ? values[index] : values)}`;
}

const everything = (match: RouteMatch): readonly string[] =>
	silencesEverything(match, watchedConditions, severities)
		? [`--match: expected a matcher that leaves something out (${matchers.join(", ")}), got ${shown(match)}: this would silence everything`]
		: [];

const words = (option: string, text: string): readonly string[] =>
	(wordsSchema.safeParse(text).error?.issues ?? []).map(({ message }) => `--${option}: expected ${message}, got ${shown(text)}`);
