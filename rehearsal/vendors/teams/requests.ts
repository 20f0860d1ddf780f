import { anyList, anyObject, type DocumentedRequest, each, flag, like, oneOf, only, type Schema, someText, text } from "../documented.ts";

/** Words that the schema takes in any spelling of their letters. */
const spelled = (...words: readonly string[]): Schema =>
	like(
		`^(?:${words.map((word) => word.replaceAll(/[a-z]/gi, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`)).join("|")})$`,
	);

const textBlock = only(
	{ type: oneOf("TextBlock"), text },
	{
		size: spelled("default", "small", "medium", "large", "extraLarge"),
		weight: spelled("default", "lighter", "bolder"),
		color: spelled("default", "dark", "light", "accent", "good", "warning", "attention"),
		fontType: spelled("default", "monospace"),
		horizontalAlignment: spelled("left", "center", "right"),
		...each(flag, "isSubtle", "wrap", "separator", "isVisible"),
		maxLines: { type: "number" },
		...each(text, "id", "height", "spacing"),
		fallback: {},
		requires: anyObject,
	},
);

const card = only(
	{ type: oneOf("AdaptiveCard"), version: like("^1\\.[0-4]$"), body: { type: "array", minItems: 1, items: textBlock } },
	{
		$schema: text,
		actions: anyList,
		...each(anyObject, "selectAction", "refresh", "authentication"),
		...each(text, "fallbackText", "minHeight", "speak", "lang", "verticalContentAlignment"),
		backgroundImage: {},
		msteams: only({}, { width: oneOf("Full"), entities: anyList }),
	},
);

export const requests: readonly DocumentedRequest[] = [
	{
		method: "POST",
		host: "webhook",
		path: /\/powerautomate\/automations\/direct\/workflows\/[0-9a-f]{32}\/triggers\/manual\/paths\/invoke/,
		query: only(each(someText(), "api-version", "sp", "sv", "sig")),
		body: {
			json: only({
				type: oneOf("message"),
				attachments: {
					type: "array",
					minItems: 1,
					items: only(
						{ contentType: oneOf("application/vnd.microsoft.card.adaptive"), content: card },
						{ contentUrl: { type: "null" }, name: text },
					),
				},
			}),
		},
		page: '"Create incoming webhooks with Workflows for Microsoft Teams", learn.microsoft.com; the schema of Adaptive Cards 1.4, adaptivecards.io',
	},
];
