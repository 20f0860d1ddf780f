import type { RuntimeSettings } from "../../../functions/pipeline/settings.ts";

/** The settings of the design's default scenario: two tiers, PagerDuty with SMS behind it. */
export function exampleSettings(): RuntimeSettings {
	return {
		environment: "dev",
		genesys: { domain: "mypurecloud.de" },
		pagerduty: { region: "us" },
		twilio: { accountSid: `AC${"0".repeat(31)}1`, from: "+15550100" },
		runbooks: {
			"trunk-down": { enabled: true, severity: "high", breachesToOpen: 2, clearsToClose: 3, remediation: "observe" },
		},
		policies: {
			default: {
				attemptsPerChannel: 3,
				waitsSeconds: [30, 60],
				proofSeconds: 60,
				readBackSeconds: 10,
				acknowledgeSeconds: 300,
				staleSeconds: 900,
				repeatSeconds: 3600,
				repeatsADay: 24,
				acknowledgedForSeconds: 14_400,
				tiers: [
					{
						name: "primary",
						channels: [
							{ kind: "pagerduty", name: "pagerduty", service: "primary", serviceId: "PPRIMARY" },
							{ kind: "sms", name: "sms", to: "+15550111" },
						],
					},
					{ name: "secondary", channels: [{ kind: "pagerduty", name: "pagerduty", service: "second-line", serviceId: "PSECOND" }] },
				],
			},
		},
		routes: [{ policy: "default" }],
		grouping: { over: 5, withinSeconds: 120 },
		limits: {
			incidentsInResponse: 10,
			genesysRequestsPerMinute: 300,
			genesysShare: 0.8,
			vendorRequestsPerMinute: 60,
			takeOverSeconds: 60,
			detectorSilentSeconds: 300,
			failedPollsToOpen: 3,
			keepClosedDays: 400,
		},
	};
}
