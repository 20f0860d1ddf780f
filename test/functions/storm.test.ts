import { describe, expect, test } from "vitest";
import { busStorm } from "./busStorm.ts";
import { storming } from "./storm.ts";

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);
const isGroup = ({ entityId }: { readonly entityId: string }): boolean => entityId === "group";

describe("500 failures told by webhooks, 50 at once", () => {
	test.each([1, 2])(
		"are one page of a crowd, beside those that came before it was one (seed %i)",
		async (seed) => {
			const { send, incidents, pages, writes, lost } = storming(seed);
			expect(await send(numbers(500))).toEqual(numbers(500).map(() => "taken"));
			// They did meet: without that the test would prove nothing.
			expect(lost.races).toBeGreaterThan(500);
			const [group, ...others] = incidents().filter(isGroup);
			const members = incidents().filter((incident) => !isGroup(incident));
			const alone = members.filter(({ memberOf }) => memberOf === undefined);
			expect([others, members.length]).toEqual([[], 500]);
			expect(alone.length).toBeLessThanOrEqual(5);
			expect(members.filter(({ memberOf }) => memberOf?.key === group?.key)).toHaveLength(500 - alone.length);
			expect(pages()).toHaveLength(alone.length + 1);
			// Whoever comes to a crowd does not count on.
			expect(writes("openings:")).toBeLessThanOrEqual(6);
			expect(writes()).toBeLessThanOrEqual(4 * 500);
		},
		30_000,
	);

	test("are taken once, however often the same requests come: 10,000 of them write nothing", async () => {
		const { send, pages, writes } = storming(3);
		await send(numbers(500), 0);
		const [written, paged] = [writes(), pages().length];
		const again = await send(
			numbers(20).flatMap(() => numbers(500)),
			0,
		);
		expect(new Set(again)).toEqual(new Set(["already-taken"]));
		expect([again.length, writes(), pages().length]).toEqual([10_000, written, paged]);
		expect(written / (again.length + 500)).toBeLessThan(1);
	}, 60_000);
});

describe("100 failures told by the bus", () => {
	test("cost four writes each and nothing more when they are told 100 times again, and the polls no more than without that", async () => {
		const { poll, tell, writes, leftOut, opened, pages } = await busStorm(100);
		const before = writes();
		expect(await tell(1)).toBe(0);
		const news = writes() - before;
		expect(news).toBeLessThanOrEqual(4 * 100 + 10);
		const paged = pages().length;
		expect(await tell(100)).toBe(0);
		expect([writes() - before, leftOut().length, pages().length]).toEqual([news, 10_000, paged]);
		expect(opened().filter((key) => key !== "inc:1:dev:trunk-down:group")).toHaveLength(100);
		const once = await busStorm(100);
		await once.tell(1);
		expect(await poll("failing")).toBe(await once.poll("failing"));
	}, 60_000);
});
