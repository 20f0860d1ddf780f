import { type Estate, fewestRequests, type PollCost, worldOf } from "../pollAtScale.ts";
import type { Row, Suite } from "../suite.ts";

const small: Estate = { trunkInstances: 100, edges: 4, queues: 10 };
const large: Estate = { trunkInstances: 5000, edges: 200, queues: 500 };
const inWords = ({ trunkInstances, edges, queues }: Estate): string =>
	`${trunkInstances.toLocaleString("en-US")} trunks, ${edges} edges, ${queues} queues`;

/** What a healthy poll of many trunks costs, beside one of few. */
export const poll: Suite = {
	name: "poll",
	title: "A poll of many trunks",
	howToRead:
		"A healthy poll, in virtual time, with 5 ms for a call of the ledger and 150 ms for a request. Reads and writes of the ledger should be near 1 time those of a small estate: quiet entities cost nothing each. Requests should be 1 time the fewest that page and batch sizes allow.",
	measure: async () => {
		const [few, many] = [await costsOf(small), await costsOf(large)];
		const aDay = many.aDayLater;
		return [...rowsOf("", many.now, few.now), ...rowsOf(", 24 h later", aDay, few.aDayLater)];
	},
};

async function costsOf(estate: Estate): Promise<{ readonly now: PollCost; readonly aDayLater: PollCost }> {
	const { settle, poll, pass } = await worldOf(estate);
	await settle();
	const now = await poll();
	await pass(86_400);
	// The first poll of the day asks for a new token.
	await poll();
	return { now, aDayLater: await poll() };
}

function rowsOf(when: string, many: PollCost, few: PollCost): readonly Row[] {
	const fewest = fewestRequests(large);
	const counted = { machine: "any", baseline: inWords(small) } as const;
	const what = (of: string): string => `${of}: ${inWords(large)}${when}`;
	return [
		{ ...counted, what: what("ledger reads"), figure: many.reads, unit: "reads", baselineFigure: few.reads, atMost: 12 },
		{ ...counted, what: what("ledger writes"), figure: many.writes, unit: "writes", baselineFigure: few.writes, atMost: 4 },
		{ ...counted, what: what("virtual time"), figure: many.seconds, unit: "s", baselineFigure: few.seconds, atMost: 25 },
		{
			machine: "any",
			what: what("requests"),
			figure: many.requests,
			unit: "requests",
			baseline: "the fewest that pages of 100 allow",
			baselineFigure: fewest,
			atMost: 1.1 * fewest,
		},
	];
}
