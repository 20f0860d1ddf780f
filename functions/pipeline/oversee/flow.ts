import { traitsOf } from "../../../vendors/kinds.ts";
import { type CredentialPorts, watchCredentials } from "../credentials/flow.ts";
import { openOrRecover } from "../deduplicate/flow.ts";
import { type PollerHealth, selfCheck, selfReading } from "../detect/health.ts";
import { watchDrills } from "../drill/flow.ts";
import { nextRound, repeats, whyRepeat } from "../escalate/rounds.ts";
import { isDueAgain, isOnlyPresumed, nextStep, placesLeft, staleTier, takesOver, whyTakeOver } from "../escalate/rules.ts";
import { overseeMember, updatePages, watchMembers } from "../group/oversee.ts";
import { inform } from "../inform/flow.ts";
import { informsAnywhere } from "../inform/rules.ts";
import { changeIncident, readIncident, setNextVisit } from "../ledger/incidents.ts";
import { freeLease } from "../ledger/leases.ts";
import { change, readItem } from "../ledger/store.ts";
import { sideBySide } from "../limits/sideBySide.ts";
import type { Incident, Page } from "../model/incident.ts";
import { isDrillKey, pollerKey } from "../model/keys.ts";
import { tellActs } from "../operate/flow.ts";
import { mayHaveBeenAccepted } from "../page/fate.ts";
import { about, failureOf, type SendKind, sendPage, troubleOf } from "../page/flow.ts";
import { type PagesRead, proveAll, provePage } from "../page/prove.ts";
import { roundOf, withPageNews } from "../page/rules.ts";
import { EdgeError, type ExecutionStatus, type PageReading, type Ports } from "../ports.ts";
import { type OverseeRemedyPorts, overseeRemedy } from "../remedy/oversee.ts";
import { endSuperseded, mirrorAcknowledgement, sendRecoveries } from "../resolve/flow.ts";
import { logRouted } from "../route/flow.ts";
import { channelOf, isOverseersAlone, policyOf } from "../route/policy.ts";
import { routeIncident } from "../route/rules.ts";
import { readSilences } from "../silence/flow.ts";
import { followSilence, isSilent } from "../silence/oversee.ts";
import type { Silences } from "../silence/rules.ts";

export type OverseePorts = OverseeRemedyPorts & CredentialPorts & Pick<Ports, "workflows" | "deadline">;

/** More open incidents than this in one tick: the others come first at the next one. */
const incidentsInOneTick = 1000;
/** Incidents that are visited side by side: one that waits for a slow vendor holds up an eighth of the work. */
const visitsAtOnce = 8;
/** A visit is begun only while the function has this much time left: who is not visited comes first at the next tick. */
const visitMilliseconds = 15_000;

/**
 * One tick of the overseer: its own self-checks first, so that what they open is answered at once, then every incident that is not closed. A check
 * that fails silences no incident; its failure is thrown at the end.
 */
export async function overseeAll(ports: OverseePorts): Promise<void> {
	const began = ports.clock.now();
	const failures: unknown[] = [];
	const silences = await readSilences(ports);
	for (const check of [checkOurselves, watchCredentials, watchDrills]) {
		try {
			await check(ports, silences);
		} catch (error) {
			failures.push(error);
		}
	}
	const due = await ports.ledger.due(began, incidentsInOneTick);
	await sideBySide(failuresFirst(due), visitsAtOnce, async (key) => {
		if (ports.deadline.remainingMilliseconds() >= visitMilliseconds) await visit(ports, key, silences);
	});
	if (failures.length > 0) throw failures[0];
}

/** Nobody waits for an exercise. */
const failuresFirst = (keys: readonly string[]): readonly string[] =>
	keys.toSorted((one, other) => Number(isDrillKey(one)) - Number(isDrillKey(other)));

