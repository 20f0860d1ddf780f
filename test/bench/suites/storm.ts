import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { busStorm } from "../../functions/busStorm.ts";
import { storming } from "../../functions/storm.ts";
import type { Row, Suite } from "../suite.ts";

const distinct = 500;
const times = 20;
const all = distinct + distinct * times;
const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);
const counted = { machine: "any", unit: "writes", baseline: "one write an event", baselineFigure: all, atMost: all } as const;
const what = (of: string): string => `${of}: ${distinct} failures, each told ${times} times more`;

/** What a storm of news costs, most of which says nothing new. */
export const storm: Suite = {
	name: "storm",
	title: "A storm of events",
	howToRead:
		"500 failures at once, and 10,000 events that say nothing new, by webhook (50 functions at once, in virtual time) and by the bus. Writes of the ledger should be far below one an event: a failure costs about four, a repeat none. Memory should be near 1 time that before the repeats, and the next poll 1 time that after the failures alone.",
	measure: async () => [...(await webhooks()), ...(await bus())],
};

async function webhooks(): Promise<readonly Row[]> {
	const { send, writes } = storming(1);
	await send(numbers(distinct), 0);
	const before = heapMegabytes();
	for (let turn = 0; turn < times; turn += 1) await send(numbers(distinct), 0);
	const after = heapMegabytes();
	return [
		{ ...counted, what: what("webhooks, writes"), figure: writes() },
		{
			machine: "this",
			what: what("webhooks, memory after the repeats"),
			figure: after,
			unit: "MB",
			baseline: "before them",
			baselineFigure: before,
			atMost: 1.25 * before,
		},
	];
}

async function bus(): Promise<readonly Row[]> {
	const { poll, tell, writes } = await busStorm(distinct);
	const once = await busStorm(distinct);
	await once.tell(1);
	const usual = await timed(() => once.poll("failing"));
	const before = writes();
	for (let turn = 0; turn <= times; turn += 1) await tell(1);
	const written = writes() - before;
	const next = await timed(() => poll("failing"));
	const baseline = "after each was told once";
	return [
		{ ...counted, what: what("bus, writes"), figure: written },
		{
			machine: "any",
			what: what("writes of the next poll"),
			figure: next.value,
			unit: "writes",
			baseline,
			baselineFigure: usual.value,
			atMost: usual.value,
		},
		{
			machine: "this",
			what: what("time of the next poll"),
			figure: next.milliseconds,
			unit: "ms",
			baseline,
			baselineFigure: usual.milliseconds,
		},
	];
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly value: T; readonly milliseconds: number }> {
	const began = performance.now();
	const value = await work();
	return { value, milliseconds: performance.now() - began };
}

/** What is really held: after a collection. */
function heapMegabytes(): number {
	setFlagsFromString("--expose-gc");
	runInNewContext("gc")();
	return process.memoryUsage().heapUsed / 1e6;
}
