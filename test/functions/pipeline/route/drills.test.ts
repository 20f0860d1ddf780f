import { describe, expect, it } from "vitest";
import { usualDrills } from "../../../../functions/pipeline/drill/settings.ts";
import { isOverseersAlone } from "../../../../functions/pipeline/route/policy.ts";
import { routeIncident } from "../../../../functions/pipeline/route/rules.ts";
import type { RuntimeSettings } from "../../../../functions/pipeline/settings.ts";
import { incident, policy, reading, seconds, settings } from "../fixtures.ts";

const three: RuntimeSettings = {
	...settings,
	policies: { telephony: policy, night: policy, it: policy },
	routes: [{ match: { severity: ["high"] }, policy: "night", severity: "critical" }, { policy: "telephony" }],
};
const of = (condition: "drill" | "drill-failed", entityId: string) =>
	incident({ condition, entityId, entityName: entityId, reading: reading({ condition, severity: "high", source: "drill" }) });
const routed = (condition: "drill" | "drill-failed", name: string, change: Partial<RuntimeSettings> = {}) =>
	routeIncident({ ...three, ...change }, of(condition, name), seconds(0));

describe("who is paged for a drill", () => {
	it("the policy that it is of, whatever the routes say, and as what it is", () => {
		expect(routed("drill", "it")).toMatchObject({ policy: "it", severity: "high", routed: { words: "a drill of it" } });
		expect(routed("drill", "gone")).toMatchObject({ policy: "night" });
	});

	it.each([
		{ name: "whom the routes say", drilled: "it", change: {}, by: "night" },
		{ name: "the default, where the routes say the very policy that failed", drilled: "night", change: {}, by: "telephony" },
		{
			name: "the one that the settings name",
			drilled: "it",
			change: { drills: { ...usualDrills, failedPolicy: "telephony" } },
			by: "telephony",
		},
		{
			name: "another one, where they name the one that failed",
			drilled: "it",
			change: { drills: { ...usualDrills, failedPolicy: "it" } },
			by: "night",
		},
		{ name: "any other one", drilled: "telephony", change: { routes: [{ policy: "telephony" }] }, by: "night" },
		{
			name: "itself where there is no other",
			drilled: "telephony",
			change: { policies: { telephony: policy }, routes: [{ policy: "telephony" }] },
			by: "telephony",
		},
	])("of one that failed: $name", ({ drilled, change, by }) => {
		expect(routed("drill-failed", drilled, change)).toMatchObject({ policy: by });
	});

	it.each([
		{ source: "drill", policy: "telephony", alone: false },
		{ source: "drill", policy: "it", alone: true },
		{ source: "overseer", policy: "telephony", alone: true },
		{ source: "poller", policy: "telephony", alone: false },
	] as const)("$source by $policy: the overseer alone: $alone", ({ source, policy: name, alone }) => {
		expect(isOverseersAlone(three, { policy: name, reading: reading({ source }) })).toBe(alone);
	});
});
