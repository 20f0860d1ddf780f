import { traitsOf } from "../../../vendors/kinds.ts";
import { changeIncident, mostIncidentsRead, readIncident } from "../ledger/incidents.ts";
import { readItem } from "../ledger/store.ts";
import { sideBySide } from "../limits/sideBySide.ts";
import type { GroupRef, Incident, Instant, Page } from "../model/incident.ts";
import { incidentKey } from "../model/keys.ts";
import { mayHaveBeenAccepted } from "../page/fate.ts";
import { about, failureOf, orderOf, type PagingPorts } from "../page/flow.ts";
import { close } from "../resolve/rules.ts";
import { logRouted } from "../route/flow.ts";
import { channelOf, type RoutingSettings } from "../route/policy.ts";
import { routeIncident } from "../route/rules.ts";
import { afterRead, announcementOf, isGroupKey, type MembersRead } from "./rules.ts";

const readsAtOnce = 16;

/** Visits a failure that a group pages for: it ends in silence, since the group tells; one whose group is gone stands alone again. */
export async function overseeMember(ports: PagingPorts, incident: Incident, memberOf: GroupRef): Promise<void> {
	const { clock, journal, settings } = ports;
	if (incident.state === "recovered") {
		await changeIncident(ports, incident, (item) => (item.state === "recovered" ? close(item, clock.now()) : undefined));
		journal.log({ what: "incident-resolved", ...about(incident), outcome: "told-in-group", detail: memberOf.key });
		return;
	}
	const group = await readIncident(ports, memberOf);
	if (group?.state !== "open") {
		const alone = await changeIncident(ports, incident, (item) => standAlone(settings, item, clock.now()));
		journal.log({ what: "ungrouped", ...about(incident), outcome: "group-ended", detail: memberOf.key });
		if (alone !== undefined) logRouted(ports, alone);
		return;
	}
	const { acknowledged } = group;
	if (acknowledged === undefined || incident.acknowledged !== undefined) return;
	await changeIncident(ports, incident, (item) => (item.acknowledged === undefined ? { ...item, acknowledged } : undefined));
	journal.log({ what: "acknowledged", ...about(incident), outcome: "by-group", detail: `by ${acknowledged.by}` });
}

/** Whoever is on duty by now is paged. */
const standAlone = (settings: RoutingSettings, { memberOf: _group, ...item }: Incident, now: Instant): Incident =>
	routeIncident(settings, item, now);

/** Counts the members of a group that still fail; with the last of them it recovers. Returns the group as it then stands. */
export async function watchMembers(ports: PagingPorts, group: Incident): Promise<Incident> {
	if (group.state !== "open" || group.members === undefined) return group;
	const { clock, journal } = ports;
	const membersRead = await readMembers(ports, group);
	const changed = (await changeIncident(ports, group, (item) => afterRead(item, membersRead, clock.now()))) ?? group;
	if (changed.state === "recovered") journal.log({ what: "recovered", ...about(changed), outcome: "members-ended" });
	return changed;
}

/** Whoever is listed, and whoever else of this condition is not closed: a group may have more members than it lists. */
async function readMembers({ ledger, clock }: PagingPorts, group: Incident): Promise<MembersRead> {
	const { environment, condition, members } = group;
	const listed = (members?.listed ?? []).flatMap(({ id, endedAt }) =>
		endedAt === undefined ? [incidentKey({ environment, condition, entityId: id })] : [],
	);
	const prefix = `inc:1:${environment}:${condition}:`;
	const open = (await ledger.due(clock.now(), mostIncidentsRead)).filter((key) => key.startsWith(prefix) && !isGroupKey(key));
	const failing = new Set<string>();
	const held = new Set<string>();
	const ended = new Set<string>();
	await sideBySide([...new Set([...listed, ...open])], readsAtOnce, async (key) => {
		const member = await readItem<Incident>(ledger, key);
		if (member?.memberOf?.key !== group.key || member.memberOf.occurrence !== group.occurrence) return;
		(member.state === "open" ? failing : ended).add(member.entityId);
		if (member.heldSince !== undefined) held.add(member.entityId);
	});
	return { failing, held, ended };
}

/**
 * Tells the pages of a group how many there are by now. A page that somebody closed by hand is left alone: to send it again would page anew. Only
 * a vendor that deduplicates joins such a message to the page that is there.
 */
export async function updatePages(ports: PagingPorts, group: Incident): Promise<void> {
	const { members } = group;
	if (group.state !== "open" || members === undefined || members.announced === announcementOf(members)) return;
	const pages = group.pages.filter((page) => page.purpose === "page" && traitsOf(page.kind).deduplicates && mayHaveBeenAccepted(page));
	let isAnnounced = pages.length > 0;
	for (const page of pages) isAnnounced = (await updatePage(ports, group, page)) && isAnnounced;
	if (!isAnnounced) return;
	await changeIncident(ports, group, (item) =>
		item.members === undefined ? undefined : { ...item, members: { ...item.members, announced: announcementOf(members) } },
	);
}

/** Whether this page needs no more of it. */
async function updatePage(ports: PagingPorts, group: Incident, page: Page): Promise<boolean> {
	const { settings, journal, pagers } = ports;
	const channel = channelOf(settings, group, page);
	if (channel === undefined) return true;
	try {
		const order = orderOf(ports, group, page, channel);
		const { state } = await pagers(channel).read(order);
		if (state === "resolved" || state === "absent") return true;
		await pagers(channel).send(order);
		journal.log({ what: "page-updated", ...about(group, page), outcome: "accepted", detail: group.summary });
		return true;
	} catch (error) {
		const { reason, message } = failureOf(error);
		journal.log({ what: "error", ...about(group, page), outcome: reason, detail: `the page could not be updated: ${message}` });
		return false;
	}
}
