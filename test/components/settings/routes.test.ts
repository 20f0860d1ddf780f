import { describe, expect, it } from "vitest";
import { report } from "../../../components/settings/problems.ts";
import { readSettings } from "../../../components/settings/settings.ts";
import { warningsOf } from "../../../components/settings/warnings.ts";
import { secretValues, settingsOf } from "../stacks.ts";
import { type Given, prefix, problems, source } from "./givenSettings.ts";

const business = { days: ["monday", "friday"], from: "08:00", to: "18:00", zone: "Europe/Berlin" };
const own = [
	{ match: { condition: "credentials-failing", entity: "pagerduty-it-operations*" }, policy: "telephony" },
	{ match: { condition: "credentials-failing" }, policy: "it-operations" },
];
const last = { policy: "telephony" };

/** The dev stack with these routes and hours. */
const routed = (routes: unknown, hours?: unknown): Given => ({
	plain: { ...settingsOf("dev"), routes, ...(hours === undefined ? {} : { hours }) },
});
const paths = (given: Given): readonly string[] => problems(given).map(({ path }) => path.slice(prefix.length));

describe("routes", () => {
	it("become lists of values, one or many", () => {
		const match = { severity: ["critical", "high"], entity: "Frankfurt-*" };
		const { runtime } = readSettings(source(routed([...own, { match, hours: "business", policy: "telephony" }, last], { business })));
		expect(runtime.routes[2]).toEqual({
			match: { severity: ["critical", "high"], entity: ["Frankfurt-*"] },
			hours: "business",
			policy: "telephony",
		});
		expect(runtime.hours).toEqual({ business });
	});

	it.each([
		{
			name: "a policy that is not there, with the nearest name",
			routes: [...own, { policy: "telefony" }],
			expected: { path: "routes[2].policy", expected: '"telephony"? (allowed: it-operations, telephony)', got: '"telefony"' },
		},
		{
			name: "hours that are not there",
			routes: [...own, { match: { entity: "x" }, hours: "busines", policy: "telephony" }, last],
			hours: { business },
			expected: { path: "routes[2].hours", expected: '"business"? (allowed: business)', got: '"busines"' },
		},
		{
			name: "no default",
			routes: [...own, { match: { entity: "x" }, policy: "telephony" }],
			expected: {
				path: "routes[2]",
				expected: expect.stringMatching(/^the default: a last route without match and hours/),
				remedy: "- policy: telephony",
			},
		},
		{
			name: "a default that is not last",
			routes: [...own, last, { match: { entity: "x" }, policy: "telephony" }, last],
			expected: { path: "routes[2]", expected: expect.stringMatching(/^match or hours, because only the last route is the default/) },
		},
		{
			name: "a condition that nobody knows",
			routes: [...own, { match: { condition: "trunk-dwn" }, policy: "telephony" }, last],
			expected: { path: "routes[2].match.condition", got: '"trunk-dwn"', expected: expect.stringContaining("trunk-down") },
		},
		{
			name: "a matcher that does not exist",
			routes: [...own, { match: { entitys: "x" }, policy: "telephony" }, last],
			expected: { path: "routes[2].match.entitys", expected: expect.stringMatching(/^"entity"\?/) },
		},
		{
			name: "a waiver of what no channel of the policy uses",
			routes: [...own, { policy: "telephony", mayShare: ["twillio"] }],
			expected: {
				path: "routes[2].mayShare[0]",
				expected: '"twilio"? (allowed: pagerduty-primary, pagerduty-secondary, twilio)',
			},
		},
	])("are refused with $name", ({ routes, hours, expected }) => {
		expect(problems(routed(routes, hours))).toEqual([expect.objectContaining({ ...expected, path: `${prefix}${expected.path}` })]);
	});

	it.each([
		{ name: "the same twice", wide: { entity: "Frankfurt-*" }, narrow: { entity: "Frankfurt-*" }, reached: false },
		{ name: "one of several", wide: { severity: ["high", "low"] }, narrow: { severity: "low" }, reached: false },
		{ name: "more matchers behind fewer", wide: { severity: "low" }, narrow: { severity: "low", entity: "x" }, reached: false },
		{ name: "a glob within a glob", wide: { entity: "Frankfurt-*" }, narrow: { entity: "Frankfurt-1*" }, reached: false },
		{
			name: "anything behind all severities",
			wide: { severity: ["critical", "high", "medium", "low"] },
			narrow: { entity: "x" },
			reached: false,
		},
		{ name: "a glob that takes more", wide: { entity: "Frankfurt-1*" }, narrow: { entity: "Frankfurt-*" }, reached: true },
		{ name: "another condition", wide: { condition: "trunk-down" }, narrow: { condition: "edge-offline" }, reached: true },
		{ name: "fewer matchers behind more", wide: { severity: "low", entity: "x" }, narrow: { severity: "low" }, reached: true },
		{ name: "entities behind queues", wide: { queue: "*" }, narrow: { entity: "*" }, reached: true },
	])("say which is never reached: $name", ({ wide, narrow, reached }) => {
		const given = routed([...own, { match: wide, policy: "telephony" }, { match: narrow, policy: "it-operations" }, last]);
		expect(paths(given)).toEqual(reached ? [] : ["routes[3]"]);
	});

	it("within hours are no wall for those behind them, but for the same hours", () => {
		const at = (hours: string | undefined, behind: string | undefined) => {
			const limit = (name: string | undefined) => (name === undefined ? {} : { hours: name });
			const two = [own[0], own[1], { match: { entity: "x" }, policy: "telephony", ...limit(hours) }];
			return paths(routed([...two, { match: { entity: "x" }, policy: "it-operations", ...limit(behind) }, last], { business }));
		};
		expect(at("business", undefined)).toEqual([]);
		expect(at("business", "business")).toEqual(["routes[3]"]);
		expect(at(undefined, "business")).toContain("routes[3]");
	});
});

