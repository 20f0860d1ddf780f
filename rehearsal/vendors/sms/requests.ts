import { type DocumentedRequest, each, flagParameter, like, numberParameter, oneOf, only, someText, text } from "../documented.ts";
import { account, address, alike, ownAccount, phone } from "../twilio/requests.ts";

const messages = { ...alike, page: '"Message resource", twilio.com; twilio_api_v2010 of twilio/twilio-oai' } as const;

/** A day (GMT), or an instant. */
const day = like("^\\d{4}-\\d\\d-\\d\\d(?:T\\d\\d:\\d\\d:\\d\\dZ)?$");
const sid = (prefix: string) => like(`^${prefix}[0-9a-fA-F]{32}$`);

export const requests: readonly DocumentedRequest[] = [
	{
		...messages,
		method: "POST",
		path: new RegExp(`${account}/Messages\\.json`),
		body: {
			form: {
				...only(
					{ To: phone },
					{
						Body: someText(1600),
						From: phone,
						FallbackFrom: phone,
						MessagingServiceSid: sid("MG"),
						ContentSid: sid("HX"),
						ApplicationSid: sid("AP"),
						StatusCallback: address,
						...each(address, "MediaUrl", "PersistentAction"),
						...each(numberParameter, "Attempt", "ValidityPeriod"),
						...each(flagParameter, "ProvideFeedback", "ForceDelivery", "SmartEncoded", "ShortenUrls", "SendAsMms"),
						...each(oneOf("retain", "discard"), "ContentRetention"),
						AddressRetention: oneOf("retain", "obfuscate"),
						RiskCheck: oneOf("enable", "disable"),
						TrafficType: oneOf("free"),
						ScheduleType: oneOf("fixed"),
						...each(text, "MaxPrice", "SendAt", "ContentVariables"),
					},
				),
				allOf: [
					{ anyOf: [{ required: ["From"] }, { required: ["MessagingServiceSid"] }] },
					{ anyOf: [{ required: ["Body"] }, { required: ["MediaUrl"] }, { required: ["ContentSid"] }] },
				],
			},
		},
	},
	{ ...messages, method: "GET", path: new RegExp(`${account}/Messages/(?:SM|MM)[0-9a-fA-F]{32}\\.json`) },
	{
		...messages,
		method: "GET",
		path: new RegExp(`${account}/Messages\\.json`),
		query: only(
			{},
			{
				...each(phone, "To", "From"),
				...each(day, "DateSent", "DateSent<", "DateSent>"),
				PageSize: like("^(?:[1-9]\\d{0,2}|1000)$"),
				Page: numberParameter,
				PageToken: text,
			},
		),
	},
	ownAccount,
];
