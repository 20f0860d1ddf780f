import { givenName } from "./patterns.ts";
import type { Vendor } from "./vendor.ts";

/** PagerDuty: events by Events API v2, read back by the REST API. */
export const pagerduty = {
	system: "PagerDuty",
	traits: { deduplicates: true, acknowledges: true, proof: "record", resolves: "same-key" },
	// The Events API refuses every other word.
	severities: { critical: "critical", high: "error", medium: "warning", low: "info" },
	account: {
		key: "pagerduty",
		settings: { region: { oneOf: ["us", "eu"], usual: "us", says: "Where the PagerDuty account lives." } },
	},
	channel: {
		service: { ...givenName, says: "The PagerDuty service as this stack names it: one integration, credential and secret for each." },
		serviceId: {
			pattern: /^P[A-Z0-9]{6,13}$/,
			expected: "a PagerDuty service id (P and 6 to 13 capitals or digits, at the end of the service's address)",
			says: "PagerDuty's own id of that service, which a proof must match.",
		},
	},
	// An account of the other region reads like a bad key.
	hosts: {
		events: {
			name: { setting: "region", names: { us: "events.pagerduty.com", eu: "events.eu.pagerduty.com" } },
			limit: { requestsPerMinute: 120, per: "integration key" },
			source: 'developer.pagerduty.com, "Send an alert event"',
		},
		api: {
			name: { setting: "region", names: { us: "api.pagerduty.com", eu: "api.eu.pagerduty.com" } },
			limit: { requestsPerMinute: 960, per: "REST API key" },
			source: 'developer.pagerduty.com, "List incidents"',
		},
	},
	credential: { name: "pagerduty", per: "service", fixes: { serviceId: "the id" }, words: "The keys of the PagerDuty service" },
	secrets: {
		routingKey: "The integration key of the service (Events API v2): it sends, and cannot read.",
		apiToken: "A REST API key that may read incidents: it reads pages back.",
	},
} as const satisfies Vendor;