describe("hours", () => {
	const wrong = (change: object): Given =>
		routed([...own, { hours: "business", policy: "telephony" }, last], { business: { ...business, ...change } });

	it.each([
		{
			name: "a zone that nobody knows",
			change: { zone: "Europe/Berlln" },
			path: ".zone",
			expected: /IANA database, such as Europe\/Berlin/,
		},
		{ name: "a day that is none", change: { days: ["mon"] }, path: ".days[0]", expected: /^one of monday, / },
		{ name: "no day", change: { days: [] }, path: ".days", expected: /at least one of monday/ },
		{ name: "a time that is none", change: { from: "8:00" }, path: ".from", expected: /such as "08:00"/ },
		{ name: "a minute after the end of the day", change: { to: "24:01" }, path: ".to", expected: /to "24:00"/ },
		{ name: "no time at all", change: { to: "08:00" }, path: ".to", expected: /another time than from/ },
	])("are refused with $name", ({ change, path, expected }) => {
		expect(problems(wrong(change))).toEqual([
			expect.objectContaining({ path: `${prefix}hours.business${path}`, expected: expect.stringMatching(expected) }),
		]);
	});

	it.each([{ from: "22:00", to: "06:00" }, { from: "00:00", to: "24:00" }, { zone: "UTC" }])("may be %o", (change) => {
		expect(problems(wrong(change))).toEqual([]);
	});
});

describe("a credential that fails is told by what does not need it", () => {
	it("or the preview refuses, with the credential, the route, the policy and what to write", () => {
		const found = problems(routed([last]));
		expect(found.map(({ path }) => path)).toEqual(Array.from({ length: 3 }, () => `${prefix}routes[0].policy`));
		expect(found[1]).toEqual({
			path: `${prefix}routes[0].policy`,
			expected: expect.stringMatching(/^a policy none of whose channels uses twilio, .* waive it by mayShare: \[twilio\]$/),
			got: '"telephony"',
			remedy: '- match: { condition: credentials-failing, entity: "twilio" }\n      policy: it-operations',
		});
		expect(report("dev", found)).toContain("routes[0].policy: expected a policy none of whose channels uses pagerduty-primary");
	});

	it("by every route that may tell it, at whatever hour", () => {
		const byDay = [{ match: { condition: "credentials-failing" }, hours: "business", policy: "telephony" }, ...own, last];
		expect(new Set(paths(routed(byDay, { business })))).toEqual(new Set(["routes[0].policy"]));
	});

	it("or it is waived by name", () => {
		const all = ["pagerduty-primary", "pagerduty-secondary", "twilio"];
		expect(problems(routed([{ ...last, mayShare: all }]))).toEqual([]);
		expect(problems(routed([{ ...last, mayShare: all.slice(1) }]))).toHaveLength(1);
	});
});

