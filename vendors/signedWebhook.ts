import type { JsonTemplate } from "./call.ts";
import { givenName } from "./patterns.ts";
import type { Vendor } from "./vendor.ts";

/** One request to the endpoint: what is wanted, and of which page. */
const order = (action: string, rest: Readonly<Record<string, JsonTemplate>> = {}) =>
	({
		words: `the order to ${action}`,
		method: "POST",
		host: "endpoint",
		path: "",
		headers: { "Content-Type": "application/json", Accept: "application/json" },
		body: { json: { schema: "genesyscloud-runbooks/page/1", action, key: "{key}", ...rest } },
		signature: "hmac",
	}) as const;

const answer = { outputs: { receipt: "receipt", state: "state", key: "key" }, receipt: "receipt", receiptOtherwise: "key" } as const;

/** No page's key: a key is an incident's. */
const checkKey = "credentials-check";

/**
 * Any system that can take a signed request, such as a pager of one's own. Its contract is docs/signed-webhook.md: it verifies the signature and its
 * window, pages once for one key, and says of a key what became of it.
 */
export const signedWebhook = {
	system: "Signed webhook",
	traits: { deduplicates: true, acknowledges: true, proof: "record", resolves: "same-key" },
	account: { key: "signedWebhook", settings: {} },
	channel: {
		endpoint: { ...givenName, about: "The endpoint as this stack names it: one signing secret for each." },
		url: {
			pattern: /^https:\/\/[^\s@#?]{1,480}$/,
			expected: "an HTTPS address of at most 480 characters, without credentials, query or fragment",
			about: "Where the endpoint takes orders. It is no secret: the signature is.",
		},
	},
	hosts: { endpoint: { name: { from: "channel", field: "url" }, source: "docs/signed-webhook.md" } },
	credential: {
		name: "signedWebhook",
		per: "endpoint",
		fixes: { url: "the address" },
		words: "The signing secret of the endpoint",
		notes: 'Pages through the endpoint "{endpoint}".',
	},
	secrets: { signingSecret: "Signs the orders to the endpoint: HMAC-SHA256, like the webhook of this system." },
	calls: {
		send: {
			verb: "Page",
			...order("page", {
				title: "{title}",
				summary: "{summary}",
				body: "{body}",
				severity: "{severity}",
				entity: "{entity}",
				details: "{details}",
			}),
			...answer,
			inputs: {
				key: "page.key",
				title: "page.title",
				summary: "page.summary",
				body: "page.body",
				severity: "page.severity",
				entity: "page.entityName",
				details: "page.details",
			},
		},
		read: {
			verb: "Read",
			...order("read"),
			inputs: { key: "page.key" },
			outputs: answer.outputs,
			reading: {
				matches: { key: "key" },
				status: "state",
				states: { delivered: "delivered", acknowledged: "acknowledged", resolved: "resolved", failed: "failed" },
				otherwise: "pending",
				receipt: "receipt",
				by: "by",
			},
		},
		acknowledge: {
			verb: "Acknowledge",
			...order("acknowledge", { note: "{note}" }),
			...answer,
			inputs: { key: "page.key", note: "page.note" },
		},
		resolve: { verb: "Resolve", ...order("resolve", { note: "{note}" }), ...answer, inputs: { key: "page.key", note: "page.note" } },
		checks: [{ ...order("check"), body: { json: { schema: "genesyscloud-runbooks/page/1", action: "check", key: checkKey } }, inputs: {} }],
	},
} as const satisfies Vendor;
