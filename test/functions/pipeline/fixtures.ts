import type { Incident, KeptReading, Page, Reading } from "../../../functions/pipeline/model/incident.ts";
import type { AcknowledgeLinks, CredentialChecks, Remedies, RemedyOrder, TrunkInstance } from "../../../functions/pipeline/ports.ts";
import type { RecordRequest } from "../../../functions/pipeline/respond/rules.ts";
import type { EscalationPolicy, Remediation, RuntimeSettings } from "../../../functions/pipeline/settings.ts";

/** 2026-01-05T08:00:00Z: every test's zero. */
export const zero = Date.UTC(2026, 0, 5, 8, 0, 0);
export const seconds = (count: number): number => zero + count * 1000;

export const policy: EscalationPolicy = {
	attemptsPerChannel: 3,
	waitsSeconds: [30, 60],
	proofSeconds: 60,
	readBackSeconds: 10,
	acknowledgeSeconds: 300,
	staleSeconds: 900,
	repeatSeconds: 3600,
	repeatsADay: 24,
	acknowledgedForSeconds: 14_400,
	reopenSeconds: 900,
	acknowledgeLinks: false,
	tiers: [
		{
			name: "primary",
			channels: [
				{ kind: "pagerduty", name: "pagerduty", service: "primary", serviceId: "PRIMARY1" },
				{ kind: "sms", name: "sms", to: "+15555550101" },
			],
		},
		{ name: "secondary", channels: [{ kind: "pagerduty", name: "pagerduty", service: "secondary", serviceId: "PSECOND2" }] },
	],
};

export const settings: RuntimeSettings = {
	environment: "dev",
	genesys: { domain: "mypurecloud.de" },
	opsgenie: { region: "us" },
	pagerduty: { region: "us" },
	twilio: { accountSid: "AC0123456789abcdef0123456789abcdef", from: "+15555550100" },
	runbooks: { "trunk-down": { enabled: true, severity: "high", breachesToOpen: 2, clearsToClose: 3, remediation: "observe" } },
	policies: { default: policy },
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

export const reading = (change: Partial<Reading> = {}): Reading => ({
	schema: "genesyscloud-runbooks/reading/1",
	condition: "trunk-down",
	entity: { id: "base-1", name: "Frankfurt-1" },
	severity: "high",
	verdict: "breach",
	reason: "not-connected",
	observedAt: zero,
	metrics: { instances: 2, instancesUp: 0 },
	source: "poller",
	raw: [],
	...change,
});

/** What an incident keeps of a reading. */
function kept({ raw, ...rest }: Reading): KeptReading {
	return rest;
}

export const incident = (change: Partial<Incident> = {}): Incident => ({
	key: "inc:1:dev:trunk-down:base-1",
	environment: "dev",
	condition: "trunk-down",
	entityId: "base-1",
	entityName: "Frankfurt-1",
	severity: "high",
	summary: "SIP trunk Frankfurt-1 is down",
	occurrence: 1,
	state: "open",
	openedAt: zero,
	lastSeenAt: zero,
	seen: 1,
	tier: 0,
	pages: [],
	reading: kept(reading()),
	...change,
});

export const page = (change: Partial<Page> = {}): Page => ({
	purpose: "page",
	tier: 1,
	channel: "pagerduty",
	kind: "pagerduty",
	dedupKey: "inc:1:dev:trunk-down:base-1:1:1",
	state: "sending",
	by: "workflow",
	attempts: 1,
	intendedAt: zero,
	lastAttemptAt: zero,
	...change,
});

export const trunk = (change: Partial<TrunkInstance> = {}): TrunkInstance => ({
	id: "trunk-1",
	name: "Frankfurt-1",
	trunkBase: { id: "base-1", name: "Frankfurt-1" },
	state: "active",
	inService: true,
	enabled: true,
	connected: true,
	options: undefined,
	registers: undefined,
	calls: 3,
	qosMismatches: 0,
	...change,
});

/** The workflow of the first launch, as it names itself. */
export const asker = { launchId: "launch-1", incidentKey: incident().key, occurrence: 1 };

export const recordRequest = (what: RecordRequest["what"], change: Partial<RecordRequest> = {}): RecordRequest => ({
	...asker,
	what,
	channel: "pagerduty",
	tier: 1,
	attempt: 1,
	receipt: "",
	detail: "",
	...change,
});

/** A function that never runs out of time. */
export const endless = { remainingMilliseconds: () => Number.POSITIVE_INFINITY };

/** Every credential is taken. */
export const validCredentials: CredentialChecks = { check: async () => {} };

/** Links that say what they would acknowledge, signed by nobody. */
export const plainLinks: AcknowledgeLinks = {
	link: async (dedupKey) => `https://hook.test/a/signed/${dedupKey}`,
	valid: async (_dedupKey, signature) => signature === "signed",
};

/** Nobody may ask for a remedy where the settings only observe. */
export const noRemedies: Remedies = {
	begin: () => Promise.reject(new Error("Expected no remedy to be begun")),
	check: () => Promise.reject(new Error("Expected no remedy to be checked")),
	undo: () => Promise.reject(new Error("Expected no remedy to be undone")),
	approve: () => Promise.reject(new Error("Expected nobody to approve")),
};

export const remediation = (change: Partial<Remediation> = {}): Remediation => ({
	mode: "auto",
	remedy: { kind: "webhook", url: "https://customer.example/failover" },
	windowSeconds: 180,
	cooldownSeconds: 1800,
	...change,
});

export const remedyOrder = (change: Partial<RemedyOrder> = {}): RemedyOrder => ({
	remedy: remediation().remedy,
	environment: "dev",
	incidentKey: incident().key,
	occurrence: 1,
	condition: "trunk-down",
	entityId: "base-1",
	entityName: "Frankfurt-1",
	severity: "high",
	before: "",
	receipt: "",
	...change,
});

export const remediating = (change: Partial<Remediation> = {}): RuntimeSettings => ({
	...settings,
	runbooks: {
		"trunk-down": { enabled: true, severity: "high", breachesToOpen: 2, clearsToClose: 3, remediation: remediation(change) },
	},
});
