import { describe, expect, it } from "vitest";
import { nearestOf } from "../../../architect/names.ts";
import { requiredSecrets } from "../../../components/settings/secrets.ts";
import { readSettings } from "../../../components/settings/settings.ts";
import { runtimeSettings } from "../../../functions/schemas/runtimeSettings.ts";
import { settingsOf } from "../stacks.ts";
import { problems, source } from "./givenSettings.ts";

describe("the settings of the repository's stacks", () => {
	it.each(["dev", "prod"] as const)("%s is complete and free of problems", (stack) => {
		expect(problems({ stack, plain: settingsOf(stack) })).toEqual([]);
	});

	it("become runtime settings that the functions accept", () => {
		const { runtime } = readSettings(source({}));
		expect(runtimeSettings.safeParse(runtime).error?.issues).toBeUndefined();
		expect(runtime.environment).toBe("dev");
		expect(runtime.genesys).toEqual({ domain: "mypurecloud.de" });
		expect(runtime.policies.telephony?.tiers[0]).toEqual({
			name: "primary",
			channels: [
				{ kind: "pagerduty", name: "pagerduty", service: "primary", serviceId: "PRIMARY1" },
				{ kind: "sms", name: "sms", to: "+15555550101" },
			],
		});
	});

	it("are frozen all the way down", () => {
		const settings = readSettings(source({}));
		expect(Object.isFrozen(settings)).toBe(true);
		expect(Object.isFrozen(settings.runtime.policies.telephony?.tiers[0]?.channels)).toBe(true);
	});

	it("have the documented defaults where a stack says nothing", () => {
		const { genesys } = settingsOf("dev");
		const channel = { kind: "pagerduty", service: "primary", serviceId: "PRIMARY1" } as const;
		const routes = [{ policy: "default", mayShare: ["pagerduty-primary"] }];
		const plain = { genesys, policies: { default: { tiers: [{ name: "primary", channels: [channel] }] } }, routes };
		const streak = { breachesToOpen: 2, clearsToClose: 3, intermittent: false, remediation: "observe" };
		const intermittent = { breaches: 5, of: 10 };
		const settings = readSettings(source({ plain }));
		expect(settings).toEqual({
			runtime: {
				environment: "dev",
				production: false,
				genesys: { domain: "mypurecloud.de" },
				// Those that are shipped; another one has a section of its own.
				runbooks: expect.objectContaining({
					"trunk-down": { ...streak, intermittent, enabled: true, severity: "high" },
					"trunk-degraded": { ...streak, enabled: false, severity: "medium", breachesToOpen: 3, scoreBelow: 0.85 },
					"edge-offline": { ...streak, intermittent, enabled: false, severity: "high" },
					"queue-overflow": {
						...streak,
						intermittent,
						enabled: false,
						severity: "medium",
						waitingOver: 20,
						longestWaitSecondsOver: 300,
						queues: [],
					},
				}),
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
						reopenSeconds: 900,
						acknowledgeLinks: true,
						tiers: [{ name: "primary", channels: [{ ...channel, name: "pagerduty" }] }],
					},
				},
				routes,
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
			},
			base: "runbooks-dev",
			genesys,
			watch: { emails: [], pager: false, heartbeat: false },
			clients: {},
			tags: { Project: "genesyscloud-runbooks", Stack: "dev" },
			logRetentionDays: 30,
			protect: false,
			secrets: requiredSecrets([{ channels: [channel] }]),
		});
	});
});

it.each([
	["polices", "policies"],
	["Twilio", "twilio"],
	["zzzzzz", undefined],
])("the key nearest to %s is %s", (key, nearest) => {
	expect(nearestOf(key, ["policies", "twilio", "tags"])).toBe(nearest);
});
