import type { Happens, Scenario } from "./scenario.ts";

const numbered = (name: string, from: number, to: number): readonly string[] =>
	Array.from({ length: to - from + 1 }, (_, index) => `${name}-${from + index}`);

/** What happens several times, each time by itself; of numbered trunks to all of them at once. */
function repeated(each: Happens): readonly Happens[] {
	if (!("rounds" in each) || each.rounds === undefined) return [each];
	const { rounds, every = 0, ...rest } = each;
	return Array.from({ length: rounds }, (_, index) => ({ ...rest, at: each.at + index * every }));
}

/** The scenario with every numbered trunk, and what happens to each, by its own name; what happens several times is spelled out as well. */
export function spelledOut(scenario: Scenario): Scenario {
	const trunks = scenario.trunks.flatMap(({ times, ...trunk }) =>
		times === undefined ? [trunk] : numbered(trunk.name, 1, times).map((name) => ({ ...trunk, name })),
	);
	const happens = scenario.happens.flatMap(repeated).flatMap((each): readonly Happens[] => {
		if (!("numbers" in each) || each.numbers === undefined) return [each];
		const { numbers, every = 0, ...rest } = each;
		return numbered(each.trunk, ...numbers).map((trunk, index) => ({ ...rest, trunk, at: each.at + index * every }));
	});
	return { ...scenario, trunks, happens };
}
