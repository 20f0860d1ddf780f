import type { TextField, Vendor } from "./vendor.ts";

const address = {
	pattern: /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/,
	expected: "an e-mail address without a name, such as on-call@example.com",
} as const satisfies TextField;

const call = { host: "email", headers: { Accept: "application/json" }, signature: "aws" } as const;
const text = (template: string) => ({ Data: template, Charset: "UTF-8" }) as const;

/** A message accepted by a 200 is not delivered. Its reference tells people, and us, which page it was. */
const message = (subject: string, body: string) =>
	({
		words: "the new message",
		method: "POST",
		path: "/v2/email/outbound-emails",
		...call,
		headers: { ...call.headers, "Content-Type": "application/json" },
		body: {
			json: {
				FromEmailAddress: "{account.from}",
				Destination: { ToAddresses: ["{to}"] },
				Content: { Simple: { Subject: text(subject), Body: { Text: text(`${body}\n\nPage ref {key}`) } } },
				ConfigurationSetName: "{account.configurationSet}",
			},
		},
		outputs: { id: "MessageId" },
		receipt: "id",
	}) as const;

/**
 * E-mail by Amazon SES, API v2. Nobody can answer one there, and nothing joins two of them. That one arrived is known by its message insights, which
 * the account has while its Virtual Deliverability Manager is on: without it nothing is proven.
 */
export const email = {
	system: "Amazon SES",
	traits: { deduplicates: false, acknowledges: false, proof: "delivery", resolves: "new-message" },
	account: {
		key: "ses",
		settings: {
			region: {
				pattern: /^[a-z]{2}(-[a-z]+)+-\d$/,
				expected: "an AWS region, such as eu-central-1",
				about:
					"Where the identity is verified; the account must be out of SES's sandbox there. For pages to be proven its Virtual Deliverability Manager must be on.",
			},
			from: { ...address, about: "The sender: a verified identity, or an address of one." },
			configurationSet: {
				pattern: /^[\w-]{0,64}$/,
				expected: "the name of a configuration set of Amazon SES: letters, digits, _ and -, at most 64",
				usual: "",
				about: "Its configuration set, where it has one.",
			},
		},
	},
	channel: { to: { ...address, about: "Who is written to." } },
	hosts: {
		email: {
			name: { template: "email.{account.region}.amazonaws.com" },
			limit: { requestsPerMinute: 60, per: "account: once a second" },
			source: 'docs.aws.amazon.com, "GetMessageInsights" and "Amazon Simple Email Service endpoints and quotas"',
		},
	},
	credential: {
		name: "ses",
		words: "The permission to send e-mail through Amazon SES",
		notes: "Writes to the person on call and reads back what became of it.",
	},
	secrets: {},
	aws: {
		service: "ses",
		region: "region",
		needs: [
			// Which identity it is, the address or a domain that it is of, is decided by SES.
			{ action: "ses:SendEmail", resources: ["identity/*", "configuration-set/*"] },
			{ action: "ses:GetMessageInsights", resources: ["*"] },
			{ action: "ses:GetAccount", resources: ["*"], onlyChecks: true },
		],
	},
	calls: {
		send: {
			verb: "Send",
			...message("{title}", "{body}"),
			inputs: { to: "channel.to", title: "page.title", body: "page.body", key: "page.key" },
		},
		resolve: {
			verb: "End",
			...message("RECOVERED: {title}", "{body}"),
			inputs: { to: "channel.to", title: "page.title", body: "page.body", key: "page.key" },
		},
		// A message that is not found is one that is not known yet, or whose account knows of none.
		read: {
			verb: "Read",
			words: "the insights of the message",
			// Once a second for the account, by the reference of the operation.
			everyMilliseconds: 1000,
			method: "GET",
			path: "/v2/email/insights/{id}/",
			...call,
			inputs: { id: "page.receipt" },
			outputs: { id: "MessageId", events: "Insights.*.Events.*.Type" },
			reading: {
				status: "events",
				// Whoever opens, or complains, has it.
				states: {
					DELIVERY: "delivered",
					OPEN: "delivered",
					CLICK: "delivered",
					COMPLAINT: "delivered",
					BOUNCE: "failed",
					REJECT: "failed",
					RENDERING_FAILURE: "failed",
				},
				otherwise: "pending",
				receipt: "id",
			},
		},
		checks: [
			{
				words: "the account",
				method: "GET",
				path: "/v2/email/account",
				...call,
				inputs: {},
				expects: [
					{ field: "SendingEnabled", value: true, words: "an account that may send" },
					{ field: "ProductionAccessEnabled", value: true, words: "an account that is out of the sandbox" },
				],
			},
		],
	},
} as const satisfies Vendor;
