import { describe, expect, test } from "vitest";
import { whyDispatch } from "../../../../functions/pipeline/dispatch/rules.ts";
import { nextStep, staleTier, whyTakeOver } from "../../../../functions/pipeline/escalate/rules.ts";
import { type Incident, severities, watchedConditions } from "../../../../functions/pipeline/model/incident.ts";
import { intend } from "../../../../functions/pipeline/page/rules.ts";
import type { RouteFacts } from "../../../../functions/pipeline/route/rules.ts";
import type { RouteMatch } from "../../../../functions/pipeline/route/settings.ts";
import {
	afterSilence,
	nextSilenceStep,
	type Silence,
	silencesEverything,
	whySilent,
	withLateSilence,
} from "../../../../functions/pipeline/silence/rules.ts";
import { incident, page, policy, seconds, settings } from "../fixtures.ts";

const silence = (change: Partial<Silence> = {}): Silence => ({
	name: "works",
	why: "works",
	who: "Ada",
	match: { condition: ["trunk-down"] },
	until: seconds(600),
	...change,
});
const facts = (change: Partial<RouteFacts> = {}): RouteFacts => ({
	condition: "trunk-down",
	severity: "high",
	entities: [{ id: "base-1", name: "Frankfurt-1" }],
	...change,
});
const silenced = { name: "works", why: "works", who: "Ada", since: seconds(0), until: seconds(600) };

describe("what is silent", () => {
	test.each<{ name: string; match: RouteMatch; of: Partial<RouteFacts>; silent: boolean }>([
		{ name: "what fits", match: { entity: ["Frankfurt-*"] }, of: {}, silent: true },
		{ name: "not what one matcher does not fit", match: { condition: ["trunk-down"], entity: ["Berlin-*"] }, of: {}, silent: false },
		{
			name: "a group where each of its failures fits",
			match: { entity: ["F*"] },
			of: {
				entities: [
					{ id: "a", name: "F1" },
					{ id: "b", name: "B1" },
				],
			},
			silent: false,
		},
		{
			name: "not ourselves by severity",
			match: { severity: ["critical"] },
			of: { condition: "detector-silent", severity: "critical" },
			silent: false,
		},
		{
			name: "not ourselves by entity",
			match: { entity: ["twilio"] },
			of: { condition: "credentials-failing", entities: [{ id: "twilio", name: "twilio" }] },
			silent: false,
		},
		{
			name: "ourselves by the condition's name",
			match: { condition: ["credentials-failing"], entity: ["twilio"] },
			of: { condition: "credentials-failing", entities: [{ id: "twilio", name: "twilio" }] },
			silent: true,
		},
	])("$name", ({ match, of, silent }) => {
		expect(whySilent(facts(of), { inEffect: [silence({ match })] })?.name).toBe(silent ? "works" : undefined);
	});

	test("of several that fit, the one that lasts longest says until when", () => {
		const inEffect = [
			silence(),
			silence({ name: "longer", until: seconds(900) }),
			silence({ name: "other", match: { entity: ["x"] }, until: seconds(9000) }),
		];
		expect(whySilent(facts(), { inEffect })?.name).toBe("longer");
	});

	test.each<{ match: RouteMatch; everything: boolean }>([
		{ match: {}, everything: true },
		{ match: { entity: ["*"] }, everything: true },
		{ match: { entity: ["Frankfurt", "**"], severity: severities }, everything: true },
		{ match: { condition: [...watchedConditions], site: ["*"] }, everything: true },
		{ match: { condition: [...watchedConditions, "credentials-failing"] }, everything: true },
		{ match: { condition: ["trunk-down"] }, everything: false },
		{ match: { severity: ["low"] }, everything: false },
		{ match: { queue: ["*"] }, everything: false },
		{ match: { entity: ["*-1"] }, everything: false },
	])("$match silences everything: $everything", ({ match, everything }) => {
		expect(silencesEverything(match, watchedConditions, severities)).toBe(everything);
	});
});

describe("what becomes of a silence at a tick", () => {
	test.each<{ name: string; of: Partial<Incident>; inEffect?: readonly Silence[]; isPartial?: true; at?: number; step: string }>([
		{ name: "nothing where there is none", of: {}, inEffect: [], step: "nothing not-silenced" },
		{ name: "it begins for what nobody was told of", of: {}, step: "begin silenced" },
		{ name: "not for what was paged", of: { pages: [page()] }, step: "nothing told" },
		{ name: "not for what is asked anew", of: { round: 2 }, step: "nothing told" },
		{ name: "not for what only informs told", of: { notices: [] }, step: "nothing told" },
		{ name: "not for a member of a group", of: { memberOf: { key: "g", occurrence: 1 } }, step: "nothing not-open" },
		{ name: "it goes on", of: { silenced }, step: "nothing unchanged" },
		{ name: "it is longer", of: { silenced }, inEffect: [silence({ until: seconds(900) })], step: "follow silenced" },
		{ name: "another one follows it", of: { silenced }, inEffect: [silence({ name: "next" })], step: "follow silenced" },
		{ name: "it is over", of: { silenced }, inEffect: [], at: 600, step: "end over" },
		{ name: "it was ended by hand", of: { silenced }, inEffect: [], step: "end ended-early" },
		{ name: "nobody could ask: it goes on", of: { silenced }, inEffect: [], isPartial: true, step: "nothing unchanged" },
		{ name: "nobody could ask, and no longer than was known", of: { silenced }, inEffect: [], isPartial: true, at: 600, step: "end over" },
		{ name: "it ended in silence", of: { silenced, state: "recovered" }, inEffect: [], at: 600, step: "nothing not-open" },
	])("$name", ({ of, inEffect = [silence()], isPartial, at = 300, step }) => {
		const { do: what, reason } = nextSilenceStep(incident(of), { inEffect, ...(isPartial ? { isPartial } : {}) }, seconds(at));
		expect(`${what} ${reason}`).toBe(step);
	});
});

describe("a silent incident", () => {
	const silent = incident({ silenced });
	const place = { tier: 1, channel: policy.tiers[0]?.channels[0] ?? { kind: "sms", name: "sms", to: "+15555550101" } } as const;

	test("is paged by nobody, launched by nobody, and never stale", () => {
		expect(intend(silent, place, "dispatcher", seconds(60))).toMatchObject({ granted: false, reason: "silenced" });
		expect(whyDispatch(silent, { incidentKey: silent.key, occurrence: 1 })).toBe("silenced");
		expect(nextStep(silent, policy, seconds(60))).toEqual({ do: "wait", reason: "silenced" });
		expect(staleTier(silent, policy, seconds(5000))).toBeUndefined();
	});

	test("has its patience and its age from the end of the silence on", () => {
		const told = afterSilence(silent, seconds(3000));
		expect(told).not.toHaveProperty("silenced");
		expect(whyTakeOver(told, undefined, policy, settings.limits, seconds(3059))).toBe("not-yet");
		expect(whyTakeOver(told, undefined, policy, settings.limits, seconds(3060))).toBe("not-launched");
		expect(staleTier(told, policy, seconds(3000 + policy.staleSeconds) - 1)).toBeUndefined();
		expect(staleTier(told, policy, seconds(3000 + policy.staleSeconds))).toBe(2);
	});

	test("that was launched before is taken from its workflow; one that was not waits for a launch", () => {
		const launched = withLateSilence(incident({ launch: { id: "l", at: seconds(0) } }), silence(), seconds(60));
		expect(launched.takenOver).toEqual({ at: seconds(60), reason: "silenced" });
		expect(withLateSilence(incident(), silence(), seconds(60))).not.toHaveProperty("takenOver");
	});
});
