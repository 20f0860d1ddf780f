import {
	anyObject,
	type DocumentedRequest,
	each,
	flag,
	flagParameter,
	like,
	listOf,
	oneOf,
	only,
	type Schema,
	someText,
	text,
	textUpTo,
} from "../documented.ts";

const alike = { host: "api", headers: { authorization: /^Bearer xox[bp]-\S+$/ }, read: "2026-11-28" } as const;

const channel = like("^[CGD][A-Z0-9]{8,20}$");
/** The time of a message, which is its id. */
const messageTime = like("^\\d{10}\\.\\d{6}$");

const textObject = (type: Schema, maxLength: number): Schema => only({ type, text: someText(maxLength) }, { emoji: flag, verbatim: flag });

const button = only(
	{ type: oneOf("button"), text: textObject(oneOf("plain_text"), 75) },
	{
		action_id: someText(255),
		value: textUpTo(2000),
		url: textUpTo(3000),
		style: oneOf("primary", "danger"),
		confirm: anyObject,
		accessibility_label: textUpTo(75),
	},
);

const block: Schema = {
	type: "object",
	required: ["type"],
	properties: { type: oneOf("section", "actions") },
	if: { properties: { type: { const: "section" } } },
	// biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
	then: only(
		{ type: text, text: textObject(oneOf("plain_text", "mrkdwn"), 3000) },
		{ block_id: textUpTo(255), accessory: anyObject, expand: flag },
	),
	else: only({ type: text, elements: listOf(button, 25) }, { block_id: textUpTo(255) }),
};

export const requests: readonly DocumentedRequest[] = [
	{
		...alike,
		method: "POST",
		path: /\/api\/chat\.postMessage/,
		body: {
			json: only(
				{ channel, text: someText(40_000) },
				{
					blocks: listOf(block, 50),
					attachments: { type: "array" },
					metadata: only({ event_type: someText(), event_payload: anyObject }),
					thread_ts: messageTime,
					...each(flag, "as_user", "link_names", "mrkdwn", "reply_broadcast", "unfurl_links", "unfurl_media"),
					...each(text, "icon_emoji", "icon_url", "username"),
					parse: oneOf("none", "full"),
				},
			),
		},
		page: '"chat.postMessage" and the reference of Block Kit, docs.slack.dev',
	},
	{
		...alike,
		method: "GET",
		path: /\/api\/conversations\.history/,
		query: only(
			{ channel },
			{
				cursor: text,
				...each(flagParameter, "include_all_metadata", "inclusive"),
				...each(like("^\\d{1,10}(?:\\.\\d{6})?$"), "latest", "oldest"),
				limit: like("^[1-9]\\d{0,2}$"),
			},
		),
		page: '"conversations.history", docs.slack.dev',
	},
	{ ...alike, method: "POST", path: /\/api\/auth\.test/, page: '"auth.test", docs.slack.dev' },
];
