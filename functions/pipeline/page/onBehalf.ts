import type { MessengerAnswers, MessengerAsks } from "../../../contracts/messenger.ts";
import { readIncident } from "../ledger/incidents.ts";
import type { Incident, Page } from "../model/incident.ts";
import { EdgeError, type PageOrder } from "../ports.ts";
import { channelOf } from "../route/policy.ts";
import type { Channel } from "../settings.ts";
import { about, acknowledgeUrlOf, failureOf, orderOf, type PagingPorts } from "./flow.ts";
import { findPage } from "./rules.ts";

interface Asked {
	readonly incident: Incident;
	readonly page: Page;
	readonly channel: Channel;
}

/** The page that the workflow has asked the ledger for. Throws EdgeError where there is none: nobody else may be paged by this way. */
async function askedFor(
	ports: PagingPorts,
	{ incidentKey, occurrence, launchId, tier, channel: name }: MessengerAsks<"send">,
): Promise<Asked> {
	const incident = await readIncident(ports, { key: incidentKey, occurrence });
	const page = incident === undefined ? undefined : findPage(incident, tier, name);
	const channel = incident === undefined || page === undefined ? undefined : channelOf(ports.settings, incident, page);
	if (incident === undefined || page === undefined || channel === undefined || incident.launch?.id !== launchId)
		throw new EdgeError("misconfigured", `messenger: expected a page that the ledger has written for ${name} of tier ${tier}, got none`, {
			retry: false,
		});
	return { incident, page, channel };
}

/** Pages a place for the workflow, which writes what became of it. A refusal is an answer: its reason is the workflow's record. */
export async function answerSendPage(ports: PagingPorts, request: MessengerAsks<"send">): Promise<MessengerAnswers<"send">> {
	const asked = await askedFor(ports, request);
	const { state, receipt: known = "", failure = "unavailable" } = asked.page;
	// Asked for twice: what was taken is named, and where that is not known it may be there.
	if (state !== "sending") return { receipt: known, reason: known === "" ? failure : "" };
	try {
		const { receipt } = await ports.pagers(asked.channel).send(await fullOrder(ports, asked));
		return { receipt, reason: "" };
	} catch (error) {
		const { reason, message } = failureOf(error);
		ports.journal.log({ what: "error", ...about(asked.incident, asked.page), outcome: reason, detail: message });
		return { receipt: "", reason };
	}
}

/** Reads a page back for the workflow. What cannot be read is not proven yet, whatever the reason is. */
export async function answerReadPage(ports: PagingPorts, request: MessengerAsks<"read">): Promise<MessengerAnswers<"read">> {
	const { incident, page, channel } = await askedFor(ports, request);
	const receipt = request.receipt || page.receipt;
	const order = { ...orderOf(ports, incident, page, channel), ...(receipt === undefined ? {} : { receipt }) };
	try {
		return { state: (await ports.pagers(channel).read(order)).state };
	} catch (error) {
		const { reason, message } = failureOf(error);
		ports.journal.log({ what: "error", ...about(incident, page), outcome: reason, detail: `the page could not be read back: ${message}` });
		return { state: "pending" };
	}
}

async function fullOrder(ports: PagingPorts, { incident, page, channel }: Asked): Promise<PageOrder> {
	const acknowledgeUrl = await acknowledgeUrlOf(ports, incident, page);
	return orderOf(ports, incident, page, channel, acknowledgeUrl);
}
