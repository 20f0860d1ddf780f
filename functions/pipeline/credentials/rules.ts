import { needsOf } from "../../../remedies/kinds.ts";
import { credentialOf, credentialWords, isOnlyTried } from "../../../vendors/credentials.ts";
import type { Instant, Reading } from "../model/incident.ts";
import type { FailureReason } from "../ports.ts";
import { activeRemediation } from "../remedy/rules.ts";
import { everyChannel } from "../route/policy.ts";
import type { EscalationPolicy, RuntimeSettings } from "../settings.ts";
import { announcerName, launcherName, remediatorName, responderName } from "./names.ts";

/** What is known of one credential. */
export interface CredentialState {
	/** When it is checked next. */
	readonly dueAt: Instant;
	/** Refusals in a row; what comes within half a minute is one. */
	readonly failures: number;
	readonly failedAt?: Instant;
	readonly reason?: FailureReason;
	readonly detail?: string;
	readonly okAt?: Instant;
	/** Set while an incident of it may be open. */
	readonly open?: true;
}

/** The one item of all credentials, by their names. */
export type Credentials = Readonly<Record<string, CredentialState>>;

/**
 * What one use or one check of a credential said. `doubted`: work was refused, perhaps for another reason (PagerDuty says of an unknown key what it
 * says of a malformed event), so that a check must tell. `unknown`: it was not judged, because the system could not be asked.
 */
export type CredentialNews =
	| { readonly what: "taken" }
	| { readonly what: "refused"; readonly reason: FailureReason; readonly detail: string }
	| { readonly what: "doubted" }
	| { readonly what: "unknown" };

/** Ends the name under which a coming expiry stands (`expiry.ts`): no name that a stack gives has a dot. */
export const expirySuffix = ".expiry";

/** A quarter of an hour: four requests an hour for each, and nobody waits an hour for news that the next incident needs. */
export const checkEveryMilliseconds = 900_000;
/** What was forbidden at work stands so long. */
const forbiddenMilliseconds = 3_600_000;
/** After a check that could not be made: a system that hangs costs one time-out in so long. */
const againMilliseconds = 300_000;
/** Of one cause: several pages that are refused at once, and doubts right after a check. */
const oneFailureMilliseconds = 30_000;
/** What nobody can check and nobody reports any more says nothing after this. */
const forgottenMilliseconds = 86_400_000;
const maximumDetail = 300;

/** The credentials that the overseer can have checked: one for each system that the stack uses and that can be asked. */
export const checkedCredentials = (settings: Pick<RuntimeSettings, "policies" | "runbooks" | "activeIncidents">): readonly string[] =>
	usedCredentials(settings).filter((name) => !isOnlyTried(name));

/** The credentials of this stack that work is done with. The poller's is proven by each poll. */
export function usedCredentials({
	policies,
	runbooks,
	activeIncidents,
}: Pick<RuntimeSettings, "policies" | "runbooks" | "activeIncidents">): readonly string[] {
	const pages = everyChannel({ policies }).map(credentialOf);
	const remedies = Object.values(runbooks).flatMap((runbook) => activeRemediation(runbook)?.remedy ?? []);
	const acts = remedies.some((remedy) => needsOf(remedy).permissions !== undefined);
	const mine = [launcherName, ...(acts ? [remediatorName] : []), ...(activeIncidents === true ? [announcerName] : [])];
	return [...mine, ...new Set(pages)];
}

/** The credential of a channel, as a workflow's record names it. */
export function credentialOfPage({ tiers }: Pick<EscalationPolicy, "tiers">, tier: number, channelName: string): string | undefined {
	const channel = tiers[tier - 1]?.channels.find(({ name }) => name === channelName);
	return channel && credentialOf(channel);
}

/** Which are checked now: each once in a quarter of an hour, and one that was refused at every tick. */
export const dueCredentials = (known: Credentials, names: readonly string[], now: Instant): readonly string[] =>
	names.filter((name) => (known[name]?.dueAt ?? 0) <= now);

