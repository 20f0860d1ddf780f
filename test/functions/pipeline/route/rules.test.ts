import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { credentialReading } from "../../../../functions/pipeline/credentials/rules.ts";
import { conditions, severities } from "../../../../functions/pipeline/model/incident.ts";
import { fitsGlob } from "../../../../functions/pipeline/route/glob.ts";
import { fitsMatch, type RouteFacts, route, routeIncident } from "../../../../functions/pipeline/route/rules.ts";
import { days, type Route, type RouteMatch } from "../../../../functions/pipeline/route/settings.ts";
import { incident, page, policy, seconds, settings } from "../fixtures.ts";

const policies = { default: policy, telephony: policy, "it-operations": policy };
const hours = { business: { days: days.slice(0, 5), from: "08:00", to: "18:00", zone: "Europe/Berlin" } } as const;
const routes: readonly Route[] = [
	{ match: { condition: ["credentials-failing"] }, policy: "it-operations" },
	{ match: { severity: ["critical", "high"], entity: ["Frankfurt-*"] }, hours: "business", policy: "telephony", severity: "critical" },
	{ match: { queue: ["Sales*"] }, policy: "it-operations", severity: "low" },
	{ match: { site: ["Berlin"], division: ["Home"] }, policy: "it-operations" },
	{ policy: "default" },
];
const routing = { policies, hours, routes };

const facts = (change: Partial<RouteFacts> = {}): RouteFacts => ({
	condition: "trunk-down",
	severity: "high",
	entities: [{ id: "base-1", name: "Frankfurt-1" }],
	...change,
});
const inHours = Date.parse("2026-01-05T09:00:00Z");
const atNight = Date.parse("2026-01-05T21:00:00Z");

describe("a glob", () => {
	test.each([
		["Frankfurt-1", "Frankfurt-1", true],
		["Frankfurt-1", "Frankfurt-10", false],
		["Frankfurt-*", "Frankfurt-", true],
		["Frankfurt-*", "Old-Frankfurt-1", false],
		["*", "", true],
		["*-1", "Frankfurt-1", true],
		["a*a", "a", false],
		["a*b*c", "abbc", true],
		["a*b*c", "acb", false],
		["a.c", "abc", false],
		["**x**", "axb", true],
	])("%s of %s", (glob, text, fits) => {
		expect(fitsGlob(glob, text)).toBe(fits);
	});

	test("with a star at each end takes every text that holds what is between", () => {
		fc.assert(
			fc.property(fc.string(), fc.string(), fc.string(), (before, middle, after) => {
				fc.pre(!middle.includes("*"));
				expect(fitsGlob(`*${middle}*`, `${before}${middle}${after}`)).toBe(true);
			}),
		);
	});
});

const place = (name: string) => ({ id: `${name.toLowerCase()}-id`, name });

