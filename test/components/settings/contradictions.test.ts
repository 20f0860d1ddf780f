import { describe, expect, it } from "vitest";
import { longestRunSeconds, mostActions, mostFlowBytes } from "../../../architect/limits.ts";
import { provenBounds } from "../../../architect/lint/bounds.ts";
import { actionSets, responsePlan } from "../../../components/genesys/responsePlan.ts";
import { sizeWarnings } from "../../../components/responseFlow.ts";
import { requiredSecrets } from "../../../components/settings/secrets.ts";
import { checkSettings } from "../../../components/settings/settings.ts";
import { warningsOf } from "../../../components/settings/warnings.ts";
import type { ChannelKind } from "../../../functions/pipeline/model/incident.ts";
import { compileResponse } from "../../../response/compile.ts";
import { settingsOf } from "../stacks.ts";
import { changed, type Given, prefix, problems, source } from "./givenSettings.ts";

type Channels = readonly { readonly kind: ChannelKind; readonly service?: string }[];
const sms = { kind: "sms", to: "+15555550101" } as const;
const pagerDuty = (service: string, serviceId = "PRIMARY1") => ({ kind: "pagerduty", service, serviceId }) as const;

/** The dev stack with these tiers, settings of the policy and settings of runbooks; with every secret that it needs. */
function given(
	tiers: readonly Channels[],
	policy: Readonly<Record<string, unknown>> = {},
	runbooks: Readonly<Record<string, unknown>> = {},
): Given {
	const dev = settingsOf("dev");
	const policies = Object(dev.policies);
	const named = tiers.map((channels, tier) => ({ name: `tier-${tier}`, channels }));
	const plain = {
		...dev,
		policies: { ...policies, telephony: { ...policies.telephony, ...policy, tiers: named } },
		runbooks: { ...Object(dev.runbooks), ...runbooks },
	};
	const required = requiredSecrets([...named, ...policies["it-operations"].tiers]).map(({ key }) => [key, "s".repeat(32)] as const);
	return {
		plain,
		secrets: { ...Object.fromEntries(required), "twilio-authToken": "s".repeat(32), "remedy-webhook-signingSecret": "s".repeat(32) },
	};
}

const largest = (tiers: number, channels: number): readonly Channels[] =>
	Array.from({ length: tiers }, (_, tier) =>
		Array.from({ length: channels }, (_, place) => ({
			...pagerDuty(`service-${tier}-${place}`, `PSERVICE${tier}${place}`),
			name: `channel-${place}`,
		})),
	);

function settled(all: Given) {
	const checked = checkSettings(source(all));
	if ("problems" in checked) throw new Error(checked.problems.map(({ path, expected }) => `${path}: ${expected}`).join("\n"));
	return checked.settings;
}

/** With so many requests a minute for one credential of a vendor. */
const withLimit = ({ plain, ...all }: Given, vendorRequestsPerMinute: number): Given => ({
	...all,
	plain: { ...plain, limits: { vendorRequestsPerMinute } },
});

/** The dev stack with more policies, which have so many services together; fifteen of a policy. */
function withServices(services: number): Given {
	const { plain, secrets } = given([[pagerDuty("primary")], [pagerDuty("secondary")]]);
	const tiersOf = (policy: number) =>
		largest(3, 5).map((channels, tier) => ({
			name: `tier-${tier}`,
			channels: channels.map((channel) => ({ ...channel, service: `${channel.service}-${policy}` })),
		}));
	const more = Array.from({ length: services / 15 }, (_, index) => ({ name: `policy-${index}`, tiers: tiersOf(index) }));
	const required = requiredSecrets(more.flatMap(({ tiers }) => tiers)).map(({ key }) => [key, "s".repeat(32)] as const);
	const policies = { ...Object(plain?.policies), ...Object.fromEntries(more.map(({ name, tiers }) => [name, { tiers }])) };
	return { plain: { ...plain, policies }, secrets: { ...secrets, ...Object.fromEntries(required) } };
}

const warnings = (all: Given): readonly string[] => warningsOf(settled(all).runtime, 0);

