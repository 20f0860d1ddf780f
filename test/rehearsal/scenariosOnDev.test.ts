import { expect, test } from "vitest";
import { scenarioNames } from "../../rehearsal/scenario/read.ts";
import { readStackFile } from "../../rehearsal/scenario/stackFile.ts";
import { createOfflineWorld } from "../../rehearsal/world/offlineWorld.ts";
import { declaredPermissions, playShipped } from "./shippedScenarios.ts";

test("every shipped scenario passes on dev, where calls take no time, and together they use every declared permission", async () => {
	const { played, unmet, unused } = await playShipped("dev", "off", () => true);
	expect(unmet).toEqual([]);
	expect(unused).toEqual([]);
	expect(played).toEqual(scenarioNames());
});

test("prod declares the permissions that dev declares, and no other", async () => {
	const permissionsOf = async (stack: string): Promise<readonly string[]> => {
		const world = await createOfflineWorld({ file: readStackFile(stack), seed: 7, trunks: [{ name: "T", edges: 2 }] });
		// A secret's address ends in digits of its own.
		return declaredPermissions(world).map((each) => each.replaceAll(`runbooks-${stack}`, "runbooks").replace(/-[0-9a-f]{6}$/, ""));
	};
	const dev = await permissionsOf("dev");
	expect(await permissionsOf("prod")).toEqual(dev);
	expect(dev.length).toBeGreaterThan(40);
});
