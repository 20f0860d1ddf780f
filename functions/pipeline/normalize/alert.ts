import { type Condition, conditions, type Instant, type Reading, type Severity, severities, type Verdict } from "../model/incident.ts";
import { longestEntityId } from "../model/keys.ts";
import { cutText } from "../page/text.ts";
import type { RunbookTable } from "../settings.ts";
import type { AlertWords } from "./settings.ts";

/** A text of a foreign document and the place where it stands, or should. */
export interface Found {
	readonly at: string;
	readonly text: string | undefined;
}

/** One alert as its system tells it, before its words are looked up in the settings. */
export interface Claim {
	readonly condition: Found;
	readonly entity: Found;
	readonly entityName?: string | undefined;
	readonly severity: Found;
	readonly verdict: Verdict;
	/** In the sender's words. */
	readonly reason: string | undefined;
	/** When it became so, where the sender says that: one that is older than what is known is no news. */
	readonly changedAt?: Instant | undefined;
	/** What its system calls this alert, the same while it fires and at its end: one entity may have several. */
	readonly alert?: string | undefined;
	readonly raw: unknown;
}

/** What a body says. A problem names a place and what was expected there, and repeats nothing of the body. */
export interface ParsedAlerts {
	readonly claims: readonly Claim[];
	readonly problems: readonly string[];
}

/** One way in which another system tells its alerts. */
export interface AlertFormat {
	/** How the sender shows who it is: a signature or a bearer token of ours, or the signature of Amazon SNS. */
	readonly sender: "ours" | "sns";
	/** Topics whose messages are believed; for `sns` only. */
	readonly topicArns?: readonly string[];
	readonly words: AlertWords;
	/** Reads a parsed body. */
	readonly read: (body: unknown) => ParsedAlerts;
}

/** A reading that an alert became. */
export interface AlertReading {
	readonly reading: Reading;
	readonly changedAt: Instant | undefined;
	readonly alert: string | undefined;
}

/** What an entity's id may hold: it becomes part of the incident key, so no space. */
export const entityIdPattern = /^(?!group(-\d+)?$)[A-Za-z0-9:._-]{1,64}$/;

/** What `entityIdPattern` lets through, of any stack and condition. */
const maximumEntityId = 64;

const maximumText = 200;

/**
 * Makes a reading of each alert of a body. An alert was confirmed by its own system, so its reading counts as a whole streak. What cannot be a
 * reading is a problem, and keeps no other alert from becoming one.
 */
export function readingsOf(
	{ claims, problems }: ParsedAlerts,
	words: AlertWords,
	{ environment, runbooks }: { readonly environment: string; readonly runbooks: RunbookTable },
	now: Instant,
): { readonly readings: readonly AlertReading[]; readonly problems: readonly string[] } {
	const found: string[] = [...problems];
	const readings = claims.flatMap((claim) => {
		const { reading, missing } = readingOf(claim, words, environment, runbooks, now);
		found.push(...missing);
		return reading === undefined ? [] : [{ reading, changedAt: claim.changedAt, alert: claim.alert }];
	});
	return { readings, problems: found };
}

function readingOf(
	claim: Claim,
	words: AlertWords,
	environment: string,
	runbooks: RunbookTable,
	now: Instant,
): { readonly reading?: Reading; readonly missing: readonly string[] } {
	const condition = conditionOf(claim.condition.text, words, runbooks);
	const room = condition === undefined ? maximumEntityId : Math.min(maximumEntityId, longestEntityId(environment, condition));
	const entity = entityOf(claim, words, room);
	const said = claim.severity.text;
	const severity = said === undefined ? undefined : severityOf(said, words);
	const missing = [
		...(condition === undefined ? [expected(claim.condition, `one of ${conditionWords(words, runbooks).join(", ")}`)] : []),
		...(entity === undefined ? [expected(claim.entity, `the entity's id, at most ${room} of [A-Za-z0-9:._-]`)] : []),
		...(said !== undefined && severity === undefined ? [expected(claim.severity, `one of ${severityWords(words).join(", ")}`)] : []),
	];
	if (condition === undefined || entity === undefined) return { missing };
	const reading: Reading = {
		schema: "genesyscloud-runbooks/reading/1",
		condition,
		entity,
		// A severity that nobody knows must not keep a failure from its page.
		severity: severity ?? runbooks[condition]?.severity ?? "high",
		verdict: claim.verdict,
		reason: shortened(claim.reason) || "reported-by-monitoring",
		observedAt: now,
		metrics: {},
		source: "webhook",
		confirmed: true,
		raw: claim.raw,
	};
	return { reading, missing };
}

const expected = ({ at, text }: Found, what: string): string =>
	`${at}: expected ${what}, got ${text === undefined ? "nothing" : "another"}`;

/** Only conditions that a runbook of this stack answers. */
function conditionOf(text: string | undefined, { conditions: table }: AlertWords, runbooks: RunbookTable): Condition | undefined {
	const meant = own(table, text) ?? conditions.find((name) => name === text);
	return meant !== undefined && runbooks[meant]?.enabled === true ? meant : undefined;
}

function conditionWords({ conditions: table }: AlertWords, runbooks: RunbookTable): readonly string[] {
	const isEnabled = (name: Condition): boolean => runbooks[name]?.enabled === true;
	const words = Object.entries(table).flatMap(([word, name]) => (isEnabled(name) ? [word] : []));
	return [...new Set([...words, ...conditions.filter(isEnabled)])];
}

function entityOf({ entity, entityName }: Claim, { entities }: AlertWords, room: number): Reading["entity"] | undefined {
	const known = own(entities, entity.text);
	const id = known?.id ?? entity.text ?? "";
	if (!entityIdPattern.test(id) || id.length > room) return undefined;
	return { id, name: shortened(known?.name ?? entityName) || id };
}

function severityOf(text: string, { severities: table }: AlertWords): Severity | undefined {
	return own(table, text) ?? severities.find((name) => name === text.toLowerCase());
}

const severityWords = ({ severities: table }: AlertWords): readonly string[] => [...new Set([...Object.keys(table), ...severities])];

function own<T>(table: Readonly<Record<string, T>>, word: string | undefined): T | undefined {
	return word !== undefined && Object.hasOwn(table, word) ? table[word] : undefined;
}

const shortened = (text: string | undefined): string => cutText((text ?? "").toWellFormed().trim(), maximumText);
