import { type DocumentedRequest, like, oneOf, only, type Schema, someText, text, textUpTo } from "../documented.ts";

const alike = {
	method: "POST",
	host: "endpoint",
	path: /\/.*/,
	headers: { "x-runbooks-timestamp": /^\d{10}$/, "x-runbooks-signature": /^v1=[0-9a-f]{64}(?:,\s*v1=[0-9a-f]{64})*$/ },
	page: '"A signed webhook of your own", docs/signed-webhook.md',
	read: "2026-11-28",
} as const;

const order = (actions: readonly string[], rest: Readonly<Record<string, Schema>> = {}): DocumentedRequest => ({
	...alike,
	body: {
		json: only({
			schema: oneOf("genesyscloud-runbooks/page/1"),
			action: oneOf(...actions),
			key: like("^[A-Za-z0-9:._-]{1,100}$"),
			...rest,
		}),
	},
});

const oneLine = "^[^\\r\\n]*$";

export const requests: readonly DocumentedRequest[] = [
	order(["page"], {
		title: { ...someText(130), pattern: oneLine },
		summary: textUpTo(1024),
		body: text,
		severity: oneOf("critical", "high", "medium", "low"),
		entity: text,
		details: { type: "object", additionalProperties: { type: "string" } },
	}),
	order(["acknowledge", "resolve"], { note: like(oneLine) }),
	order(["read", "check"]),
];