describe("a match", () => {
	const at = (site: string | undefined, division: string, name = "Frankfurt-1") => ({
		id: name,
		name,
		location: { ...(site === undefined ? {} : { site: place(site) }), division: place(division) },
	});
	const berlin = { entities: [at("Berlin", "Home")] };
	const many = [
		{ id: "base-1", name: "Frankfurt-1" },
		{ id: "base-2", name: "Berlin-1" },
	];
	test.each<{ name: string; match?: RouteMatch; change?: Partial<RouteFacts>; fits: boolean }>([
		{ name: "nothing fits everything", fits: true },
		{ name: "one of several conditions", match: { condition: ["edge-offline", "trunk-down"] }, fits: true },
		{ name: "another condition", match: { condition: ["edge-offline"] }, fits: false },
		{ name: "the severity", match: { severity: ["high"] }, fits: true },
		{ name: "another severity", match: { severity: ["critical"] }, fits: false },
		{ name: "the name", match: { entity: ["Frankfurt-*"] }, fits: true },
		{ name: "the id", match: { entity: ["base-1"] }, fits: true },
		{ name: "one of several globs", match: { entity: ["Berlin-*", "Frankfurt-*"] }, fits: true },
		{ name: "every matcher", match: { condition: ["trunk-down"], entity: ["Berlin-*"] }, fits: false },
		{ name: "a trunk is no queue", match: { queue: ["*"] }, fits: false },
		{ name: "a queue by its name", match: { queue: ["Frank*"] }, change: { condition: "queue-overflow" }, fits: true },
		{ name: "a queue never by its id", match: { queue: ["base-1"] }, change: { condition: "queue-overflow" }, fits: false },
		{ name: "a group by all that fail", match: { entity: ["Frankfurt-*", "base-2"] }, change: { entities: many }, fits: true },
		{ name: "a group of which one fits not", match: { entity: ["Frankfurt-*"] }, change: { entities: many }, fits: false },
		{ name: "the site by its name", match: { site: ["Ber*"] }, change: berlin, fits: true },
		{ name: "the site by its id", match: { site: ["berlin-id"] }, change: berlin, fits: true },
		{ name: "another site", match: { site: ["Munich"] }, change: berlin, fits: false },
		{ name: "a site that is not known", match: { site: ["*"] }, fits: false },
		{ name: "several sites are none", match: { site: ["*"] }, change: { entities: [at(undefined, "Home")] }, fits: false },
		{ name: "the division", match: { division: ["Home"] }, change: berlin, fits: true },
		{ name: "the site, and another division", match: { site: ["Berlin"], division: ["Care"] }, change: berlin, fits: false },
		{ name: "a group at one site", match: { site: ["Berlin"] }, change: { entities: [at("Berlin", "A"), at("Berlin", "B")] }, fits: true },
		{
			name: "a group at two sites",
			match: { site: ["Berlin"] },
			change: { entities: [at("Berlin", "A"), at("Munich", "A")] },
			fits: false,
		},
	])("$name: $fits", ({ match, change, fits }) => {
		expect(fitsMatch(match, facts(change))).toBe(fits);
	});
});

describe("the route", () => {
	test.each([
		{
			name: "that fits and is within its hours",
			given: facts(),
			at: inHours,
			routed: {
				policy: "telephony",
				severity: "critical",
				route: 2,
				reason: "within-hours",
				words: "route 2: severity high, entity Frankfurt-1, within business; counts as critical",
			},
		},
		{
			name: "that is next, outside of them",
			given: facts(),
			at: atNight,
			routed: { policy: "default", severity: "high", route: 5, reason: "default", words: "route 5: the default" },
		},
		{
			name: "of a condition",
			given: facts({ condition: "credentials-failing", severity: "critical" }),
			at: inHours,
			routed: {
				policy: "it-operations",
				severity: "critical",
				route: 1,
				reason: "matched",
				words: "route 1: condition credentials-failing",
			},
		},
		{
			name: "of a queue",
			given: facts({ condition: "queue-overflow", severity: "medium", entities: [{ id: "q", name: "Sales EU" }] }),
			at: inHours,
			routed: { policy: "it-operations", severity: "low", route: 3, reason: "matched", words: "route 3: queue Sales EU; counts as low" },
		},
		{
			name: "of a site and a division",
			given: facts({
				condition: "edge-offline",
				entities: [{ id: "e", name: "Edge", location: { site: place("Berlin"), division: place("Home") } }],
			}),
			at: inHours,
			routed: { policy: "it-operations", severity: "high", route: 4, reason: "matched", words: "route 4: site Berlin, division Home" },
		},
	])("$name", ({ given, at, routed }) => {
		expect(route(routing, given, at)).toEqual(routed);
	});

	test("exactly one wins, and it is the first that fits", () => {
		const matches: fc.Arbitrary<RouteMatch> = fc.record(
			{
				condition: fc.subarray([...conditions], { minLength: 1 }),
				severity: fc.subarray([...severities], { minLength: 1 }),
				entity: fc.subarray(["a*", "b*", "*1", "a1"], { minLength: 1 }),
				queue: fc.subarray(["a*", "*2"], { minLength: 1 }),
				site: fc.subarray(["N*", "South"], { minLength: 1 }),
				division: fc.subarray(["*o*", "South"], { minLength: 1 }),
			},
			{ requiredKeys: [] },
		);
		const somewhere = fc.constantFrom("North", "South").map(place);
		const location = fc.record({ site: somewhere, division: somewhere }, { requiredKeys: [] });
		const unplacedFields = { id: fc.constantFrom("a1", "b2"), name: fc.constantFrom("a1", "b2", "c1") };
		const unplaced = fc.record(unplacedFields);
		const drawn = fc.array(fc.record({ match: matches, policy: fc.constantFrom("telephony", "it-operations") }), { maxLength: 6 });
		const given = fc.record({
			condition: fc.constantFrom(...conditions),
			severity: fc.constantFrom(...severities),
			entities: fc.array(fc.oneof(unplaced, fc.record({ ...unplacedFields, location })), { minLength: 1, maxLength: 3 }),
		});
		fc.assert(
			fc.property(drawn, given, (before, about) => {
				const all: readonly Route[] = [...before, { policy: "default" }];
				const routed = route({ policies, routes: all }, about, inHours);
				const fitting = all.flatMap((each, index) => (fitsMatch(each.match, about) ? [index + 1] : []));
				expect(routed.route).toBe(fitting[0]);
				expect(routed.policy).toBe(all[routed.route - 1]?.policy);
				expect(routed.severity).toBe(about.severity);
			}),
		);
	});
});

