import { longestRunSeconds } from "../../architect/limits.ts";
import type { Fields, ListField } from "../../conditions/fields.ts";
import { watchedRunbook, watchedRunbooks } from "../../conditions/runbooks.ts";
import { watchedConditions } from "../../functions/pipeline/model/incident.ts";
import type { Remediation } from "../../functions/pipeline/settings.ts";
import { entrySchema } from "../../functions/schemas/runbookFields.ts";
import { channelChecks, placedChannels } from "./channelChecks.ts";
import { list, part, record } from "./parts.ts";
import { configPath, type Problem, shown } from "./problems.ts";
import { remediationSchema } from "./remediation.ts";
import { runbookSections } from "./runbooks.ts";
import { escalationSchema } from "./schema.ts";
import { meantConditions } from "./webhook.ts";

/** What a cross check may look at: each part that is right by itself, whatever else is wrong. */
interface Escalation {
	readonly attemptsPerChannel: number | undefined;
	readonly waitsSeconds: readonly number[] | undefined;
	readonly proofSeconds: number | undefined;
	readonly readBackSeconds: number | undefined;
	readonly acknowledgeSeconds: number | undefined;
	readonly staleSeconds: number | undefined;
}

const shape = escalationSchema.shape;

/** Problems between settings that are right one by one. `raw` is the whole configuration as it was given. */
export function crossChecks(raw: Readonly<Record<string, unknown>>): readonly Problem[] {
	const given = record(raw.escalation);
	const escalation: Escalation = {
		attemptsPerChannel: part(shape.attemptsPerChannel, given.attemptsPerChannel),
		waitsSeconds: part(shape.waitsSeconds, given.waitsSeconds),
		proofSeconds: part(shape.proofSeconds, given.proofSeconds),
		readBackSeconds: part(shape.readBackSeconds, given.readBackSeconds),
		acknowledgeSeconds: part(shape.acknowledgeSeconds, given.acknowledgeSeconds),
		staleSeconds: part(shape.staleSeconds, given.staleSeconds),
	};
	const channels = placedChannels(given.tiers);
	return [
		...waits(escalation),
		...spans(escalation),
		...tierNames(given.tiers),
		...runTime(escalation, given.tiers, channels.length),
		...channelChecks(channels, raw),
		...windows(escalation, raw.runbooks),
		...intermittent(raw.runbooks),
		...lists(raw.runbooks),
		...unanswered(raw.webhook, raw.runbooks),
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
function windows({ staleSeconds }: Escalation, runbooks: unknown): readonly Problem[] {
	if (staleSeconds === undefined) return [];
	return placedRemediations(runbooks)
		.filter(({ remediation }) => remediation.windowSeconds >= staleSeconds)
		.map(({ runbook, remediation }) => ({
			path: configPath(["runbooks", runbook, "remediation", "windowSeconds"]),
			expected: `less than staleSeconds (${staleSeconds})`,
			got: shown(remediation.windowSeconds),
		}));
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

function waits({ attemptsPerChannel, waitsSeconds }: Escalation): readonly Problem[] {
	const path = configPath(["escalation", "waitsSeconds"]);
	if (waitsSeconds === undefined) return [];
	const growing = waitsSeconds.every((wait, index) => index === 0 || wait > (waitsSeconds[index - 1] ?? 0));
	const wrongCount = attemptsPerChannel !== undefined && waitsSeconds.length !== attemptsPerChannel - 1;
	return [
		...(wrongCount
			? [
					{
						path,
						expected: `${attemptsPerChannel - 1} waits, one fewer than attemptsPerChannel (${attemptsPerChannel})`,
						got: shown(waitsSeconds),
					},
				]
			: []),
		...(growing ? [] : [{ path, expected: "waits that grow, each longer than the one before", got: shown(waitsSeconds) }]),
	];
}

function spans({ proofSeconds, readBackSeconds, acknowledgeSeconds, staleSeconds }: Escalation): readonly Problem[] {
	const within = (name: string, value: number | undefined, limitName: string, limit: number | undefined, strict: boolean) => {
		if (value === undefined || limit === undefined || value < limit || (!strict && value === limit)) return [];
		const expected = `${strict ? "less than" : "at most"} ${limitName} (${limit})`;
		return [{ path: configPath(["escalation", name]), expected, got: shown(value) }];
	};
	return [
		...within("readBackSeconds", readBackSeconds, "proofSeconds", proofSeconds, false),
		...within("acknowledgeSeconds", acknowledgeSeconds, "staleSeconds", staleSeconds, true),
	];
}

function tierNames(tiers: unknown): readonly Problem[] {
	const seen = new Set<unknown>();
	return list(tiers).flatMap((tier, index) => {
		const { name } = record(tier);
		const repeated = typeof name === "string" && seen.has(name);
		seen.add(name);
		return repeated
			? [{ path: configPath(["escalation", "tiers", index, "name"]), expected: "a name that no other tier has", got: shown(name) }]
			: [];
	});
}

/** In the place of what is wrong by itself. */
const usual = {
	waitsSeconds: shape.waitsSeconds.parse(undefined),
	proofSeconds: shape.proofSeconds.parse(undefined),
	acknowledgeSeconds: shape.acknowledgeSeconds.parse(undefined),
};

/** Calls of one run at their slowest, measured on the workflow of the largest policy: those of each channel, and all others together. */
const slowestCalls = { channelSeconds: 1100, otherSeconds: 25_000 };

/** The platform ends a run of the workflow after 72 hours: what it waits, and its calls at their slowest, must be over by then. */
function runTime(
	{ waitsSeconds = usual.waitsSeconds, proofSeconds = usual.proofSeconds, acknowledgeSeconds = usual.acknowledgeSeconds }: Escalation,
	tiers: unknown,
	channels: number,
): readonly Problem[] {
	const count = list(tiers).length;
	const waits = waitsSeconds.reduce((sum, wait) => sum + wait, 0) + proofSeconds;
	const rest = longestRunSeconds - slowestCalls.otherSeconds - channels * (waits + slowestCalls.channelSeconds);
	if (count * acknowledgeSeconds <= rest) return [];
	const because = `tiers (${count}) × acknowledgeSeconds, with the waitsSeconds and proofSeconds of ${channels} channels, must fit into one run of the workflow, which Genesys Cloud ends after 72 hours`;
	const expected = `at most ${Math.floor(rest / count)}, because ${because}`;
	return [{ path: configPath(["escalation", "acknowledgeSeconds"]), expected, got: shown(acknowledgeSeconds) }];
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
