import { expect, test } from "vitest";
import { playShipped } from "./shippedScenarios.ts";

// What lays its own settings over the stack's hardly plays this stack. By night: `npm run rehearse -- --all --stack prod --latency normal`.
test("every scenario that plays the stack's own settings passes on prod, where calls take time", async () => {
	const { played, unmet } = await playShipped("prod", "normal", ({ settings }) => settings === undefined);
	expect(unmet).toEqual([]);
	expect(played.length).toBeGreaterThan(35);
});
