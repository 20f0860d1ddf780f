import { expect, it } from "vitest";
import { settingsFile } from "../../../components/functions/settingsFile.ts";
import { parseSettings } from "../../../functions/edges/environment.ts";
import { exampleSettings } from "../../functions/edges/runtimeSettings.ts";

it("holds the settings as a function reads them", () => {
	expect(parseSettings(settingsFile(exampleSettings()))).toEqual(exampleSettings());
});

it("is not made of settings with faults: all of them are told, with their paths", () => {
	const settings = exampleSettings();
	const broken = { ...settings, environment: "a:b", limits: { ...settings.limits, genesysShare: 2 }, extra: 1 };
	for (const problem of [/environment: expected letters, digits/, /limits\.genesysShare: expected a share above 0 and at most 1/, /extra/])
		expect(() => settingsFile(broken)).toThrow(problem);
});
