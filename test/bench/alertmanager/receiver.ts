import { createServer, type Server, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { createPagerDuty } from "../../../rehearsal/vendors/pagerduty/api.ts";
import type { EmulatorClock } from "../../../rehearsal/world/clock.ts";
import type { Notice } from "./count.ts";
import type { CaseKind } from "./schedule.ts";

/** What is wrong with whoever receives. */
export type ReceiverFault = Extract<CaseKind, "unavailable" | "hangs" | "loses" | "drops-answers">;

/** A PagerDuty and a plain webhook on one loopback port, both with the same fault. */
export interface Receiver {
	readonly pagerdutyUrl: string;
	readonly webhookUrl: string;
	readonly routingKey: string;
	/** From now on, or from now on no longer. */
	setFault(fault: ReceiverFault | undefined): void;
	/** Who was told, by PagerDuty's own incidents and by the webhooks that were kept. */
	notices(): readonly Notice[];
	close(): Promise<void>;
}

type Answer = Pick<Response, "status"> & { readonly body: string };

interface Alerts {
	readonly status?: unknown;
	readonly alerts?: readonly { readonly labels?: { readonly entity?: string } }[];
}

const host = "127.0.0.1";

/** Serves until it is closed. PagerDuty is the emulator that rehearsals use. */
export async function serveReceiver(clock: EmulatorClock): Promise<Receiver> {
	const pagerduty = createPagerDuty({ clock, region: "us" });
	const { routingKey } = pagerduty.world.addService({ id: "PRIMARY1", name: "primary" });
	const webhooks: Notice[] = [];
	let fault: ReceiverFault | undefined;
	const takeEvent = async (body: string): Promise<Answer> => {
		const end = fault === "loses" ? pagerduty.world.addFault({ swallow: true }) : undefined;
		const request = new Request(`https://${pagerduty.hosts[0]}/v2/enqueue`, { method: "POST", body });
		const response = await pagerduty.fetch(request);
		end?.();
		return { status: response.status, body: await response.text() };
	};
	const takeWebhook = async (body: string): Promise<Answer> => {
		if (fault !== "loses") webhooks.push(...noticesOf(body, clock.now() / 1000));
		return { status: 200, body: "" };
	};
	const server = createServer(async (request, response) => {
		const body = await text(request);
		if (fault === "hangs") return;
		if (fault === "unavailable") return send(response, { status: 503, body: "" });
		const answer = await (request.url === "/webhook" ? takeWebhook(body) : takeEvent(body));
		if (fault === "drops-answers") request.socket.destroy();
		else send(response, answer);
	});
	const port = await listen(server);
	return {
		pagerdutyUrl: `http://${host}:${port}/v2/enqueue`,
		webhookUrl: `http://${host}:${port}/webhook`,
		routingKey,
		setFault: (next) => {
			fault = next;
		},
		notices: () => [...pagerduty.world.incidents().map(incidentNotice), ...webhooks],
		close: () => closed(server),
	};
}

/** Alertmanager's description of a page is the name of what failed. */
const incidentNotice = ({ title, createdAt }: { readonly title: string; readonly createdAt: number }): Notice => ({
	channel: "pagerduty",
	failure: title,
	atSeconds: createdAt / 1000,
});

function noticesOf(body: string, atSeconds: number): readonly Notice[] {
	const { status, alerts = [] }: Alerts = JSON.parse(body);
	return status === "firing" ? alerts.map(({ labels }) => ({ channel: "webhook", failure: labels?.entity, atSeconds })) : [];
}

function send(response: ServerResponse, { status, body }: Answer): void {
	response.writeHead(status, { "content-type": "application/json" }).end(body);
}

function listen(server: Server): Promise<number> {
	return new Promise((resolve, reject) => {
		server.once("error", reject);
		server.listen(0, host, () => {
			const address = server.address();
			resolve(typeof address === "object" && address !== null ? address.port : 0);
		});
	});
}

function closed(server: Server): Promise<void> {
	server.closeAllConnections();
	return new Promise((resolve) => {
		server.close(() => resolve());
	});
}