/** What is known after news from a check or from work. The same object where the news changes nothing. */
export function afterNews(before: CredentialState | undefined, news: CredentialNews, now: Instant): CredentialState {
	switch (news.what) {
		case "taken":
			return before !== undefined && outlivesCheck(before, now)
				? { ...before, dueAt: now + againMilliseconds }
				: { dueAt: now + checkEveryMilliseconds, failures: 0, okAt: now, ...(before?.open === true ? { open: true } : {}) };
		case "doubted":
			return before !== undefined && now < (before.okAt ?? 0) + oneFailureMilliseconds
				? before
				: { ...(before ?? { failures: 0 }), dueAt: now };
		case "unknown":
			return { ...(before ?? { failures: 0 }), dueAt: now + againMilliseconds };
		case "refused": {
			const { failures = 0, failedAt = 0 } = before ?? {};
			if (before !== undefined && failures > 0 && now < failedAt + oneFailureMilliseconds) return before;
			const detail = news.detail.slice(0, maximumDetail).toWellFormed();
			return { ...before, dueAt: now, failures: failures + 1, failedAt: now, reason: news.reason, detail };
		}
	}
}

/** A check proves that a secret is taken, not that it may do everything: what was forbidden at work stands for an hour. */
const outlivesCheck = ({ reason, failures, failedAt = 0 }: CredentialState, now: Instant): boolean =>
	failures > 0 && reason === "forbidden" && now < failedAt + forbiddenMilliseconds;

/** Two refusals in a row; one where no check can give a second opinion. */
export const isFailing = (name: string, state: CredentialState): boolean =>
	isOnlyTried(name) ? state.failures > 0 : isClientFailing(name, state);

/** The same of a client of Genesys Cloud; whoever asks no more than that need know no vendor. */
const isClientFailing = (name: string, { failures, reason }: CredentialState): boolean =>
	failures >= (name === responderName || reason === "forbidden" ? 1 : 2);

/** What is to be done about a credential's incident, and why. */
export interface CredentialSignal {
	readonly name: string;
	readonly signal: "open" | "close";
	readonly reason: string;
}

/** Decides for every credential at once; one that the stack no longer has closes what it opened. */
export function credentialSignals(known: Credentials, names: readonly string[], now: Instant): readonly CredentialSignal[] {
	return Object.entries(known).flatMap(([name, state]): readonly CredentialSignal[] => {
		if (name.endsWith(expirySuffix)) return [];
		const reason = whyOver(name, state, names, now);
		if (reason === undefined) return isFailing(name, state) ? [{ name, signal: "open", reason: whyFailing(state) }] : [];
		return state.open === true ? [{ name, signal: "close", reason }] : [];
	});
}

function whyOver(name: string, { failures, failedAt = 0 }: CredentialState, names: readonly string[], now: Instant): string | undefined {
	const isForgotten = now >= failedAt + forgottenMilliseconds;
	if (name === responderName)
		return failures === 0 ? "a workflow found it taken" : isForgotten ? "no workflow has found it refused for 24 hours" : undefined;
	if (!names.includes(name)) return "nothing uses it any more";
	if (failures > 0 && isOnlyTried(name) && isForgotten) return "nobody has found it refused for 24 hours";
	return failures === 0 ? "it is taken again" : undefined;
}

const whyFailing = ({ failures, reason = "unauthorized", detail = "no detail" }: CredentialState): string =>
	`refused (${reason}) ${failures === 1 ? "once" : `${failures} times in a row`}: ${detail}`;

/** What the ladder asks: whether a client of Genesys Cloud is known to be refused. Then nothing acts; people are told. */
export const clientsFailing = (known: Credentials = {}): boolean =>
	[launcherName, responderName, remediatorName].some((name) => known[name] !== undefined && isClientFailing(name, known[name]));

/** How people call it. */
const nameForPeople = (name: string): string => credentialWords(name) ?? `The ${name}'s credentials for Genesys Cloud`;

/** A signal as a reading, so that it takes the way of every other failure. */
export const credentialReading = ({ name, signal, reason }: CredentialSignal, failures: number, now: Instant): Reading => ({
	schema: "genesyscloud-runbooks/reading/1",
	condition: "credentials-failing",
	entity: { id: name, name: nameForPeople(name) },
	severity: "critical",
	verdict: signal === "open" ? "breach" : "clear",
	reason,
	observedAt: now,
	metrics: { failures },
	source: "overseer",
	raw: { credential: name, reason },
});
