import { type Clock, EdgeError, type RemedyActs, type RemedyOrder } from "../../pipeline/ports.ts";
import { timeoutSeconds } from "../timeouts.ts";
import { sign, signatureHeader, timestampHeader } from "../webhook/signature.ts";
import { failure, request } from "./http.ts";

export interface CustomerEndpointOptions {
	readonly fetch: typeof fetch;
	readonly clock: Clock;
	/** The first one signs. */
	readonly secrets: () => Promise<readonly string[]>;
}

const system = "The customer's endpoint";
/** Equal for every repeat of one order, so that the endpoint can do it once. */
export const deliveryHeader = "X-Runbooks-Delivery";

/** The customer's own endpoint: told to do and to undo, signed like our own webhook. Any 2xx is a yes, with or without a body. */
export function customerEndpoint(options: CustomerEndpointOptions): RemedyActs {
	return {
		look: async () => "",
		act: async (order) => ({ receipt: await post(options, order, "do") }),
		progress: async () => "done",
		undo: async (order) => {
			await post(options, order, "undo");
			return "undone";
		},
	};
}

async function post({ fetch, clock, secrets }: CustomerEndpointOptions, order: RemedyOrder, action: "do" | "undo"): Promise<string> {
	if (order.remedy.kind !== "webhook") throw failure("misconfigured", `${system}: expected a remedy of kind "webhook", got another`);
	const [secret] = (await secrets()).filter((each) => each !== "");
	if (secret === undefined) throw failure("misconfigured", `${system}: expected a signing secret, got none`);
	const timestamp = String(Math.floor(clock.now() / 1000));
	const { environment, incidentKey, occurrence, condition, entityId, entityName, severity } = order;
	const body = JSON.stringify({
		schema: "genesyscloud-runbooks/remedy/1",
		action,
		environment,
		incidentKey,
		occurrence,
		condition,
		entity: { id: entityId, name: entityName },
		severity,
	});
	const delivery = `${incidentKey}:${occurrence}:${action}`;
	const headers = {
		"content-type": "application/json",
		[signatureHeader]: sign(secret, timestamp, body),
		[timestampHeader]: timestamp,
		[deliveryHeader]: delivery,
	};
	try {
		await request({
			fetch,
			url: order.remedy.url,
			method: "POST",
			headers,
			body,
			timeoutSeconds: timeoutSeconds.customer,
			system,
			name: `the order to ${action} a remedy`,
		});
	} catch (error) {
		// A 2xx without JSON: a yes all the same.
		if (!(error instanceof EdgeError && error.reason === "malformed")) throw error;
	}
	return delivery;
}