describe("the old form", () => {
	const { policies: _policies, routes: _routes, ...rest } = settingsOf("dev");
	const tiers = [{ name: "primary", channels: [{ kind: "pagerduty", service: "primary", serviceId: "PRIMARY1" }] }];

	it("is refused with the lines that say the same, and nothing else is said of what is missing", () => {
		const found = problems({ plain: { ...rest, escalation: { staleSeconds: 600, tiers } } });
		expect(found).toHaveLength(1);
		expect(found[0]).toMatchObject({ path: `${prefix}escalation`, expected: "policies and routes in its place" });
		expect(found[0]?.remedy?.split("\n").map((line) => line.trimStart())).toEqual([
			"genesyscloud-runbooks:policies:",
			"default:",
			"staleSeconds: 600",
			`tiers: ${JSON.stringify(tiers)}`,
			"genesyscloud-runbooks:routes:",
			"- policy: default",
			"mayShare: [pagerduty-primary]",
		]);
	});

	it("has no channel of whose credentials anything could be said", () => {
		const found = problems({ plain: { ...rest, escalation: { tiers }, credentials: { twilio: { expiresOn: "2027-03-01" } } } });
		expect(found.map(({ path }) => path)).toEqual([`${prefix}escalation`]);
	});

	it("said anew is free of problems", () => {
		const plain = { ...rest, policies: { default: { tiers } }, routes: [{ policy: "default", mayShare: ["pagerduty-primary"] }] };
		expect(problems({ plain })).toEqual([]);
	});
});

describe("what takes nothing is warned of", () => {
	const warnings = (given: Given): readonly string[] => warningsOf(readSettings(source(given)).runtime, 0);
	const disabled = (routes: unknown): Given => {
		const { plain = {} } = routed(routes);
		return { plain: { ...plain, runbooks: { ...Object(plain.runbooks), "trunk-degraded": { enabled: false } } } };
	};

	it.each([
		{
			name: "a policy without a route",
			given: routed([{ ...last, mayShare: ["pagerduty-primary", "pagerduty-secondary", "twilio"] }]),
			expected: /policies\["it-operations"\] and .*routes: no route names it/,
		},
		{
			name: "hours without a route",
			given: routed([...own, last], { business }),
			expected: /hours\.business and .*routes: no route names it/,
		},
		{
			name: "a condition that nobody looks for",
			given: disabled([...own, { match: { condition: "trunk-degraded" }, policy: "it-operations" }, last]),
			expected: /routes\[2\]\.match\.condition and .*runbooks\["trunk-degraded"\]\.enabled: nothing looks for trunk-degraded/,
		},
		{
			name: "a queue that nobody watches",
			given: routed([...own, { match: { queue: "Billing*" }, policy: "it-operations" }, last]),
			expected: /routes\[2\]\.match\.queue and .*queues: no queue that is watched fits "Billing\*"/,
		},
		{
			name: "a queue of what is no queue",
			given: routed([...own, { match: { queue: "Sales", condition: "trunk-down" }, policy: "it-operations" }, last]),
			expected: /routes\[2\]\.match\.queue and .*condition: only queue-overflow is about queues/,
		},
		{
			name: "a site of what is at none",
			given: routed([...own, { match: { site: "Berlin", condition: "queue-overflow" }, policy: "it-operations" }, last]),
			expected: /routes\[2\]\.match\.site and .*condition: only edge-offline, trunk-down, .* is about something at a site/,
		},
		{
			name: "a division of what is in none",
			given: routed([...own, { match: { division: "Home", condition: "detector-silent" }, policy: "it-operations" }, last]),
			expected: /routes\[2\]\.match\.division and .*condition: only .* is about something in a division/,
		},
	])("$name", ({ given, expected }) => {
		expect(warnings(given)).toEqual([expect.stringMatching(expected)]);
	});

	it("unless other systems tell of queues: any may come", () => {
		const { plain = {} } = routed([...own, { match: { queue: "Billing*" }, policy: "it-operations" }, last]);
		const secrets = { ...secretValues, "webhook-bearerToken": "PLANTED" };
		expect(warnings({ plain: { ...plain, webhook: { alertmanager: {} } }, secrets })).toEqual([]);
	});
});

describe("without policies", () => {
	it("that is the news, and not what routes name", () => {
		const { policies: _none, ...plain } = settingsOf("dev");
		expect(problems({ plain }).map(({ path }) => path)).toEqual([`${prefix}policies`]);
	});
});
