import { givenName } from "./patterns.ts";
import type { Vendor } from "./vendor.ts";

/** A call of the whole address, which the credential is. */
const webhook = {
	words: "the card",
	method: "POST",
	host: "webhook",
	path: "",
	headers: { "Content-Type": "application/json" },
	answersNothing: true,
	outputs: {},
	// Nothing is answered that could be asked for.
	receipt: "",
	receiptOtherwise: "key",
} as const;

const block = (text: string, more: { readonly [name: string]: string } = {}) => ({ type: "TextBlock", text, wrap: true, ...more }) as const;

/** learn.microsoft.com, "Create incoming webhooks with Workflows for Microsoft Teams"; adaptivecards.io, version 1.4. */
const message = <Block>(...body: readonly Block[]) =>
	({
		json: {
			type: "message",
			attachments: [
				{
					contentType: "application/vnd.microsoft.card.adaptive",
					content: {
						$schema: "http://adaptivecards.io/schemas/adaptive-card.json",
						type: "AdaptiveCard",
						version: "1.4",
						msteams: { width: "Full" },
						body,
					},
				},
			],
		},
	}) as const;

/**
 * Microsoft Teams by a workflow's webhook ("When a Teams webhook request is received"), one for each channel: it takes a card, answers 202 before
 * anything is posted, and can be asked nothing, so that it informs and never pages. A card of a page has some 4 KB of the 28 that a message may
 * have. The connectors of Office 365, whose addresses end in `webhook.office.com`, are retired and not meant here.
 */
export const teams = {
	system: "Microsoft Teams",
	traits: { deduplicates: false, acknowledges: false, proof: "none", resolves: "new-message" },
	severities: { critical: "CRITICAL", high: "HIGH", medium: "MEDIUM", low: "LOW" },
	account: { key: "teams", settings: {} },
	channel: {
		channel: { ...givenName, about: "The Teams channel as this stack names it: one workflow with a webhook, and one secret, for each." },
	},
	hosts: {
		webhook: {
			name: { from: "credential", field: "webhook" },
			source: 'learn.microsoft.com, "Create incoming webhooks with Workflows for Microsoft Teams"',
		},
	},
	credential: {
		name: "teams",
		per: "channel",
		words: "The webhook of the Teams channel",
		notes: 'Informs the Teams channel "{channel}".',
	},
	secrets: {
		webhook:
			"The whole address of the workflow's webhook, its signature included: whoever has it can post. It is no address of a connector.",
	},
	// The body is always the same JSON: what is wrong is the address, or the workflow behind it was turned off or deleted.
	statuses: { 400: "unauthorized", 404: "unauthorized" },
	calls: {
		send: {
			...webhook,
			verb: "Post",
			body: message(block("{severity}: {title}", { weight: "Bolder", size: "Medium" }), block("{body}")),
			inputs: { key: "page.key", severity: "page.severity", title: "page.title", body: "page.body" },
		},
		update: {
			...webhook,
			verb: "Tell",
			body: message(block("{title}", { weight: "Bolder" }), block("{note}")),
			inputs: { key: "page.key", title: "page.title", note: "page.note" },
		},
		resolve: {
			...webhook,
			verb: "End",
			body: message(block("RECOVERED: {title}", { weight: "Bolder", size: "Medium" }), block("{note}")),
			inputs: { key: "page.key", title: "page.title", note: "page.note" },
		},
		// Whatever comes to the webhook runs the workflow, and nothing else can be asked: only work shows whether the address is taken.
		checks: [],
	},
} as const satisfies Vendor;
