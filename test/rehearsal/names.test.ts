import { describe, expect, test } from "vitest";
import { dedupKey, maximumKeyLength } from "../../functions/pipeline/model/keys.ts";
import { readStackFile } from "../../rehearsal/scenario/stackFile.ts";
import { createOfflineWorld } from "../../rehearsal/world/offlineWorld.ts";

describe("the ids of a scenario's trunks", () => {
	test("look like their names where these are short and Latin, fit into every key, and differ where the names do", async () => {
		const long = "Trunk of the contact centre in Frankfurt am Main, rack 4";
		const names = ["Frankfurt-1", "frankfurt 1", "FRANKFURT 1", `${long} left`, `${long} right`, "東京", "大阪", "x".repeat(256)];
		const trunks = names.map((name) => ({ name, edges: 1 }));
		const { trunkIds } = await createOfflineWorld({ file: readStackFile("dev"), seed: 1, trunks });
		expect([...trunkIds.values()]).toEqual([
			"trunk-base-frankfurt-1",
			"trunk-base-frankfurt-1-2",
			"trunk-base-frankfurt-1-3",
			"trunk-base-trunk-of-the-contact-centre-in-f",
			"trunk-base-trunk-of-the-contact-centre-in-f-2",
			"trunk-base--",
			"trunk-base---2",
			`trunk-base-${"x".repeat(32)}`,
		]);
		const keys = [...trunkIds.values()].map((id) => dedupKey(`inc:1:staging:trunk-degraded:${id}`, 99, 9));
		expect(Math.max(...keys.map((key) => key.length))).toBeLessThanOrEqual(maximumKeyLength);
	});
});
