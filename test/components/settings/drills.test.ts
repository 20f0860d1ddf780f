import { describe, expect, it } from "vitest";
import { readSettings } from "../../../components/settings/settings.ts";
import { warningsOf } from "../../../components/settings/warnings.ts";
import { usualDrills } from "../../../functions/pipeline/drill/settings.ts";
import { runtimeSettings } from "../../../functions/schemas/runtimeSettings.ts";
import { settingsOf } from "../stacks.ts";
import { type Given, prefix, problems, source } from "./givenSettings.ts";

const monday = { policy: "telephony", days: ["monday"], at: "10:00", zone: "Europe/Berlin" };
const drilled = (drills: unknown): Given => ({ plain: { ...settingsOf("dev"), drills } });

describe("drills", () => {
	it("travel to the functions, what is left out as usual", () => {
		const { runtime } = readSettings(source(drilled({ schedule: [monday] })));
		expect(runtime.drills).toEqual({ ...usualDrills, schedule: [monday] });
		expect(runtimeSettings.parse(runtime)).toEqual(runtime);
	});

	it("are by hand only where a stack says nothing", () => {
		expect(readSettings(source({ plain: settingsOf("dev") })).runtime).not.toHaveProperty("drills");
	});

	it.each([
		{
			name: "a policy that is none",
			drills: { schedule: [{ ...monday, policy: "telephone" }] },
			path: "schedule[0].policy",
			expected: /telephony/,
		},
		{ name: "nobody to tell", drills: { failedPolicy: "nobody" }, path: "failedPolicy", expected: /a name of policies \(allowed: / },
		{ name: "one drill twice", drills: { schedule: [monday, monday] }, path: "schedule[1]", expected: /another time or policy/ },
		{
			name: "a day that nobody knows",
			drills: { schedule: [{ ...monday, days: ["mon"] }] },
			path: "schedule[0].days[0]",
			expected: /monday/,
		},
		{ name: "no day", drills: { schedule: [{ ...monday, days: [] }] }, path: "schedule[0].days", expected: /at least one of monday/ },
		{ name: "no time of day", drills: { schedule: [{ ...monday, at: "24:00" }] }, path: "schedule[0].at", expected: /"23:59"/ },
		{ name: "a zone that nobody knows", drills: { schedule: [{ ...monday, zone: "Berlin" }] }, path: "schedule[0].zone", expected: /IANA/ },
		{ name: "a key that nobody knows", drills: { every: 1 }, path: "every", expected: /schedule/ },
		{ name: "a proof in no time", drills: { provenWithinSeconds: 1 }, path: "provenWithinSeconds", expected: /from 120 to 3600/ },
		{
			name: "more than anybody answers",
			drills: { schedule: Array.from({ length: 21 }, (_, index) => ({ ...monday, at: `10:${10 + index}` })) },
			path: "schedule",
			expected: /at most 20 drills/,
		},
	])("refuse $name", ({ drills, path, expected }) => {
		const found = problems(drilled(drills));
		expect(found).toHaveLength(1);
		expect(found[0]).toMatchObject({ path: `${prefix}drills.${path}`, expected: expect.stringMatching(expected) });
	});

	it("a drill is not what a route or a window is about", () => {
		const routes = [{ match: { condition: "drill" }, policy: "telephony" }, { policy: "telephony" }];
		expect(problems({ plain: { ...settingsOf("dev"), routes } })[0]?.path).toBe(`${prefix}routes[0].match.condition`);
	});

	it("warn of drills that show less than they seem to", () => {
		const { runtime } = readSettings(source(drilled({ provenWithinSeconds: 120, schedule: [monday] })));
		const { telephony } = runtime.policies;
		if (telephony === undefined) throw new Error("Expected the policy telephony, got none");
		const own = (warnings: readonly string[]) => warnings.filter((warning) => warning.startsWith(`${prefix}drills`));
		expect(own(warningsOf(runtime, 0))).toEqual([]);
		expect(own(warningsOf({ ...runtime, policies: { telephony } }, 0))).toEqual([expect.stringContaining("the very way that failed")]);
		const slow = { ...runtime.policies, telephony: { ...telephony, proofSeconds: 120 } };
		expect(own(warningsOf({ ...runtime, policies: slow }, 0))).toEqual([expect.stringContaining("expected more than 120, got 120")]);
	});
});
