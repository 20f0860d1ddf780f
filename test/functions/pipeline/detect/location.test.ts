import { describe, expect, test } from "vitest";
import { trunkLocations } from "../../../../functions/pipeline/detect/location.ts";
import { edge } from "../../../conditions/observing.ts";
import { trunk } from "../fixtures.ts";

const [berlin, munich, home, care] = ["Berlin", "Munich", "Home", "Care"].map((name) => ({ id: name.toLowerCase(), name }));
if (berlin === undefined || munich === undefined || home === undefined || care === undefined) throw new Error("expected four places");

const edges = [edge({ id: "b1", site: berlin }), edge({ id: "b2", site: berlin }), edge({ id: "m1", site: munich }), edge({ id: "lost" })];
const on = (id: string, division = home) => trunk({ edge: { id, name: id }, division });

describe("where a trunk is", () => {
	test.each([
		{ name: "one edge", group: [on("b1")], expected: { site: berlin, division: home } },
		{ name: "two edges of one site", group: [on("b1"), on("b2")], expected: { site: berlin, division: home } },
		{ name: "edges of two sites", group: [on("b1"), on("m1")], expected: { division: home } },
		{ name: "an edge without a site", group: [on("b1"), on("lost")], expected: { division: home } },
		{ name: "an edge that is not listed", group: [on("unknown"), on("b1")], expected: { division: home } },
		{ name: "two divisions", group: [on("b1"), on("b2", care)], expected: { site: berlin } },
	])("$name", ({ group, expected }) => {
		expect(trunkLocations({ edges })(group)).toEqual({ location: expected });
	});

	test("edges that were not read leave the division", () => {
		expect(trunkLocations({})([on("b1")])).toEqual({ location: { division: home } });
	});

	test("nothing known is nothing said", () => {
		const { edge: _edge, division: _division, ...bare } = on("b1");
		expect(trunkLocations({ edges })([bare])).toEqual({});
	});
});
