import type { Incident, Instant, Page, RemedyRun } from "../../functions/pipeline/model/incident.ts";
import { type Next, whatIsNext } from "../../functions/pipeline/operate/next.ts";
import { type StandingName, standingOf } from "../../functions/pipeline/operate/standing.ts";
import { whereAnswered } from "../../functions/pipeline/page/byHand.ts";
import { policyNameOf, type RoutingSettings } from "../../functions/pipeline/route/policy.ts";

/** One incident of the list, for a machine. Instants are ISO 8601. */
export interface IncidentView {
	readonly key: string;
	readonly occurrence: number;
	readonly condition: string;
	readonly entity: { readonly id: string; readonly name: string };
	readonly severity: string;
	readonly state: StandingName;
	readonly words: string;
	readonly summary: string;
	readonly openedAt: string;
	readonly lastSeenAt: string;
	readonly recoveredAt?: string;
	readonly closedAt?: string;
	/** The highest tier that is paged, from 1; 0 before the first page. */
	readonly tier: number;
	readonly round: number;
	readonly policy: string;
}

export interface PageView
	extends Pick<Page, "purpose" | "tier" | "channel" | "kind" | "state" | "by" | "attempts" | "dedupKey" | "receipt"> {
	readonly round: number;
	readonly informs: boolean;
	readonly failure?: string;
	readonly intendedAt: string;
	readonly acceptedAt?: string;
	readonly provenAt?: string;
}

/** Everything of one incident. The approval link is left out: whoever holds it may begin the remedy. */
export interface WholeView extends IncidentView {
	readonly route?: string;
	readonly acknowledged?: { readonly by: string; readonly at: string; readonly where: string; readonly endedByHandAt?: string };
	readonly pages: readonly PageView[];
	readonly remedy?: Pick<RemedyRun, "state" | "reason" | "mode" | "by"> & { readonly kind: string; readonly actedAt?: string };
	readonly takenOver?: { readonly at: string; readonly reason: string };
	readonly group?: string;
	readonly members?: readonly { readonly name: string; readonly since: string; readonly endedAt?: string }[];
	readonly children?: readonly { readonly key: string; readonly name: string }[];
	readonly acts: readonly { readonly did: string; readonly at: string; readonly by: string; readonly why: string }[];
	readonly next: readonly (Omit<Next, "at"> & { readonly at?: string })[];
}

const iso = (at: Instant): string => new Date(at).toISOString();

/** The property with its instant in words; none where it is not known. */
const stamped = <K extends string>(name: K, at: Instant | undefined): Partial<Record<K, string>> =>
	at === undefined ? {} : ({ [name]: iso(at) } as Record<K, string>);

export function viewOf(settings: RoutingSettings, incident: Incident, now: Instant): IncidentView {
	const { key, occurrence, condition, entityId, entityName, severity, summary, openedAt, lastSeenAt, tier, round = 1 } = incident;
	const { name, words } = standingOf(incident, now);
	return {
		key,
		occurrence,
		condition,
		entity: { id: entityId, name: entityName },
		severity,
		state: name,
		words,
		summary,
		openedAt: iso(openedAt),
		lastSeenAt: iso(lastSeenAt),
		...stamped("recoveredAt", incident.recoveredAt),
		...stamped("closedAt", incident.closedAt),
		tier,
		round,
		policy: policyNameOf(settings, incident),
	};
}

export function wholeViewOf(settings: RoutingSettings, incident: Incident, now: Instant): WholeView {
	const { routed, takenOver, memberOf, acts = [], notices = [] } = incident;
	const entries = [...incident.pages.map((page) => pageView(page, false)), ...notices.map((notice) => pageView(notice, true))];
	return {
		...viewOf(settings, incident, now),
		...(routed === undefined ? {} : { route: routed.words }),
		...acknowledgedView(incident),
		pages: entries.toSorted((one, other) => one.intendedAt.localeCompare(other.intendedAt)),
		...remedyView(incident),
		...(takenOver === undefined ? {} : { takenOver: { ...takenOver, at: iso(takenOver.at) } }),
		...(memberOf === undefined ? {} : { group: memberOf.key }),
		...relatives(incident),
		acts: acts.map(({ did, at, by, why }) => ({ did, at: iso(at), by, why })),
		next: whatIsNext(settings, incident, now).map(({ at, ...next }) => ({ ...next, ...stamped("at", at) })),
	};
}

function pageView(page: Page, informs: boolean): PageView {
	const { purpose, tier, channel, kind, state, by, attempts, dedupKey, receipt, failure, round = 1 } = page;
	return {
		...{ purpose, tier, round, channel, kind, informs, state, by, attempts, dedupKey },
		...(receipt === undefined ? {} : { receipt }),
		...(failure === undefined || state === "proven" ? {} : { failure }),
		intendedAt: iso(page.intendedAt),
		...stamped("acceptedAt", page.acceptedAt),
		...stamped("provenAt", page.provenAt),
	};
}

function acknowledgedView({ acknowledged }: Incident): Pick<WholeView, "acknowledged"> {
	if (acknowledged === undefined) return {};
	const { by, at, resolvedAt } = acknowledged;
	return { acknowledged: { by, at: iso(at), where: whereAnswered(acknowledged), ...stamped("endedByHandAt", resolvedAt) } };
}

function remedyView({ remedy }: Incident): Pick<WholeView, "remedy"> {
	if (remedy === undefined) return {};
	const { state, reason, mode, by, actedAt } = remedy;
	return { remedy: { kind: remedy.remedy.kind, state, reason, mode, by, ...stamped("actedAt", actedAt) } };
}

function relatives({ members, children }: Incident): Pick<WholeView, "members" | "children"> {
	const listed = members?.listed.map(({ name, since, endedAt }) => ({ name, since: iso(since), ...stamped("endedAt", endedAt) }));
	return {
		...(listed === undefined ? {} : { members: listed }),
		...(children === undefined ? {} : { children: children.map(({ key, name }) => ({ key, name })) }),
	};
}
