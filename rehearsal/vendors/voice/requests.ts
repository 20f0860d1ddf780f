import { type DocumentedRequest, each, flagParameter, like, numberParameter, oneOf, only, text } from "../documented.ts";
import { account, address, alike, httpMethod, ownAccount, phone } from "../twilio/requests.ts";

const calls = { ...alike, page: '"Call resource", twilio.com; twilio_api_v2010 of twilio/twilio-oai' } as const;

export const requests: readonly DocumentedRequest[] = [
	{
		...calls,
		method: "POST",
		path: new RegExp(`${account}/Calls\\.json`),
		body: {
			form: {
				...only(
					{ To: phone, From: phone },
					{
						Twiml: { ...like("^<Response>.*</Response>$"), maxLength: 4000 },
						Url: address,
						ApplicationSid: like("^AP[0-9a-fA-F]{32}$"),
						// Seconds.
						Timeout: like("^(?:[1-9]\\d?|[1-5]\\d\\d|600)$"),
						MachineDetection: oneOf("Enable", "DetectMessageEnd"),
						...each(numberParameter, "MachineDetectionTimeout", "MachineDetectionSpeechThreshold", "TimeLimit"),
						...each(numberParameter, "MachineDetectionSpeechEndThreshold", "MachineDetectionSilenceTimeout"),
						AsyncAmd: flagParameter,
						Record: flagParameter,
						...each(address, "FallbackUrl", "StatusCallback", "AsyncAmdStatusCallback", "RecordingStatusCallback", "ClientNotificationUrl"),
						...each(httpMethod, "Method", "FallbackMethod", "StatusCallbackMethod"),
						...each(httpMethod, "AsyncAmdStatusCallbackMethod", "RecordingStatusCallbackMethod"),
						...each(text, "SendDigits", "RecordingChannels", "RecordingTrack", "Trim", "CallerId", "CallReason", "CallToken", "Byoc"),
						...each(text, "SipAuthUsername", "SipAuthPassword"),
						...each({}, "StatusCallbackEvent", "RecordingStatusCallbackEvent"),
					},
				),
				oneOf: [{ required: ["Url"] }, { required: ["Twiml"] }, { required: ["ApplicationSid"] }],
			},
		},
	},
	{ ...calls, method: "GET", path: new RegExp(`${account}/Calls/CA[0-9a-fA-F]{32}\\.json`) },
	ownAccount,
];
