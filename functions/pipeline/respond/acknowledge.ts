import { holdsUntil } from "../escalate/rounds.ts";
import { decideIncident, readIncident } from "../ledger/incidents.ts";
import type { Acknowledgement, Incident, Instant, Page } from "../model/incident.ts";
import { parseDedupKey } from "../model/keys.ts";
import { answerTo } from "../page/answers.ts";
import { tried } from "../page/course.ts";
import type { Fact } from "../page/fact.ts";
import { about } from "../page/flow.ts";
import { canAcknowledge } from "../page/link.ts";
import { goodUntil, linkFacts, meantFor } from "../page/linkFacts.ts";
import { durationOf, whenOf } from "../page/times.ts";
import type { AcknowledgeLink, LinkAnswer, LinkReason, Ports } from "../ports.ts";
import { policyOf } from "../route/policy.ts";

/** A day is longer than any answer takes, and shorter than a text stays in a phone. */
const linkMilliseconds = 86_400_000;

/** The page that holds a link of this key; two phones of one tier may hold the same. */
const pageOf = ({ pages }: Incident, dedupKey: string): Page | undefined =>
	pages.findLast((page) => page.purpose === "page" && page.dedupKey === dedupKey && !canAcknowledge(page.kind));

/** What a link with a good signature is worth now. */
export function whyAcknowledge(incident: Incident | undefined, dedupKey: string, now: Instant): Exclude<LinkReason, "forged"> {
	if (incident?.state !== "open") return "not-open";
	if (incident.acknowledged !== undefined) return "already-acknowledged";
	const page = pageOf(incident, dedupKey);
	return page === undefined || now >= page.intendedAt + linkMilliseconds ? "expired" : "acknowledged";
}

/** The answer of whoever holds the link: nobody knows more of them than which tier was texted. */
function answerOf(incident: Incident, dedupKey: string, now: Instant): Acknowledgement | undefined {
	const page = pageOf(incident, dedupKey);
	return page && answerTo(page, `tier ${page.tier} by link`, now);
}

export type AcknowledgePorts = Pick<Ports, "clock" | "journal" | "ledger" | "settings" | "acknowledgeLinks">;

/**
 * What a person's acknowledge link is worth, and with `press` the acknowledgement itself, which counts like one at a vendor. Opening the link
 * does nothing, since mail and chat systems open links too; pressing twice is pressing once. Throws EdgeError where it could not be written.
 */
export async function answerLink(ports: AcknowledgePorts, { dedupKey, signature }: AcknowledgeLink, press: boolean): Promise<LinkAnswer> {
	const parsed = parseDedupKey(dedupKey);
	// Before anything is read: whoever guesses costs nothing, and learns nothing by the time it takes.
	const isSigned = await ports.acknowledgeLinks.valid(dedupKey, signature);
	if (parsed === undefined || !isSigned) return { outcome: "forged" };
	const ref = { key: parsed.key, occurrence: parsed.occurrence };
	if (press) return pressLink(ports, ref, dedupKey);
	const incident = await readIncident(ports, ref);
	return { outcome: whyAcknowledge(incident, dedupKey, ports.clock.now()), ...told(ports, incident, dedupKey) };
}

async function pressLink(ports: AcknowledgePorts, ref: Pick<Incident, "key" | "occurrence">, dedupKey: string): Promise<LinkAnswer> {
	const { clock, journal } = ports;
	const pressed = await decideIncident<LinkAnswer & { readonly incident?: Incident }>(ports, ref, (incident) => {
		const outcome = whyAcknowledge(incident, dedupKey, clock.now());
		const answer = { outcome, ...told(ports, incident, dedupKey) };
		if (incident === undefined || outcome !== "acknowledged") return { result: answer };
		const acknowledged = answerOf(incident, dedupKey, clock.now());
		if (acknowledged === undefined) return { result: answer };
		const write: Incident = { ...incident, acknowledged };
		return { write, result: { outcome, ...told(ports, write, dedupKey), incident: write } };
	});
	const { incident, ...answer } = pressed;
	if (incident !== undefined)
		journal.log({
			what: "acknowledged",
			...about(incident, pageOf(incident, dedupKey)),
			outcome: "link",
			detail: `by ${incident.acknowledged?.by}`,
		});
	return answer;
}

/** What is acknowledged, for the person: what failed, since when, whom it asked, and who has answered. */
function told({ settings, clock }: AcknowledgePorts, incident: Incident | undefined, dedupKey: string): Pick<LinkAnswer, "about"> {
	if (incident === undefined) return {};
	const now = clock.now();
	const page = pageOf(incident, dedupKey);
	const all = { settings, incident, now, ...(page === undefined ? {} : { page }) };
	return {
		about: linkFacts(all, {
			first: effectOf(settings, incident, now),
			more: tried(incident),
			terms: termsOf(settings, incident, page, now),
		}),
	};
}

/** What an answer does, or has done. */
function effectOf(settings: AcknowledgePorts["settings"], incident: Incident, now: Instant): readonly Fact[] {
	const { acknowledged, state } = incident;
	if (state !== "open") return [];
	const policy = policyOf(settings, incident);
	if (acknowledged !== undefined) {
		const until = whenOf(holdsUntil(acknowledged, policy), now);
		return [{ name: "The answer holds", text: `until ${until}; if it still fails then, people are paged again` }];
	}
	const holds = durationOf(0, policy.acknowledgedForSeconds * 1000);
	return [
		{ name: "If you acknowledge", text: `Nobody else is paged for it for ${holds}; if it still fails then, people are paged again.` },
	];
}

function termsOf(settings: AcknowledgePorts["settings"], incident: Incident, page: Page | undefined, now: Instant): readonly string[] {
	if (page === undefined) return [];
	const until = page.intendedAt + linkMilliseconds;
	const isGood = incident.state === "open" && incident.acknowledged === undefined && now < until;
	return [...(isGood ? [goodUntil(until, now, false)] : []), meantFor(settings, incident, page.tier)];
}
