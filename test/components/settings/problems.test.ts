import { describe, expect, it } from "vitest";
import type { Problem } from "../../../components/settings/problems.ts";
import { readSettings } from "../../../components/settings/settings.ts";
import { watchedConditions } from "../../../functions/pipeline/model/incident.ts";
import { settingsOf } from "../stacks.ts";
import { changed, type Given, prefix, problems, source } from "./givenSettings.ts";
import { tiers } from "./tiersPath.ts";

describe("a problem in the settings", () => {
	const cases: readonly { readonly name: string; readonly given: Given; readonly expected: Partial<Problem> }[] = [
		{
			name: "an unknown top-level key, with the nearest allowed one",
			given: { plain: { ...settingsOf("dev"), polices: {} } },
			expected: {
				path: `${prefix}polices`,
				got: 'the unknown key "polices"',
				expected: expect.stringMatching(/^"policies"\? \(allowed: /),
			},
		},
		{
			name: "an unknown key in a section",
			given: changed(["policies", "telephony", "acknowledgeSecond"], 1),
			expected: { path: `${prefix}policies.telephony.acknowledgeSecond`, expected: expect.stringMatching(/^"acknowledgeSeconds"\?/) },
		},
		{
			name: "an unknown key of a channel, judged by its kind",
			given: changed(["policies", "telephony", "tiers", 0, "channels", 1, "too"], "+15555550101"),
			expected: { path: `${prefix}${tiers}[0].channels[1].too`, expected: '"to"? (allowed: informs, kind, name, pages, to)' },
		},
		{
			name: "an unknown runbook",
			given: changed(["runbooks", "trunk-dwn"], {}),
			expected: {
				path: `${prefix}runbooks["trunk-dwn"]`,
				expected: `"trunk-down"? (allowed: ${watchedConditions.toSorted().join(", ")})`,
			},
		},
		{
			name: "an overflow that watches nothing",
			given: changed(["runbooks", "queue-overflow", "queues"], []),
			expected: {
				path: `${prefix}runbooks["queue-overflow"].queues`,
				expected: "at least one queue, because queue-overflow is enabled",
				got: "[]",
			},
		},
		{
			name: "two entries for one queue",
			given: changed(["runbooks", "queue-overflow", "queues", 1, "name"], "Support"),
			expected: {
				path: `${prefix}runbooks["queue-overflow"].queues[1].name`,
				expected: "a name that no other queue here has",
				got: '"Support"',
			},
		},
		{
			name: "a health score that no trunk can have",
			given: changed(["runbooks", "trunk-degraded", "scoreBelow"], 85),
			expected: { path: `${prefix}runbooks["trunk-degraded"].scoreBelow`, expected: "a share above 0 and at most 1", got: "85" },
		},
		{
			name: "a missing section",
			given: changed(["genesys"], undefined),
			expected: { path: `${prefix}genesys`, expected: "a section with region, organizationId, division, adminPages", got: "nothing" },
		},
		{
			name: "a region that Genesys Cloud does not have",
			given: changed(["genesys", "region"], "eu-north-1"),
			expected: { path: `${prefix}genesys.region`, got: '"eu-north-1"', expected: expect.stringContaining("one of us-east-1, us-east-2") },
		},
		{
			name: "an organization id that is no UUID",
			given: changed(["genesys", "organizationId"], "acme"),
			expected: { path: `${prefix}genesys.organizationId`, got: '"acme"', expected: expect.stringContaining("a UUID") },
		},
		{
			name: "too few waits",
			given: changed(["policies", "telephony", "waitsSeconds"], [30]),
			expected: {
				path: `${prefix}policies.telephony.waitsSeconds`,
				expected: "2 waits, one fewer than attemptsPerChannel (3)",
				got: "[30]",
			},
		},
		{
			name: "waits that do not grow",
			given: changed(["policies", "telephony", "waitsSeconds"], [60, 60]),
			expected: {
				path: `${prefix}policies.telephony.waitsSeconds`,
				expected: "waits that grow, each longer than the one before",
				got: "[60,60]",
			},
		},
		{
			name: "more attempts than the promise allows",
			given: changed(["policies", "telephony", "attemptsPerChannel"], 4),
			expected: { path: `${prefix}policies.telephony.attemptsPerChannel`, expected: "a whole number of attempts from 1 to 3", got: "4" },
		},
		{
			name: "an acknowledgement that outlives staleness",
			given: changed(["policies", "telephony", "acknowledgeSeconds"], 900),
			expected: { path: `${prefix}policies.telephony.acknowledgeSeconds`, expected: "less than staleSeconds (900)", got: "900" },
		},
		{
			name: "reads slower than the proof",
			given: changed(["policies", "telephony", "readBackSeconds"], 61),
			expected: { path: `${prefix}policies.telephony.readBackSeconds`, expected: "at most proofSeconds (60)", got: "61" },
		},
		{
			name: "no tier",
			given: changed(["policies", "telephony", "tiers"], []),
			expected: { path: `${prefix}${tiers}`, expected: "1 to 9 tiers, each a name and its channels", got: "[]" },
		},
		{
			name: "ten tiers",
			given: changed(
				["policies", "telephony", "tiers"],
				Array.from({ length: 10 }, (_, index) => ({ name: `t${index}`, channels: [{ kind: "sms", to: "+15555550101" }] })),
			),
			expected: { path: `${prefix}${tiers}`, expected: "1 to 9 tiers, each a name and its channels" },
		},
		{
			name: "two tiers of one name",
			given: changed(["policies", "telephony", "tiers", 1, "name"], "primary"),
			expected: { path: `${prefix}${tiers}[1].name`, expected: "a name that no other tier has", got: '"primary"' },
		},
		{
			name: "two channels of one name in a tier",
			given: changed(["policies", "telephony", "tiers", 0, "channels", 1, "name"], "pagerduty"),
			expected: {
				path: `${prefix}${tiers}[0].channels[1].name`,
				got: '"pagerduty"',
				expected: expect.stringContaining("no other channel of this tier"),
			},
		},
		{
			name: "a channel of an unknown kind",
			given: changed(["policies", "telephony", "tiers", 0, "channels", 0, "kind"], "fax"),
			expected: {
				path: `${prefix}${tiers}[0].channels[0].kind`,
				expected: expect.stringMatching(/^a channel of kind .*pagerduty.* or \w+$/),
				got: '"fax"',
			},
		},
		{
			name: "a telephone number that is not E.164",
			given: changed(["policies", "telephony", "tiers", 0, "channels", 1, "to"], "0555 0101"),
			expected: { path: `${prefix}${tiers}[0].channels[1].to`, got: '"0555 0101"', expected: expect.stringContaining("E.164") },
		},
		{
			name: "a telephone number that YAML read as a number",
			given: changed(["policies", "telephony", "tiers", 0, "channels", 1, "to"], 15555550101),
			expected: { path: `${prefix}${tiers}[0].channels[1].to`, got: "15555550101", expected: expect.stringContaining("in quotes") },
		},
		{
			name: "a PagerDuty service name in place of its id",
			given: changed(["policies", "telephony", "tiers", 0, "channels", 0, "serviceId"], "primary"),
			expected: {
				path: `${prefix}${tiers}[0].channels[0].serviceId`,
				got: '"primary"',
				expected: expect.stringContaining("a PagerDuty service id"),
			},
		},
		{
			name: "one service with two ids",
			given: changed(["policies", "telephony", "tiers", 1, "channels", 0, "service"], "primary"),
			expected: {
				path: `${prefix}${tiers}[1].channels[0].serviceId`,
				expected: '"PRIMARY1", the id that service "primary" has elsewhere',
				got: '"PSECOND2"',
			},
		},
		{
			name: "an sms channel without a sender",
			given: changed(["twilio"], undefined),
			expected: {
				path: `${prefix}twilio`,
				expected: `accountSid and from, because ${prefix}${tiers}[0].channels[1] is of kind sms`,
				got: "nothing",
			},
		},
		{
			name: "a Twilio SID of something else",
			given: changed(["twilio", "accountSid"], "SK0123456789abcdef0123456789abcdef"),
			expected: { path: `${prefix}twilio.accountSid`, expected: "a Twilio account SID (AC and 32 hexadecimal digits)" },
		},
		{
			name: "a retention that CloudWatch does not have",
			given: changed(["logRetentionDays"], 31),
			expected: { path: `${prefix}logRetentionDays`, got: "31", expected: expect.stringContaining("14, 30, 60") },
		},
		{
			name: "a tag that is set already",
			given: changed(["tags", "Project"], "x"),
			expected: { path: `${prefix}tags.Project`, got: '"Project"', expected: expect.stringContaining("a tag name") },
		},
		{
			name: "a prefix that AWS would refuse",
			given: changed(["names", "prefix"], "Run books"),
			expected: { path: `${prefix}names.prefix`, got: '"Run books"' },
		},
		{
			name: "a stack whose name does not fit an incident key",
			given: { stack: "Production_EU" },
			expected: { path: "stack", got: '"Production_EU"', expected: expect.stringContaining("incident key") },
		},
		{
			name: "a share above one",
			given: changed(["limits", "genesysShare"], 1.5),
			expected: { path: `${prefix}limits.genesysShare`, expected: "a share above 0 and at most 1", got: "1.5" },
		},
		{
			name: "a setting that is stored as a secret",
			given: { secretKeys: ["policies"] },
			expected: { path: `${prefix}policies`, got: "a secret", expected: expect.stringContaining("a plain value") },
		},
	];

	it.each(cases)("$name", ({ given, expected }) => {
		expect(problems(given)).toEqual([expect.objectContaining(expected)]);
	});
});

describe("all problems", () => {
	it("are reported at once, in one RunError without a stack trace", () => {
		const { plain = {} } = changed(["policies", "telephony", "waitsSeconds"], [30]);
		const read = () => readSettings(source({ stack: "Dev", plain: { ...plain, twillio: {}, protect: "yes" }, secrets: {} }));
		expect(read).toThrow(/^12 problems in the settings of stack Dev \(Pulumi\.Dev\.yaml\):\n/);
		expect(read).toThrow(
			expect.objectContaining({
				__pulumiRunError: true,
				message: expect.stringContaining(
					"genesyscloud-runbooks:pagerduty-primary-routingKey: expected a secret, got nothing\n    pulumi config set --secret genesyscloud-runbooks:pagerduty-primary-routingKey",
				),
			}),
		);
	});

	it("are found in other parts too when one part cannot be read at all", () => {
		const found = problems(changed(["policies", "telephony", "tiers", 0, "channels"], "pagerduty")).map(({ path }) => path);
		const both = problems({ plain: { ...changed(["policies", "telephony", "waitsSeconds"], [1]).plain, genesys: "eu-central-1" } });
		expect(found).toEqual([`${prefix}${tiers}[0].channels`]);
		expect(both.map(({ path }) => path)).toEqual([`${prefix}genesys`, `${prefix}policies.telephony.waitsSeconds`]);
	});
});
