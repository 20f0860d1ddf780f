import type { Acceptance, VendorReason } from "./call.ts";
import { slackInbound } from "./inbound/slack.ts";
import type { Vendor } from "./vendor.ts";

/** docs.slack.dev, the page of each method: what its errors mean to whoever calls. */
const reasons = {
	not_authed: "unauthorized",
	invalid_auth: "unauthorized",
	account_inactive: "unauthorized",
	token_revoked: "unauthorized",
	token_expired: "unauthorized",
	not_allowed_token_type: "unauthorized",
	org_login_required: "unavailable",
	team_added_to_org: "unavailable",
	missing_scope: "forbidden",
	no_permission: "forbidden",
	not_in_channel: "forbidden",
	access_denied: "forbidden",
	accesslimited: "forbidden",
	ekm_access_denied: "forbidden",
	enterprise_is_restricted: "forbidden",
	two_factor_setup_required: "forbidden",
	app_access_restricted: "forbidden",
	restricted_action: "forbidden",
	restricted_action_read_only_channel: "forbidden",
	restricted_action_thread_only_channel: "forbidden",
	restricted_action_non_threadable_channel: "forbidden",
	restricted_action_thread_locked: "forbidden",
	channel_not_found: "not-found",
	message_not_found: "not-found",
	is_archived: "rejected",
	cannot_reply_to_message: "rejected",
	msg_too_long: "rejected",
	msg_blocks_too_long: "rejected",
	no_text: "rejected",
	invalid_blocks: "rejected",
	invalid_blocks_format: "rejected",
	invalid_metadata_format: "rejected",
	invalid_metadata_schema: "rejected",
	metadata_too_large: "rejected",
	rate_limited: "rate-limited",
	ratelimited: "rate-limited",
	message_limit_exceeded: "rate-limited",
	internal_error: "unavailable",
	fatal_error: "unavailable",
	service_unavailable: "unavailable",
	request_timeout: "unavailable",
} as const satisfies Readonly<Record<string, VendorReason>>;

/** Most of Slack's refusals are a 200: `ok` is what counts. */
const accepts = { field: "ok", value: true, reason: "error", reasons, otherwise: "rejected" } as const satisfies Acceptance;

const authorization = { Authorization: "Bearer {credential.botToken}", Accept: "application/json" } as const;

const method = { host: "api", headers: authorization, accepts } as const;
const post = {
	...method,
	method: "POST",
	path: "/api/chat.postMessage",
	headers: { ...authorization, "Content-Type": "application/json" },
	outputs: { ts: "ts", channel: "channel" },
	receipt: "ts",
	// One message a second for a channel; docs.slack.dev, "Rate limits".
	everyMilliseconds: 1000,
} as const;
const history = { ...method, method: "GET", path: "/api/conversations.history" } as const;

/** Nothing that a link leads to is shown below a message: whoever made that preview would have followed the link. */
const unfurl = { unfurl_links: false, unfurl_media: false } as const;

/** Apps read it, people do not: by our key in it a message is found whose receipt was lost. */
const metadata = { event_type: "page_sent", event_payload: { key: "{key}" } } as const;

/**
 * Slack: a message in a channel, by an app's bot. Nothing joins two of them, so each is looked for by the key in its metadata before it is sent.
 *
 * A page is read back by `conversations.history`, one message by its own time. `chat.getPermalink` needs no scope, but its answer names neither the
 * message nor our key, and finding a page whose receipt was lost needs the history anyway: so there is one scope, and one kind of record. An
 * app of one's own may read it 50 times a minute, and only one that is distributed without Slack's Marketplace once (docs.slack.dev, "Rate limits").
 *
 * A message has no state. A person answers by the button, which Slack posts to the app and keeps nowhere, or by the link in the text: reading back
 * tells of neither, so that `acknowledges` is false. The end is a reply in the page's thread that the channel sees, too: without that it would
 * ring for nobody, and no history would hold it.
 */