describe("an incident", () => {
	test("counts as its route says, by the severity that it had before", () => {
		const routed = routeIncident(routing, incident(), inHours);
		expect(routed).toMatchObject({ policy: "telephony", severity: "critical", routed: { route: 2, severity: "critical" } });
		expect(routeIncident(routing, routed, atNight)).toMatchObject({ policy: "default", severity: "high", routed: { route: 5 } });
	});

	test("that is routed elsewhere begins with the first tier, and its pages keep the name of the policy that sent them", () => {
		const before = incident({ policy: "telephony", tier: 2, pages: [page(), page({ tier: 2, policy: "it-operations" })] });
		const { tier, pages } = routeIncident(routing, before, atNight);
		expect([tier, pages.map((each) => each.policy)]).toEqual([1, ["telephony", "it-operations"]]);
	});

	test("that comes back to a policy has its pages as its own again", () => {
		const before = incident({ policy: "default", pages: [page({ policy: "telephony" }), page()] });
		expect(routeIncident(routing, before, inHours).pages.map((each) => each.policy)).toEqual([undefined, "default"]);
	});

	test("that keeps its policy keeps its tier and its pages", () => {
		const before = incident({ policy: "telephony", tier: 2, pages: [page()] });
		expect(routeIncident(routing, before, inHours)).toMatchObject({ tier: 2, pages: [page()] });
	});

	test("of a group is routed by all that still fail", () => {
		const member = (name: string, endedAt?: number) => ({
			id: name,
			name,
			since: seconds(0),
			...(endedAt === undefined ? {} : { endedAt }),
		});
		const members = { joined: 2, failing: 1, lastJoinedAt: seconds(0), announced: "1 of 2" };
		const group = incident({ members: { ...members, listed: [member("Frankfurt-1"), member("Berlin-1", seconds(9))] } });
		expect(routeIncident(routing, group, inHours).policy).toBe("telephony");
		const mixed = incident({ members: { ...members, listed: [member("Frankfurt-1"), member("Berlin-1")] } });
		expect(routeIncident(routing, mixed, inHours).policy).toBe("default");
	});

	test("has the settings of one policy and one route as before", () => {
		expect(routeIncident(settings, incident(), inHours)).toMatchObject({ policy: "default", severity: "high" });
	});
});

test.each([
	{ name: "launcher", policy: "telephony", words: "by client" },
	{ name: "responder.expiry", policy: "telephony", words: "by client, and its coming end too" },
	{ name: "pagerduty-primary", policy: "it-operations", words: "by vendor" },
	{ name: "pagerduty-secondary", policy: "it-operations", words: "by vendor, whichever of its credentials" },
	{ name: "twilio", policy: "default", words: "by none" },
])("the failure of $name has a policy of its own $words", ({ name, policy: wanted }) => {
	const own: readonly Route[] = [
		{ match: { condition: ["credentials-failing"], entity: ["detector*", "launcher*", "responder*"] }, policy: "telephony" },
		{ match: { condition: ["credentials-failing"], entity: ["pagerduty-*"] }, policy: "it-operations" },
		{ policy: "default" },
	];
	const { entity, severity } = credentialReading({ name, signal: "open", reason: "refused" }, 2, inHours);
	const failing = facts({ condition: "credentials-failing", severity: severity ?? "critical", entities: [entity] });
	expect(route({ policies, hours, routes: own }, failing, inHours).policy).toBe(wanted);
});