async function visit(ports: OverseePorts, key: string, silences: Silences): Promise<void> {
	try {
		// Before the visit: one that outlives its function must not come first again and again.
		await setNextVisit(ports, key, ports.clock.now());
		await overseeIncident(ports, key, silences);
	} catch (error) {
		// One incident's trouble, whatever it is, must not silence the others.
		ports.journal.log({ what: "error", incident: key, ...troubleOf(error) });
	}
}

/** Tells a quiet system from a blind one: a poller that fails or is not there is an incident of the overseer's own. */
async function checkOurselves(ports: OverseePorts, silences: Silences): Promise<void> {
	const { ledger, settings, clock } = ports;
	const now = clock.now();
	const key = pollerKey(settings.environment);
	const health = await change<PollerHealth, PollerHealth>(ledger, key, (known) => {
		if (known !== undefined) return { result: known };
		const first: PollerHealth = { firstSeenAt: now, failures: 0 };
		return { write: first, result: first };
	});
	for (const check of selfCheck(health, settings.limits, now))
		await openOrRecover(ports, selfReading(check, health, now), check.signal, { silences });
}

async function overseeIncident(ports: OverseePorts, key: string, silences: Silences): Promise<void> {
	const found = await readItem<Incident>(ports.ledger, key);
	if (found === undefined || found.state === "closed") return;
	const read = await tellActs(ports, found);
	if (read.memberOf !== undefined) return overseeMember(ports, read, read.memberOf);
	const heard = await followSilence(ports, await watchMembers(ports, read), silences);
	if (heard.memberOf !== undefined) return;
	// A remedy that was begun before is seen through; nobody is told.
	if (isSilent(heard)) return void (await overseeRemedy(ports, heard));
	const watched = await watchWorkflow(ports, heard);
	const pagesRead = await proveAll(ports, watched);
	const proven = await overseeRemedy(ports, pagesRead.incident);
	if (proven.state === "recovered") return sendRecoveries(ports, await inform(ports, proven));
	await mirrorAcknowledgement(ports, proven);
	await updatePages(ports, proven);
	const repeated = await sendAgain(ports, { ...pagesRead, incident: proven });
	const escalated = await askAnew(ports, await escalateStale(ports, repeated));
	if (escalated.takenOver !== undefined) await carryOut(ports, { ...pagesRead, incident: escalated });
	await endSuperseded(ports, { ...pagesRead, incident: escalated });
	// Last: nobody's page waits for what only informs.
	await informOfNow(ports, escalated);
}

/** Of what is written: the visit itself may have come to another tier. */
async function informOfNow(ports: OverseePorts, incident: Incident): Promise<void> {
	if (!informsAnywhere(ports.settings, incident)) return;
	const current = await readIncident(ports, incident);
	if (current?.state === "open") await inform(ports, current);
}

/** Asks Genesys Cloud how the workflow is doing, gives a dead one's lease back, and takes over where it must. */
async function watchWorkflow(ports: OverseePorts, incident: Incident): Promise<Incident> {
	const { clock, journal, settings } = ports;
	const execution = await executionStatus(ports, incident);
	const { launch } = incident;
	const over = launch !== undefined && (execution === "completed" || execution === "failed");
	const current = over ? await endLaunch(ports, incident, launch.id, execution) : incident;
	const ownAlone = isOverseersAlone(settings, incident) && incident.takenOver === undefined;
	// The execution that just ended is judged as it was found: still unanswered, so somebody has to go on.
	const reason = whyTakeOver(incident, execution, policyOf(settings, incident), settings.limits, clock.now());
	if (!ownAlone && !takesOver(reason)) return current;
	const why = ownAlone ? "overseer-only" : reason;
	const taken = await changeIncident(ports, incident, (item) =>
		item.takenOver === undefined && item.state === "open" ? { ...item, takenOver: { at: clock.now(), reason: why } } : undefined,
	);
	if (taken?.takenOver === undefined) return taken ?? current;
	if (!ownAlone) journal.log({ what: "taken-over", ...about(taken), outcome: why });
	if (taken.launch !== undefined) await returnLease(ports, taken.launch.id, taken);
	return taken;
}

