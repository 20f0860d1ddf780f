import { sign, signatureHeader, timestampHeader } from "../../functions/edges/webhook/signature.ts";
import type { TimelineEvent } from "../report/timelineEvent.ts";
import type { Happens } from "../scenario/scenario.ts";
import { type Alert, alertmanagerBody, cloudWatchMessage, genesysAlertBody, probeBody } from "./alertBodies.ts";
import { webhookSecrets } from "./issuedSecrets.ts";
import type { OfflineWorld } from "./offlineWorld.ts";

/** A sender waits so long before it repeats what was not taken. */
const repeatMilliseconds = 20_000;

type AlertVerb = Extract<Happens, { do: "webhook" }>;
type PostVerb = Extract<Happens, { do: "posts" }>;
type Verb = AlertVerb | PostVerb;

/** A reading or an alert, sent to the declared function URL like anybody's; what is not taken is sent again, signed anew, so many times. */
export async function sendWebhook(world: OfflineWorld, verb: Verb, repeats: number): Promise<void> {
	const isAccepted = await post(world, verb);
	if (isAccepted || repeats === 0) return;
	world.clock.after(repeatMilliseconds, () => world.clock.spawn(() => sendWebhook(world, verb, repeats - 1)));
}

async function post(world: OfflineWorld, verb: Verb): Promise<boolean> {
	const detail = verb.do === "posts" ? `a body for ${verb.format}` : `${verb.verdict} of ${verb.trunk ?? verb.queue}`;
	const event = world.timeline.log({ who: "scenario", what: "webhook-sent", detail });
	if (verb.format === "cloudwatch") return postByTopic(world, verb, event);
	return deliver(world, event, verb.format === "reading" ? readingRequest(world, verb) : bearerRequest(world, verb));
}

interface Sent {
	readonly path: string;
	readonly body: string;
	readonly headers: Readonly<Record<string, string>>;
}

async function deliver({ aws, timeline }: OfflineWorld, event: TimelineEvent, { path, body, headers }: Sent): Promise<boolean> {
	const url = aws.state.urls[0]?.url;
	if (url === undefined) return false;
	const response = await aws.fetchUrl(new Request(new URL(path, url), { method: "POST", body, headers }));
	if (!response.ok)
		timeline.log({ who: "normalizer", what: "error", because: event.id, outcome: String(response.status), detail: await response.text() });
	return response.ok;
}

const idOf = ({ trunkIds, queueIds }: OfflineWorld, { trunk = "", queue = "" }: AlertVerb): string =>
	trunkIds.get(trunk) ?? queueIds.get(queue) ?? (trunk || queue);

function alertOf(world: OfflineWorld, verb: AlertVerb): Alert {
	const fires = verb.verdict === "breach";
	const of = verb.queue === undefined ? "trunk" : "queue";
	return { id: idOf(world, verb), name: verb.trunk ?? verb.queue ?? "", of, fires, now: world.clock.now() };
}

/** Our own document, signed. */
function readingRequest(world: OfflineWorld, verb: Verb): Sent {
	const body = JSON.stringify(bodyOf(world, verb));
	const timestamp = String(Math.floor(world.clock.now() / 1000));
	return { path: "/", body, headers: { [signatureHeader]: sign(webhookSecrets.signing, timestamp, body), [timestampHeader]: timestamp } };
}

function readingOf(world: OfflineWorld, verb: AlertVerb): unknown {
	return {
		schema: "genesyscloud-runbooks/reading/1",
		condition: verb.queue === undefined ? "trunk-down" : "queue-overflow",
		entity: { id: idOf(world, verb), name: verb.trunk ?? verb.queue },
		severity: "high",
		verdict: verb.verdict,
		reason: "reported-by-monitoring",
		observedAt: world.clock.now(),
		metrics: verb.metrics,
		source: "webhook",
		raw: verb.raw ?? {},
	};
}

/** What other systems send. */
const bodies = { alertmanager: alertmanagerBody, "genesys-alerting": genesysAlertBody, probe: probeBody, cloudwatch: cloudWatchMessage };

const bodyOf = (world: OfflineWorld, verb: Verb): unknown =>
	verb.do === "posts" ? verb.body : verb.format === "reading" ? readingOf(world, verb) : bodies[verb.format](alertOf(world, verb));

/** Whoever shows a bearer token. */
function bearerRequest(world: OfflineWorld, verb: Verb): Sent {
	const headers = { authorization: `Bearer ${webhookSecrets.bearer}`, "content-type": "application/json" };
	return { path: `/webhook/${verb.format}`, body: JSON.stringify(bodyOf(world, verb)), headers };
}

/** An alarm goes to the first topic of the settings, which has its subscription confirmed before it sends anything. */
async function postByTopic(world: OfflineWorld, verb: Verb, event: TimelineEvent): Promise<boolean> {
	const { topics, settings, timeline } = world;
	const [topic] = settings.runtime.webhook?.cloudwatch?.topicArns ?? [];
	if (topic === undefined) return false;
	const request = (body: string): Sent => ({ path: "/webhook/cloudwatch", body, headers: { "content-type": "text/plain; charset=UTF-8" } });
	if (!topics.isConfirmed(topic)) {
		await deliver(world, event, request(topics.confirmation(topic)));
		timeline.log({
			who: "scenario",
			what: "topic-subscribed",
			because: event.id,
			outcome: topics.isConfirmed(topic) ? "confirmed" : "refused",
		});
	}
	if (!topics.isConfirmed(topic)) return false;
	return deliver(world, event, request(topics.notification(topic, "CloudWatch alarm", JSON.stringify(bodyOf(world, verb)))));
}