export const slack = {
	system: "Slack",
	traits: { deduplicates: false, acknowledges: false, proof: "delivery", resolves: "new-message" },
	severities: { critical: "CRITICAL", high: "HIGH", medium: "MEDIUM", low: "LOW" },
	// docs.slack.dev, "Formatting message text": these three letters, and no other.
	escapes: [
		["&", "&amp;"],
		["<", "&lt;"],
		[">", "&gt;"],
	],
	account: {
		key: "slack",
		settings: {
			cloud: { oneOf: ["commercial", "gov"], usual: "commercial", about: "Where the workspace is: GovSlack is a cloud of its own." },
		},
	},
	channel: {
		channel: {
			pattern: /^[CG][A-Z0-9]{8,20}$/,
			expected: "a Slack channel id (C or G, then capitals and digits, at the end of the channel's details)",
			about: "Slack's own id of the channel, which the app's bot must be invited to.",
		},
	},
	hosts: {
		api: {
			name: { setting: "cloud", names: { commercial: "slack.com", gov: "slack-gov.com" } },
			// Reads have an allowance of their own, 50 a minute and more.
			limit: { requestsPerMinute: 60, per: "channel" },
			source: 'docs.slack.dev, "Rate limits"',
		},
	},
	credential: {
		name: "slack",
		words: "The bot token of Slack",
		genesys: { type: "userDefined", fields: { botToken: "botToken" } },
		notes: "Posts pages to channels of the Slack workspace and reads them back.",
	},
	secrets: {
		botToken:
			"The bot token (xoxb-) of an app in the workspace, with the scopes chat:write, and channels:history or for private channels groups:history.",
	},
	inbound: slackInbound,
	calls: {
		send: {
			...post,
			verb: "Post",
			words: "the new message",
			body: {
				json: {
					channel: "{channel}",
					text: "{severity}: {title}",
					blocks: [
						{ type: "section", text: { type: "mrkdwn", text: "{body}" } },
						{
							type: "actions",
							elements: [
								{
									type: "button",
									action_id: "acknowledge",
									value: "{key}",
									style: "primary",
									text: { type: "plain_text", text: "Acknowledge" },
								},
							],
						},
					],
					metadata,
					...unfurl,
				},
			},
			inputs: { channel: "channel.channel", key: "page.key", severity: "page.severity", title: "page.title", body: "page.body" },
		},
		read: {
			...history,
			verb: "Read",
			words: "the message",
			query: { channel: "{channel}", oldest: "{ts}", latest: "{ts}", inclusive: "true", limit: "1" },
			inputs: { channel: "channel.channel", ts: "page.receipt" },
			list: "messages",
			outputs: { ts: "ts", type: "type" },
			// Whatever Slack makes of a time that is missing: another message is no proof.
			reading: { matches: { ts: "ts" }, status: "type", states: { message: "delivered" }, receipt: "ts" },
		},
		// With only the oldest given, Slack answers from there on: the page is among the first, however much was said since.
		find: {
			...history,
			words: "the channel's messages",
			query: { channel: "{channel}", oldest: "{since}", include_all_metadata: "true", limit: "200" },
			inputs: { channel: "channel.channel", since: "page.sinceSeconds" },
			list: "messages",
			text: "metadata.event_payload.key",
			createdAt: "ts",
		},
		update: {
			...post,
			verb: "Tell",
			words: "the reply",
			body: { json: { channel: "{channel}", thread_ts: "{ts}", text: "{note}", ...unfurl } },
			inputs: { channel: "channel.channel", ts: "page.receipt", note: "page.note" },
		},
		// Where no page is known it is a message of its own, and the broadcast means nothing.
		resolve: {
			...post,
			verb: "End",
			words: "the end",
			body: {
				json: {
					channel: "{channel}",
					thread_ts: "{thread}",
					reply_broadcast: true,
					text: "RECOVERED: {title}\n{note}",
					metadata,
					...unfurl,
				},
			},
			inputs: { channel: "channel.channel", key: "page.key", thread: "page.thread", title: "page.title", note: "page.note" },
		},
		checks: [
			{ ...method, words: "the bot token", method: "POST", path: "/api/auth.test", inputs: {} },
			{
				...history,
				words: "the channel by the bot token",
				query: { channel: "{channel}", limit: "1" },
				inputs: { channel: "channel.channel" },
			},
		],
	},
} as const satisfies Vendor;