async function executionStatus(ports: OverseePorts, incident: Incident): Promise<ExecutionStatus | undefined> {
	const { launch, takenOver } = incident;
	// Whoever took over gave the lease back, and decides nothing by the workflow any more.
	if (launch?.executionId === undefined || launch.endedAt !== undefined || takenOver !== undefined) return undefined;
	try {
		return (await ports.workflows.status(launch.executionId)).status;
	} catch (error) {
		const failure = failureOf(error);
		ports.journal.log({
			what: "error",
			...about(incident),
			outcome: failure.reason,
			detail: `the workflow's state could not be read: ${failure.message}`,
		});
		return undefined;
	}
}

/** Ends that launch and no newer one; its last word, where there was one, stands. */
async function endLaunch(ports: OverseePorts, incident: Incident, launchId: string, outcome: string): Promise<Incident> {
	const ended = await changeIncident(ports, incident, (item) =>
		item.launch?.id !== launchId || item.launch.endedAt !== undefined
			? undefined
			: { ...item, launch: { ...item.launch, endedAt: ports.clock.now(), outcome } },
	);
	await returnLease(ports, launchId, incident);
	return ended ?? incident;
}

async function returnLease(ports: OverseePorts, launchId: string, incident: Incident): Promise<void> {
	if (await freeLease(ports, launchId)) ports.journal.log({ what: "lease-released", ...about(incident), outcome: "by-overseer" });
}

/** Sends what is owed, and given-up and unproven pages again under the same dedup key, once a tick, where the look did not find that the vendor has them. */
async function sendAgain(ports: OverseePorts, { incident, said }: PagesRead): Promise<Incident> {
	const { settings, clock } = ports;
	let current = incident;
	for (const page of incident.pages.filter((candidate) => isDueAgain(incident, candidate, policyOf(settings, incident), clock.now()))) {
		const channel = channelOf(settings, incident, page);
		if (channel === undefined) continue;
		if (!isMissing(page, said(page))) continue;
		const how = page.state !== "owed" || mayHaveBeenAccepted(page) ? "again" : firstSend(current);
		current = (await sendPage(ports, incident, { tier: page.tier, channel }, "overseer", how)) ?? current;
	}
	return current;
}

/** A message that is still on its way must not be sent twice; one that the vendor does not know, or could not deliver, must. */
function isMissing(page: Page, reading: PageReading | undefined): boolean {
	if (!mayHaveBeenAccepted(page)) return true;
	// What cannot be read may be there: a vendor that deduplicates joins a repeat to it, a phone rings again.
	if (reading === undefined) return traitsOf(page.kind).deduplicates;
	return reading.state === "absent" || reading.state === "failed";
}

/** Where the workflow carries on, nobody counts attempts here: what fails is sent again by the next ticks. */
const firstSend = ({ takenOver }: Incident): SendKind => (takenOver === undefined ? "once" : "attempt");

async function escalateStale(ports: OverseePorts, incident: Incident): Promise<Incident> {
	const { settings, clock, journal } = ports;
	const policy = policyOf(settings, incident);
	const tier = staleTier(incident, policy, clock.now());
	if (tier === undefined) return incident;
	const at = clock.now();
	const stale = await changeIncident(ports, incident, (item) => ({ ...item, stale: item.stale ?? at, staleStep: { tier, at } }));
	let current = stale ?? incident;
	if (incident.stale === undefined)
		journal.log({ what: "stale", ...about(current), detail: `open and unacknowledged for ${policy.staleSeconds} s` });
	// Texts that may have reached somebody are repeated once, under keys of their own.
	if (isOnlyPresumed(current)) return repeatAll(ports, current, "stale");
	for (const place of placesLeft(current, policy, tier))
		current = (await sendPage(ports, current, place, "overseer", firstSend(current))) ?? current;
	return current;
}