describe("settings that contradict each other are refused with their names", () => {
	it("two PagerDuty channels of one service in one tier, which would be one page", () => {
		const twice = [pagerDuty("primary"), { ...pagerDuty("primary"), name: "again" }];
		expect(problems(given([twice]))).toEqual([
			{
				path: `${prefix}policies.telephony.tiers[0].channels[1].service`,
				expected: `another service than ${prefix}policies.telephony.tiers[0].channels[0].service, because PagerDuty makes one page of two with the same key`,
				got: '"primary"',
			},
		]);
		expect(problems(given([[pagerDuty("primary")], [pagerDuty("primary")]]))).toEqual([]);
	});

	it("more than one run of the workflow may wait", () => {
		const found = problems(given(largest(9, 5), { acknowledgeSeconds: 86_400, staleSeconds: 172_800 }));
		expect(found).toEqual([
			{
				path: `${prefix}policies.telephony.acknowledgeSeconds`,
				expected: expect.stringMatching(
					/^at most 19772, because tiers \(9\) × acknowledgeSeconds, with the waitsSeconds and proofSeconds of 45 channels,/,
				),
				got: "86400",
			},
		]);
		expect(problems(given(largest(9, 5), { acknowledgeSeconds: 19_772, staleSeconds: 172_800 }))).toEqual([]);
	});

	it.each([
		{ name: "a window that is shorter than the breaches in it", rule: { breaches: 6, of: 5 }, expected: "at most of (5)", got: "6" },
		{
			name: "a rule that says less than breachesToOpen",
			rule: { breaches: 2, of: 10 },
			expected: "more than breachesToOpen (2)",
			got: "2",
		},
	])("$name", ({ rule, expected, got }) => {
		const path = `${prefix}runbooks["trunk-down"].intermittent.breaches`;
		expect(problems(changed(["runbooks", "trunk-down", "intermittent"], rule))).toEqual([{ path, expected, got }]);
	});

	describe("the date of a vendor's credential", () => {
		const withDates = (tiers: readonly Channels[], ...names: readonly string[]): Given => {
			const { plain, ...rest } = given(tiers);
			return { ...rest, plain: { ...plain, credentials: Object.fromEntries(names.map((name) => [name, { expiresOn: "2027-03-01" }])) } };
		};

		it("is of one that a channel uses", () => {
			const all = withDates([[pagerDuty("primary"), sms]], "pagerduty-primery", "pagerduty-primary", "twilio", "launcher");
			expect(problems(all)).toEqual([
				{
					path: `${prefix}credentials["pagerduty-primery"]`,
					expected: "a credential that a channel uses: pagerduty-primary, twilio, pagerduty-it-operations",
					got: "pagerduty-primery",
				},
			]);
		});

		it("is not judged while a channel is wrong", () => {
			const wrong = { kind: "pagerduty", service: "primery", serviceId: "" } as const;
			expect(problems(withDates([[sms, wrong]], "pagerduty-primery")).map(({ path }) => path)).toEqual([
				`${prefix}policies.telephony.tiers[0].channels[1].serviceId`,
			]);
		});

		it.each(["pagerduty-Primary", "pagerduty--x", `pagerduty-${"x".repeat(33)}`])("is of a name that a service can have: %s", (name) => {
			expect(problems(withDates([[sms]], name))).toMatchObject([{ expected: expect.stringMatching(/^a credential: detector/) }]);
		});
	});

	it("another generation of a vendor's credential, which the program does not make", () => {
		const { plain, ...rest } = given([[sms]]);
		const credentials = { twilio: { generation: 2 }, launcher: { generation: 2, keepsPrevious: true } };
		expect(problems({ ...rest, plain: { ...plain, credentials } })).toMatchObject([
			{ path: `${prefix}credentials.twilio.generation`, expected: "this for a client of Genesys Cloud only" },
		]);
	});

	it("of one runbook are told also where another one is wrong by itself", () => {
		const { plain } = changed(["runbooks", "trunk-down", "intermittent"], { breaches: 6, of: 5 });
		const runbooks = { ...Object(plain?.runbooks), "edge-offline": { severity: "awful" } };
		expect(problems({ plain: { ...plain, runbooks } }).map(({ path }) => path)).toEqual([
			`${prefix}runbooks["edge-offline"].severity`,
			`${prefix}runbooks["trunk-down"].intermittent.breaches`,
		]);
	});

	it("a window longer than is remembered", () => {
		const [problem] = problems(changed(["runbooks", "trunk-down", "intermittent"], { breaches: 5, of: 31 }));
		expect(problem).toMatchObject({
			path: `${prefix}runbooks["trunk-down"].intermittent.of`,
			expected: "a whole number of readings from 3 to 30",
		});
	});

	it("a stack that wants more breaches in a row than the usual rule has gets no such rule unasked", () => {
		expect(settled(changed(["runbooks", "trunk-down", "breachesToOpen"], 5)).runtime.runbooks["trunk-down"]?.intermittent).toBe(false);
		expect(settled(changed(["runbooks", "trunk-down", "breachesToOpen"], 4)).runtime.runbooks["trunk-down"]?.intermittent).toEqual({
			breaches: 5,
			of: 10,
		});
	});
});

