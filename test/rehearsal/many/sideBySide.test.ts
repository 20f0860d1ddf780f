import { expect, test } from "vitest";
import { createPlayer, type OneOfMany } from "../../../rehearsal/many/oneOfMany.ts";
import { sideBySide } from "../../../rehearsal/many/sideBySide.ts";
import { readScenario } from "../../../rehearsal/scenario/read.ts";

const refusing = {
	...readScenario("trunk-outage"),
	name: "refusing",
	settings: { policies: { telephony: { acknowledgeSeconds: "soon" } } },
};

test("what is played on several threads comes in its order, and is what one thread makes of it", async () => {
	const many = [readScenario("trunk-deleted"), refusing].map((scenario): OneOfMany => ({ scenario, stack: "dev", seed: 3, json: true }));
	const came: unknown[] = [];
	for await (const each of sideBySide(many, 2)) came.push(each);
	const player = createPlayer();
	const expected: unknown[] = [];
	for (const one of many) expected.push(await player(one));
	expect(came).toEqual(expected);
	expect(expected[1]).toEqual({ refused: expect.stringContaining("acknowledgeSeconds") });
});