/** Asks everybody anew where the last tier did not answer, or where an answer has expired. */
async function askAnew(ports: OverseePorts, incident: Incident): Promise<Incident> {
	const reason = whyRepeat(incident, policyOf(ports.settings, incident), ports.clock.now());
	return repeats(reason) ? repeatAll(ports, incident, reason) : incident;
}

async function repeatAll(ports: OverseePorts, incident: Incident, reason: string): Promise<Incident> {
	const { clock, journal, settings } = ports;
	const next = await changeIncident(ports, incident, (item) =>
		item.state === "open" && roundOf(item) === roundOf(incident)
			? routeIncident(settings, nextRound(item, policyOf(settings, item), reason, clock.now()), clock.now())
			: undefined,
	);
	if (next === undefined || roundOf(next) === roundOf(incident)) return next ?? incident;
	journal.log({ what: "repeated", ...about(next), outcome: reason, detail: `round ${roundOf(next)} of the policy` });
	if (next.policy !== incident.policy || next.routed?.words !== incident.routed?.words) logRouted(ports, next);
	if (next.launch !== undefined) await returnLease(ports, next.launch.id, next);
	return next;
}

/** Carries out the policy where the workflow cannot: one step after the other until it says wait. Bounded by the policy's places and attempts. */
async function carryOut(ports: OverseePorts, pagesRead: PagesRead): Promise<void> {
	const { settings, clock } = ports;
	const policy = policyOf(settings, pagesRead.incident);
	const bound = policy.tiers.reduce((sum, { channels }) => sum + channels.length * (policy.attemptsPerChannel + 2) + 2, 2);
	let current = pagesRead.incident;
	for (let taken = 0; taken < bound; taken += 1) {
		const step = nextStep(current, policy, clock.now());
		if (step.do === "wait") return;
		current = (await carryOutStep(ports, current, step, pagesRead)) ?? current;
	}
	throw new EdgeError("misconfigured", `Expected the policy to come to a wait within ${bound} steps for ${current.key}`, { retry: false });
}

/** What may have been taken is read before another channel is used: a proof that is found stands. */
async function giveUp(ports: OverseePorts, incident: Incident, page: Page, { at, said }: PagesRead): Promise<Incident | undefined> {
	const isRead = page.lastAttemptAt < at && said(page) !== undefined;
	if (mayHaveBeenAccepted(page) && !isRead) await provePage(ports, incident, page);
	const failure = page.failure ?? "unreachable";
	return changeIncident(ports, incident, (item) => withPageNews(item, page, { what: "given-up", failure }, ports.clock.now()));
}

async function carryOutStep(
	ports: OverseePorts,
	incident: Incident,
	step: Exclude<ReturnType<typeof nextStep>, { do: "wait" }>,
	pagesRead: PagesRead,
): Promise<Incident | undefined> {
	const { clock, journal } = ports;
	const now = clock.now();
	switch (step.do) {
		case "send":
			return sendPage(ports, incident, step.place, "overseer");
		case "give-up":
			return giveUp(ports, incident, step.page, pagesRead);
		case "call-unproven":
			journal.log({ what: "page-unproven", ...about(incident, step.page), outcome: step.reason });
			return changeIncident(ports, incident, (item) => withPageNews(item, step.page, { what: "unproven" }, now));
		case "escalate":
			journal.log({ what: "escalated", ...about(incident), tier: step.tier, outcome: step.reason });
			return changeIncident(ports, incident, (item) => (item.tier < step.tier ? { ...item, tier: step.tier } : item));
		case "exhaust":
			journal.log({ what: "exhausted", ...about(incident), tier: incident.tier, outcome: step.reason });
			return changeIncident(ports, incident, (item) => ({ ...item, exhausted: item.exhausted ?? now }));
	}
}