describe("every maximum of the settings can be deployed", () => {
	const extremes = {
		proofs: { proofSeconds: 900, readBackSeconds: 1 },
		acknowledgements: { acknowledgeSeconds: 86_400, staleSeconds: 172_800 },
		both: { proofSeconds: 900, readBackSeconds: 1, acknowledgeSeconds: 86_400, staleSeconds: 172_800, waitsSeconds: [899, 900] },
	};
	const remedied = {
		"trunk-down": { remediation: { mode: "auto", remedy: { kind: "webhook", url: "https://remedies.example.com/" }, windowSeconds: 3600 } },
	};
	const cases = [
		[1, 1],
		[2, 2],
		[2, 5],
		[9, 1],
		[9, 5],
	].flatMap(([tiers = 1, channels = 1]) => Object.entries(extremes).map(([name, policy]) => ({ name, tiers, channels, policy })));

	it.each(cases)(
		"$name with $tiers tiers of $channels: either it fits into the platform's limits, or the settings are named",
		({ tiers, channels, policy }) => {
			const staleSeconds = 172_800;
			const asked = given(largest(tiers, channels), { staleSeconds, ...policy }, remedied);
			const [problem] = problems(asked);
			const most = Number(/^at most (\d+)/.exec(problem?.expected ?? "")?.[1] ?? NaN);
			// Only the time of a run may be refused, and what the refusal says is enough must be enough.
			expect(problem === undefined || most > 0).toBe(true);
			if (tiers <= 2) expect(problem).toBeUndefined();
			const settings = settled(
				problem === undefined ? asked : given(largest(tiers, channels), { ...policy, staleSeconds, acknowledgeSeconds: most }, remedied),
			);
			const bounds = provenBounds(compileResponse(responsePlan(settings, "telephony", actionSets(settings))));
			expect(bounds.actions).toBeLessThan(mostActions);
			expect(bounds.seconds).toBeLessThan(longestRunSeconds);
		},
	);
});

describe("settings that do less than they say are warned of with their names", () => {
	it("the stacks of the repository have none", () => {
		expect([...warnings({}), ...warnings({ stack: "prod", plain: settingsOf("prod") })]).toEqual([]);
	});

	it.each([
		{
			name: "tiers that have no time before the incident is stale",
			all: given([...largest(4, 1)]),
			expected: [/policies\.telephony\.acknowledgeSeconds and .*policies\.telephony\.staleSeconds: .*4 tiers × 300 s = 1200 s.* got 900/],
		},
		{
			name: "more reads than one run may do",
			all: given(largest(2, 2), { proofSeconds: 900, readBackSeconds: 1 }),
			expected: [/policies\.telephony\.readBackSeconds and .*policies\.telephony\.proofSeconds: .* it reads every 9 s$/],
		},
		{
			name: "a tier that can answer by the link in its texts only",
			all: given([[pagerDuty("primary")], [sms]]),
			expected: [
				/policies\.telephony\.tiers\[1\]\.channels: expected a channel on which people can acknowledge \([a-zA-Z, ]*pagerduty[a-zA-Z, ]*\), got only sms: the signed link/,
			],
		},
		{
			name: "a tier that nobody can answer, not even by a link",
			all: given([[pagerDuty("primary")], [sms]], { acknowledgeLinks: false }),
			expected: [
				/policies\.telephony\.tiers\[1\]\.channels and .*policies\.telephony\.acknowledgeLinks: .*, got only sms, and no links: nobody/,
			],
		},
		{
			name: "a failure that would be told again after its answer has expired",
			all: given([[pagerDuty("primary")]], { acknowledgedForSeconds: 600 }),
			expected: [/policies\.telephony\.reopenSeconds and .*policies\.telephony\.acknowledgedForSeconds: .*\(600\), got 900/],
		},
		{
			name: "a critical runbook with a remedy that would act by itself",
			all: given(
				[[pagerDuty("primary")]],
				{},
				{
					"trunk-down": {
						severity: "critical",
						remediation: { mode: "auto", remedy: { kind: "webhook", url: "https://remedies.example.com/" } },
					},
				},
			),
			expected: [/runbooks\["trunk-down"\]\.severity and .*runbooks\["trunk-down"\]\.remediation\.mode: /],
		},
		{
			name: "a budget that is larger than what the vendors take",
			all: withLimit(given([[pagerDuty("primary")]]), 1000),
			expected: [
				/limits\.vendorRequestsPerMinute: expected no more than PagerDuty takes, 120 requests a minute for each integration key .* got 1000/,
				/limits\.vendorRequestsPerMinute: expected no more than PagerDuty takes, 960 requests a minute for each REST API key .* got 1000/,
			],
		},
		{
			name: "feeds that nobody looks at",
			all: given([[pagerDuty("primary")]], {}, { "trunk-down": { enabled: false } }),
			expected: [/runbooks\["queue-overflow"\]\.queues\[0\]\.fedBy and .*runbooks\["trunk-down"\]\.enabled: /],
		},
	])("$name", ({ all, expected }) => {
		expect(warnings(all)).toEqual(expected.map((text) => expect.stringMatching(text)));
	});

	it("more services than the role of a function can name", () => {
		const found = (services: number) => warnings(withServices(services)).filter((text) => text.includes("characters"));
		expect(found(60)).toEqual([]);
		expect(found(90)).toEqual([
			expect.stringMatching(
				/policies: 93 credentials make about \d{5} characters of the overseer's policy, and AWS takes 10240: have fewer/,
			),
		]);
	});

	it("a workflow of more than half of what a flow may have", () => {
		const flow = { policy: "telephony", name: "any", filepath: "build/any", substitutions: {} } as const;
		expect(sizeWarnings({ ...flow, text: "x".repeat(mostFlowBytes / 2) })).toEqual([]);
		expect(sizeWarnings({ ...flow, text: "ü".repeat(mostFlowBytes / 3) })).toEqual([
			expect.stringMatching(/has 4110418 bytes .* of the 6165627 .*policies\.telephony/),
		]);
	});
});
