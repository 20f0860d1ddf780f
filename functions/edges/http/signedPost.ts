import type { Tools } from "../../../remedies/remedy.ts";
import { type Clock, EdgeError } from "../../pipeline/ports.ts";
import { timeoutSeconds } from "../timeouts.ts";
import { signatureHeaders } from "../webhook/signature.ts";
import { failure, request } from "./http.ts";

export interface SignedPostOptions {
	readonly fetch: typeof fetch;
	readonly clock: Clock;
	/** The first one signs. */
	readonly secrets: () => Promise<readonly string[]>;
}

const system = "The customer's endpoint";
/** Equal for every repeat of one order, so that the endpoint can do it once. */
export const deliveryHeader = "X-Runbooks-Delivery";

/** A POST to the customer's own endpoint, signed like our own webhook. Any 2xx is a yes, with or without a body. Throws EdgeError. */
export function signedPost({ fetch, clock, secrets }: SignedPostOptions): Tools["post"] {
	return async (url, document, delivery, name) => {
		const [secret] = (await secrets()).filter((each) => each !== "");
		if (secret === undefined) throw failure("misconfigured", `${system}: expected a signing secret, got none`);
		const body = JSON.stringify(document);
		const headers = {
			"content-type": "application/json",
			...signatureHeaders(secret, body, clock.now()),
			[deliveryHeader]: delivery,
		};
		try {
			await request({ fetch, url, method: "POST", headers, body, timeoutSeconds: timeoutSeconds.customer, system, name });
		} catch (error) {
			// A 2xx without JSON: a yes all the same.
			if (!(error instanceof EdgeError && error.reason === "malformed")) throw error;
		}
	};
}
