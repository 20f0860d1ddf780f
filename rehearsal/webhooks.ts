import { sign, signatureHeader, timestampHeader } from "../functions/edges/signature.ts";
import type { OfflineWorld } from "./offlineWorld.ts";
import type { Happens } from "./scenario.ts";
import type { SnsEmulator } from "./sns.ts";

/** What signs readings, and what other systems show, in every rehearsal. */
export const webhookSecrets = { signing: "rehearsal-webhook-signing-secret", bearer: "rehearsal-webhook-bearer-token" } as const;

/** The name of the format of `mapped` in the settings. */
export const mappedFormat = "probes";

/** A sender waits so long before it repeats what was not taken. */
const repeatMilliseconds = 20_000;

type WebhookVerb = Extract<Happens, { do: "webhook" }>;

/** A reading, sent to the declared function URL like anybody's; what is not taken is sent again, signed anew, so many times. */
export async function sendWebhook(world: OfflineWorld, verb: WebhookVerb, repeats: number): Promise<void> {
	const isTaken = await post(world, verb);
	if (isTaken || repeats === 0) return;
	world.clock.after(repeatMilliseconds, () => world.clock.spawn(() => sendWebhook(world, verb, repeats - 1)));
}

async function post({ aws, clock, timeline, trunkIds, sns }: OfflineWorld, verb: WebhookVerb): Promise<boolean> {
	const event = timeline.tell({ who: "scenario", what: "webhook-sent", detail: `${verb.verdict} of ${verb.trunk}` });
	const url = aws.state.urls[0]?.url;
	if (url === undefined) return false;
	const { path, body, headers } = requests[verb.format](verb, trunkIds.get(verb.trunk) ?? verb.trunk, clock.now(), sns);
	const response = await aws.fetchUrl(new Request(new URL(path, url), { method: "POST", body, headers }));
	if (!response.ok)
		timeline.tell({ who: "normalizer", what: "alarm", because: event.id, outcome: String(response.status), detail: await response.text() });
	return response.ok;
}

interface Sent {
	readonly path: string;
	readonly body: string;
	readonly headers: Readonly<Record<string, string>>;
}

/** How each sender says it. */
const requests: Readonly<Record<WebhookVerb["format"], (verb: WebhookVerb, id: string, now: number, sns: SnsEmulator) => Sent>> = {
	reading: (verb, id, now) => {
		const body = JSON.stringify({
			schema: "genesyscloud-runbooks/reading/1",
			condition: "trunk-down",
			entity: { id, name: verb.trunk },
			severity: "high",
			verdict: verb.verdict,
			reason: "reported-by-monitoring",
			observedAt: now,
			metrics: verb.metrics,
			source: "webhook",
			raw: verb.raw ?? {},
		});
		const timestamp = String(Math.floor(now / 1000));
		return { path: "/", body, headers: { [signatureHeader]: sign(webhookSecrets.signing, timestamp, body), [timestampHeader]: timestamp } };
	},
	alertmanager: (verb, id, now) => {
		const status = verb.verdict === "breach" ? "firing" : "resolved";
		const labels = { alertname: "SipTrunkDown", condition: "trunk-down", entity_id: id, entity_name: verb.trunk, severity: "error" };
		const annotations = { summary: "no answer to SIP OPTIONS from outside" };
		const times = {
			startsAt: new Date(now).toISOString(),
			endsAt: status === "firing" ? "0001-01-01T00:00:00Z" : new Date(now).toISOString(),
		};
		const body = JSON.stringify({
			version: "4",
			groupKey: "{}:{}",
			truncatedAlerts: 0,
			status,
			receiver: "runbooks",
			groupLabels: {},
			commonLabels: labels,
			commonAnnotations: annotations,
			externalURL: "http://alertmanager.example",
			alerts: [{ status, labels, annotations, ...times, generatorURL: "", fingerprint: "c6eadffa33fcdf37" }],
		});
		return { path: "/webhook/alertmanager", body, headers: bearing };
	},
	cloudwatch: ({ trunk, verdict }, _id, now, sns) => {
		const alarm = {
			AlarmName: trunk,
			NewStateValue: verdict === "breach" ? "ALARM" : "OK",
			NewStateReason: "Threshold Crossed: 3 datapoints were less than the threshold (1.0).",
			StateChangeTime: new Date(now).toISOString().replace("Z", "+0000"),
		};
		const body = sns.notification(JSON.stringify(alarm), `${alarm.NewStateValue}: "${trunk}"`, now);
		return { path: "/webhook/cloudwatch", body, headers: { "content-type": "text/plain; charset=UTF-8" } };
	},
	"genesys-alerting": ({ trunk, verdict }, _id, now) => {
		const when = verdict === "breach" ? "dateStart" : "dateEnd";
		const body = JSON.stringify({
			id: "a-1",
			name: trunk,
			rule: { id: "r-1", name: trunk, type: "CONVERSATION_METRICS" },
			active: verdict === "breach",
			[when]: new Date(now).toISOString(),
		});
		return { path: "/webhook/genesys-alerting", body, headers: bearing };
	},
	mapped: ({ trunk, verdict }, id, now) => {
		const state = verdict === "breach" ? "down" : "up";
		const body = JSON.stringify({ checks: [{ kind: "trunk-down", target: { id, title: trunk }, state, at: Math.floor(now / 1000) }] });
		return { path: `/webhook/${mappedFormat}`, body, headers: bearing };
	},
};

const bearing = { authorization: `Bearer ${webhookSecrets.bearer}`, "content-type": "application/json" };
