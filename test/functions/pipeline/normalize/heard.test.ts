import { describe, expect, test } from "vitest";
import type { AlertReading } from "../../../../functions/pipeline/normalize/alert.ts";
import { byEntity, type Heard, hear, heardUntil } from "../../../../functions/pipeline/normalize/heard.ts";
import { reading, seconds } from "../fixtures.ts";

type Verdict = AlertReading["reading"]["verdict"];

const logged = (verdict: Verdict, alert?: string, changedAt?: number): AlertReading => ({
	reading: reading({ verdict }),
	changedAt: changedAt === undefined ? undefined : seconds(changedAt),
	alert,
});

/** What each of several requests comes to: the verdict that is taken, or why none is. */
function cameTo(requests: readonly (readonly AlertReading[])[], known: Heard = {}, second = 0): readonly string[] {
	let heard = known;
	return requests.map((request) => {
		const { heard: next, news } = hear(heard, "probe", request, seconds(second));
		heard = next;
		return typeof news === "string" ? news : news.verdict;
	});
}

const hearAt = (second: number, known: Heard | undefined, ...request: readonly AlertReading[]) =>
	hear(known, "probe", request, seconds(second));
const day = 86_400;

describe("several alerts of one entity", () => {
	test.each<{ name: string; requests: readonly (readonly AlertReading[])[]; come: readonly string[] }>([
		{ name: "fires and ends", requests: [[logged("breach", "a")], [logged("clear", "a")]], come: ["breach", "clear"] },
		{
			name: "without names are one",
			requests: [[logged("breach")], [logged("breach")], [logged("clear")]],
			come: ["breach", "breach", "clear"],
		},
		{
			name: "an end counts once none fires",
			requests: [[logged("breach", "a")], [logged("breach", "b")], [logged("clear", "b")], [logged("clear", "a")]],
			come: ["breach", "breach", "another-still-fires", "clear"],
		},
		{ name: "the worst of a request", requests: [[logged("clear", "b"), logged("breach", "a")]], come: ["breach"] },
		{ name: "the worst of a request, whatever the order", requests: [[logged("breach", "a"), logged("clear", "a")]], come: ["breach"] },
		{
			name: "the same again comes to the same",
			requests: [[logged("breach", "a"), logged("clear", "b")], [logged("breach", "a"), logged("clear", "b")], [logged("clear", "a")]],
			come: ["breach", "breach", "clear"],
		},
		{
			name: "without data nobody knows that it is over",
			requests: [[logged("breach", "a")], [logged("no-data", "a")], [logged("clear", "b")], [logged("clear", "a")]],
			come: ["breach", "no-data", "another-still-fires", "clear"],
		},
		{
			name: "what never fired keeps no end back",
			requests: [[logged("no-data", "a")], [logged("clear", "b")]],
			come: ["no-data", "clear"],
		},
		{
			name: "an alert that its system has overtaken is left out",
			requests: [[logged("clear", "a", -10)], [logged("breach", "a", -20)], [logged("breach", "a", -10)]],
			come: ["clear", "older-than-known", "breach"],
		},
		{
			name: "of one alert the newest of a request",
			requests: [
				[logged("breach", "a", 10), logged("clear", "a", 20)],
				[logged("breach", "a", 15)],
				[logged("clear", "a", 30), logged("clear", "a", 40)],
				[logged("breach", "a", 35)],
			],
			come: ["clear", "older-than-known", "clear", "older-than-known"],
		},
		{
			name: "another alert overtakes nothing",
			requests: [[logged("clear", "b", -10)], [logged("breach", "a", -20)], [logged("clear", "b", -10)]],
			come: ["clear", "breach", "another-still-fires"],
		},
	])("$name: $come", ({ requests, come }) => {
		expect(cameTo(requests)).toEqual(come);
	});

	test("of one name in two formats are two", () => {
		const { heard } = hear(undefined, "alertmanager", [logged("breach", "a")], seconds(0));
		expect(cameTo([[logged("clear", "a")]], heard)).toEqual(["another-still-fires"]);
	});
});

describe("what is remembered", () => {
	test("is an order for a day, and that an alert fires for a week since it was last told", () => {
		const { heard: order } = hearAt(0, undefined, logged("clear", "a", 0));
		expect([day - 1, day].map((second) => cameTo([[logged("breach", "a", -1)]], order, second))).toEqual([
			["older-than-known"],
			["breach"],
		]);
		const { heard: fires } = hearAt(0, undefined, logged("breach", "a"));
		expect([7 * day - 1, 7 * day].map((second) => cameTo([[logged("clear", "b")]], fires, second))).toEqual([
			["another-still-fires"],
			["clear"],
		]);
		expect([order, fires].map(heardUntil)).toEqual([seconds(day), seconds(7 * day)]);
		expect(heardUntil({})).toBe(0);
	});

	test("is of a hundred alerts, the latest, and of each no more than its name can be long", () => {
		let heard: Heard | undefined;
		for (let index = 0; index < 120; index += 1) heard = hearAt(index, heard, logged("breach", `${index} ${"x".repeat(400)}`)).heard;
		const names = Object.keys(heard ?? {});
		expect(names).toHaveLength(100);
		expect(names.map((name) => name.length)).toEqual(names.map(() => 256));
		expect(names.map((name) => Number(name.split(" ")[1])).toSorted((one, other) => one - other)[0]).toBe(20);
	});
});

test("a request is split by entity and condition, in its order", () => {
	const of = (id: string): AlertReading => ({ ...logged("breach"), reading: reading({ entity: { id, name: id } }) });
	const split = byEntity([of("b"), of("a"), of("b")]);
	expect(split.map(({ entity, alerts }) => [entity.id, alerts.length])).toEqual([
		["b", 2],
		["a", 1],
	]);
});
