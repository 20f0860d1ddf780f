import { anyList, anyObject, type DocumentedRequest, each, like, only, type Schema, someText, text } from "../documented.ts";

const alike = {
	host: "email",
	// Signature Version 4, whose header names what is signed.
	headers: {
		authorization:
			/^AWS4-HMAC-SHA256 Credential=\w+\/\d{8}\/[a-z0-9-]+\/ses\/aws4_request, SignedHeaders=[a-z0-9;-]+, Signature=[0-9a-f]{64}$/,
		"x-amz-date": /^\d{8}T\d{6}Z$/,
	},
	read: "2026-11-28",
} as const;

const address = someText(320);
const addresses: Schema = { type: "array", minItems: 1, maxItems: 50, items: address };
const content = only({ Data: text }, { Charset: text });
const simple = only({ Subject: content, Body: only({}, { Text: content, Html: content }) }, { Headers: anyList, Attachments: anyList });

export const requests: readonly DocumentedRequest[] = [
	{
		...alike,
		method: "POST",
		path: /\/v2\/email\/outbound-emails/,
		body: {
			json: only(
				{ Content: { ...only({}, { Simple: simple, Raw: anyObject, Template: anyObject }), minProperties: 1, maxProperties: 1 } },
				{
					FromEmailAddress: address,
					Destination: only({}, each(addresses, "ToAddresses", "CcAddresses", "BccAddresses")),
					ConfigurationSetName: like("^[A-Za-z0-9_-]{1,64}$"),
					ReplyToAddresses: addresses,
					EmailTags: anyList,
					ListManagementOptions: anyObject,
					...each(text, "FromEmailAddressIdentityArn", "FeedbackForwardingEmailAddress", "FeedbackForwardingEmailAddressIdentityArn"),
					...each(text, "EndpointId", "TenantName"),
				},
			),
		},
		page: '"SendEmail", Amazon SES API v2 Reference, docs.aws.amazon.com',
	},
	{
		...alike,
		method: "GET",
		path: /\/v2\/email\/insights\/[^/]+\//,
		page: '"GetMessageInsights", Amazon SES API v2 Reference, docs.aws.amazon.com',
	},
	{ ...alike, method: "GET", path: /\/v2\/email\/account/, page: '"GetAccount", Amazon SES API v2 Reference, docs.aws.amazon.com' },
];
