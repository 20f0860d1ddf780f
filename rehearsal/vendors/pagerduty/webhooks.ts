import { createHash, createHmac } from "node:crypto";
import type { EmulatorClock } from "../../world/clock.ts";
import type { WebhookReceiver } from "../emulator.ts";
import { type PagerDutyIncident, resolveReason } from "./incident.ts";

/** The types of events that are told, of those that the documentation lists. */
export type PagerDutyEventType =
	| "incident.triggered"
	| "incident.acknowledged"
	| "incident.unacknowledged"
	| "incident.reopened"
	| "incident.reassigned"
	| "incident.resolved";

/** Within which an endpoint has to answer, and for how long one that does not is tried again ("Webhooks: Behavior"). */
const timeoutMilliseconds = 5_000;
const patienceMilliseconds = 48 * 3_600_000;
/** "Periodically": the documentation says no more. An assumption. */
const firstPauseMilliseconds = 10_000;
const longestPauseMilliseconds = 900_000;
/** So many in a row that were dropped end a subscription for a day. */
const mostDropped = 3;
const disabledMilliseconds = 24 * 3_600_000;

interface Subscription {
	readonly secret: string;
	/** What is on its way of each incident: one after the other. */
	readonly underWay: Map<string, Promise<void>>;
	/** The last request that was sent, as somebody could have recorded it. */
	last?: Request;
	dropped: number;
	disabledUntil: number;
}

/** Webhook subscriptions of version 3, one for each service, each with its secret. https://developer.pagerduty.com, "Webhooks" */
export class PagerDutyWebhooks {
	readonly #clock: EmulatorClock;
	readonly #subscriptions = new Map<string, Subscription>();
	#receiver: WebhookReceiver | undefined;
	#events = 0;

	constructor(clock: EmulatorClock) {
		this.#clock = clock;
	}

	/** The secret of a service's subscription: the same in every run. */
	secretOf(service: string): string {
		return this.#subscription(service).secret;
	}

	subscribe(receiver: WebhookReceiver): void {
		this.#receiver = receiver;
	}

	tell(type: PagerDutyEventType, incident: PagerDutyIncident): void {
		const receiver = this.#receiver;
		const subscription = this.#subscription(incident.serviceName);
		if (receiver === undefined || subscription.disabledUntil > this.#clock.now()) return;
		const body = this.#body(type, incident);
		const before = subscription.underWay.get(incident.id) ?? Promise.resolve();
		let sent = (): void => {};
		subscription.underWay.set(incident.id, new Promise((resolve) => (sent = resolve)));
		this.#clock.spawn(async () => {
			await before;
			await this.#deliver(receiver, incident.serviceName, subscription, body);
			sent();
		});
	}

	/** What somebody sends who knows the address of a service and not its secret. */
	async forge(incident: PagerDutyIncident, by: string): Promise<Response | undefined> {
		const answered: PagerDutyIncident = { ...incident, status: "acknowledged", changedBy: { summary: by, person: true } };
		const body = this.#body("incident.acknowledged", answered);
		return this.#receiver?.deliver(this.#request(this.#receiver, incident.serviceName, "somebody else's secret", body));
	}

	/** What was told last is sent once more by somebody who recorded it. */
	async replay(service: string): Promise<Response | undefined> {
		const { last } = this.#subscription(service);
		return last && this.#receiver?.deliver(last.clone());
	}

	#subscription(service: string): Subscription {
		const known = this.#subscriptions.get(service);
		if (known !== undefined) return known;
		const secret = createHash("sha256").update(`webhook:${service}`).digest("base64url");
		const made = { secret, underWay: new Map<string, Promise<void>>(), dropped: 0, disabledUntil: 0 };
		this.#subscriptions.set(service, made);
		return made;
	}

	async #deliver(receiver: WebhookReceiver, service: string, subscription: Subscription, body: string): Promise<void> {
		const began = this.#clock.now();
		for (let pause = firstPauseMilliseconds; ; pause = Math.min(pause * 2, longestPauseMilliseconds)) {
			const request = this.#request(receiver, service, subscription.secret, body);
			subscription.last = request.clone();
			const status = await this.#attempt(receiver, request);
			if (status >= 200 && status < 300) {
				subscription.dropped = 0;
				return;
			}
			const repeats = status === 0 || status === 429 || status >= 500;
			if (!repeats || this.#clock.now() - began >= patienceMilliseconds) break;
			await this.#clock.sleep(pause);
		}
		subscription.dropped += 1;
		if (subscription.dropped < mostDropped) return;
		subscription.dropped = 0;
		subscription.disabledUntil = this.#clock.now() + disabledMilliseconds;
	}

	/** The status of the answer; 0 where none came in time. */
	async #attempt(receiver: WebhookReceiver, request: Request): Promise<number> {
		const answered = receiver.deliver(request).then(
			({ status }) => status,
			() => 0,
		);
		return Promise.race([answered, this.#clock.sleep(timeoutMilliseconds).then(() => 0)]);
	}

	#request(receiver: WebhookReceiver, service: string, secret: string, body: string): Request {
		const headers = {
			"Content-Type": "application/json",
			"X-PagerDuty-Signature": `v1=${createHmac("sha256", secret).update(body).digest("hex")}`,
			"User-Agent": "PagerDuty-Webhook/V3.0",
		};
		return new Request(receiver.urlOf(service), { method: "POST", headers, body });
	}

	/** As events of an integration were recorded in public: their agent is the integration, and an incident with alerts has no key. */
	#body(type: PagerDutyEventType, incident: PagerDutyIncident): string {
		this.#events += 1;
		const { summary, person } = incident.changedBy;
		const service = { id: incident.serviceId, type: "service_reference", summary: incident.serviceName };
		return JSON.stringify({
			event: {
				id: `01EVENT${String(this.#events).padStart(19, "0")}`,
				event_type: type,
				resource_type: "incident",
				occurred_at: new Date(this.#clock.now()).toISOString(),
				agent: person
					? { id: "PPERSON", type: "user_reference", summary }
					: { id: "PINTEG1", type: "inbound_integration_reference", summary: "Events API V2" },
				client: null,
				data: {
					id: incident.id,
					type: "incident",
					number: incident.number,
					status: incident.status,
					incident_key: null,
					created_at: new Date(incident.createdAt).toISOString(),
					title: incident.title,
					service,
					resolve_reason: resolveReason(incident),
				},
			},
		});
	}
}
