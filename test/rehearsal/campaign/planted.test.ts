import { describe, expect, test } from "vitest";
import { draw } from "../../../rehearsal/campaign/draw.ts";
import { createPlayer } from "../../../rehearsal/campaign/playSeed.ts";
import { type PlantName, plants } from "./plants.ts";

/** A seed under 2,000 that finds each planted fault, and the invariant that it breaks. */
const found: Readonly<Record<PlantName, { readonly seed: number; readonly invariant: string }>> = {
	"the overseer starves incidents": { seed: 163, invariant: "answer-seen" },
	"the poller reports itself healthy before it has judged": { seed: 44, invariant: "confirmed" },
	"reading back stops paging": { seed: 2, invariant: "closed" },
	"a webhook loses its alert with 202": { seed: 3, invariant: "kept" },
	"one occurrence overwrites the next": { seed: 122, invariant: "kept" },
	"a lost race is taken for a spent budget": { seed: 1, invariant: "paged-at-once" },
	"a large number opens no incident": { seed: 44, invariant: "confirmed" },
	"an error is taken for surely not sent": { seed: 582, invariant: "end-told" },
	"a budget drops the last resort": { seed: 2, invariant: "end-told" },
	"an acknowledgement is not seen": { seed: 24, invariant: "answer-seen" },
	"each send has a key of its own": { seed: 20, invariant: "one-incident" },
	"a secret is told": { seed: 25, invariant: "no-secret" },
	"nobody is asked anew": { seed: 239, invariant: "asked-again" },
	"a relapse is taken for the old failure": { seed: 536, invariant: "relapse-told" },
	"an end that was not taken is forgotten": { seed: 239, invariant: "owed-until-told" },
	"a refused key is taken for good": { seed: 24, invariant: "credentials-watched" },
	"a forged webhook is believed": { seed: 106, invariant: "nobody-else-answers" },
	"what was ended by hand is never told again": { seed: 26, invariant: "asked-again" },
	"a silence has no end": { seed: 1500, invariant: "paged-at-once" },
	"nobody asks what is silent": { seed: 88, invariant: "silence-kept" },
};

describe("the campaign sees: each planted fault is found within 2,000 seeds", () => {
	const plain = createPlayer();

	test("there are twenty", () => {
		expect(Object.keys(found)).toHaveLength(20);
		expect(Math.max(...Object.values(found).map(({ seed }) => seed))).toBeLessThan(2000);
	});

	test.each(Object.entries(plants))("%s", async (name, plant) => {
		const { seed, invariant } = found[name as PlantName];
		const { broken } = await createPlayer(plant)(seed, draw(seed));
		expect(broken.map((each) => each.invariant)).toContain(invariant);
	});

	test.each([...new Set(Object.values(found).map(({ seed }) => seed))])("without a planted fault seed %i is clean", async (seed) => {
		expect((await plain(seed, draw(seed))).broken).toEqual([]);
	});
});
