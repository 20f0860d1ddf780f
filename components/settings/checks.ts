import type { Fields, ListField } from "../../conditions/fields.ts";
import { watchedRunbook, watchedRunbooks } from "../../conditions/runbooks.ts";
import { watchedConditions } from "../../functions/pipeline/model/incident.ts";
import type { Remediation } from "../../functions/pipeline/settings.ts";
import { remediationSchema } from "../../functions/schemas/remediation.ts";
import { routesSchema } from "../../functions/schemas/routes.ts";
import { entrySchema } from "../../functions/schemas/runbookFields.ts";
import { channelChecks } from "./channelChecks.ts";
import { drillProblems } from "./drillChecks.ts";
import { eventProblems } from "./events.ts";
import { ledgerProblems } from "./ledger.ts";
import { mirrorProblems } from "./mirror.ts";
import { list, part, record } from "./parts.ts";
import { type PolicyParts, policyParts, policyProblems } from "./policyChecks.ts";
import { configPath, type Problem, shown } from "./problems.ts";
import { mayTake, routeProblems } from "./routeChecks.ts";
import { runbookSections } from "./runbooks.ts";
import { meantConditions } from "./webhook.ts";
import { windowProblems } from "./windowChecks.ts";

/** Problems between settings that are right one by one. `raw` is the whole configuration as it was given. */
export function crossChecks(raw: Readonly<Record<string, unknown>>): readonly Problem[] {
	const policies = policyParts(raw.policies);
	const channels = policies.flatMap((policy) => policy.channels);
	return [
		...policies.flatMap(policyProblems),
		...routeProblems(raw),
		...windowProblems(raw),
		...drillProblems(raw),
		...channelChecks(channels, raw),
		...mirrorProblems(raw),
		...windows(policies, raw),
		...intermittent(raw.runbooks),
		...lists(raw.runbooks),
		...unanswered(raw.webhook, raw.runbooks),
		...eventProblems(raw),
		...ledgerProblems(raw),
	];
}

/** The remediations that are right by themselves and may act, with the runbooks that they belong to. */
export function placedRemediations(runbooks: unknown): readonly { readonly runbook: string; readonly remediation: Remediation }[] {
	return watchedRunbooks.flatMap(({ name: runbook, enabled: byDefault }) => {
		const given = record(record(runbooks)[runbook]);
		const { enabled = byDefault } = given;
		const remediation = part(remediationSchema, given.remediation);
		const acts = remediation !== undefined && remediation !== "observe" && remediation.mode !== "observe" && enabled !== false;
		return acts ? [{ runbook, remediation }] : [];
	});
}

/** An incident that is stale is escalated whatever a remedy is doing: one that may take longer never gets its chance. */
function windows(policies: readonly PolicyParts[], raw: Readonly<Record<string, unknown>>): readonly Problem[] {
	const routes = part(routesSchema, raw.routes);
	return placedRemediations(raw.runbooks).flatMap(({ runbook, remediation: { windowSeconds } }) => {
		const named = routes?.flatMap(({ match, policy }) => (mayTake(match, runbook) ? [policy] : []));
		const shortest = policies
			.filter(({ name }) => named === undefined || named.includes(name))
			.flatMap(({ name, staleSeconds }) => (staleSeconds === undefined ? [] : [{ name, staleSeconds }]))
			.toSorted((one, other) => one.staleSeconds - other.staleSeconds)[0];
		if (shortest === undefined || windowSeconds < shortest.staleSeconds) return [];
		const path = configPath(["runbooks", runbook, "remediation", "windowSeconds"]);
		const expected = `less than staleSeconds (${shortest.staleSeconds}) of policy ${shortest.name}`;
		return [{ path, expected, got: shown(windowSeconds) }];
	});
}

/** A rule that no window can fulfil, and one that says less than the number of breaches in a row. */
function intermittent(given: unknown): readonly Problem[] {
	return watchedConditions.flatMap((runbook) => {
		const settings = part(runbookSections[runbook], record(given)[runbook]);
		if (settings === undefined) return [];
		const { intermittent: rule, breachesToOpen } = settings;
		if (rule === undefined || rule === false) return [];
		const path = configPath(["runbooks", runbook, "intermittent", "breaches"]);
		if (rule.breaches > rule.of) return [{ path, expected: `at most of (${rule.of})`, got: shown(rule.breaches) }];
		return rule.breaches > breachesToOpen
			? []
			: [{ path, expected: `more than breachesToOpen (${breachesToOpen})`, got: shown(rule.breaches) }];
	});
}

/** A runbook that watches nothing would look like a failure that never happens; two entries of one name would contradict each other. */
function lists(runbooks: unknown): readonly Problem[] {
	return watchedRunbooks.flatMap(({ name, settings }) => {
		const given = record(record(runbooks)[name]);
		const fields: Fields = settings;
		return Object.entries(fields).flatMap(([key, field]) =>
			field.kind === "list" ? entries(field, ["runbooks", name, key], given[key], given.enabled === true && name) : [],
		);
	});
}

function entries(field: ListField, path: readonly string[], given: unknown, enabled: string | false): readonly Problem[] {
	if (enabled !== false && list(given).length === 0)
		return [{ path: configPath(path), expected: `at least one ${field.entry}, because ${enabled} is enabled`, got: shown(given) }];
	const schema = entrySchema(field.of);
	const seen = new Set<unknown>();
	return list(given).flatMap((candidate, index) => {
		const { name } = record(part(schema, candidate));
		const repeated = name !== undefined && seen.has(name);
		seen.add(name);
		return repeated
			? [{ path: configPath([...path, index, "name"]), expected: `a name that no other ${field.entry} here has`, got: shown(name) }]
			: [];
	});
}

/** An alert that stands for a condition without a runbook would be refused when it comes. */
function unanswered(webhook: unknown, runbooks: unknown): readonly Problem[] {
	const answered = watchedRunbooks
		.filter(({ name, enabled }) => (record(record(runbooks)[name]).enabled ?? enabled) === true)
		.map(({ name }) => name);
	return meantConditions(webhook).flatMap(({ path, condition }) => {
		if (watchedRunbook(String(condition)) === undefined || answered.some((name) => name === condition)) return [];
		return [
			{
				path: configPath(["webhook", ...path]),
				expected: `a condition of an enabled runbook: ${answered.join(", ")}`,
				got: shown(condition),
			},
		];
	});
}
