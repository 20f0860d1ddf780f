import type { Models } from "purecloud-platform-client-v2";
import { sideBySide } from "../../pipeline/limits/sideBySide.ts";
import type { QueueActivity } from "../../pipeline/ports.ts";
import { list } from "../http/http.ts";
import { allEntities, type Call, inBatches, named, requestsAtOnce, system } from "./listing.ts";

/** The number of predicates in one query is not documented; a body may have 512,000 bytes. */
const queuesPerQuery = 100;

type Row = Partial<Models.QueueObservationDataContainer>;
type Metric = Partial<Models.ObservationMetricData>;

/** The queues of these names with what waits in them (voice) and who is on queue. Permissions: routing:queue:view, analytics:queueObservation:view. */
export async function readQueues(call: Call, names: readonly string[]): Promise<readonly QueueActivity[]> {
	if (names.length === 0) return [];
	const listed: readonly Partial<Models.Queue>[] = await allEntities(call, "/api/v2/routing/queues");
	const watched = new Set(names);
	const wanted = listed.flatMap(({ id, name, division }) =>
		typeof id === "string" && typeof name === "string" && watched.has(name) ? [{ id, name, ...named({ division }) }] : [],
	);
	const rows: Row[] = [];
	await sideBySide(inBatches(wanted, queuesPerQuery), requestsAtOnce, async (queues) => {
		rows.push(...resultsOf(await call("/api/v2/analytics/queues/observations/query", query(queues))));
	});
	const byQueue = Map.groupBy(rows, ({ group }) => group?.queueId ?? "");
	return wanted.map((queue) => activity(queue, byQueue.get(queue.id) ?? []));
}

/** No `mediaType` clause: it would leave out the users, who have no media type. */
function query(queues: readonly { readonly id: string }[]) {
	return {
		filter: {
			type: "or",
			predicates: queues.map(({ id }) => ({ type: "dimension", dimension: "queueId", operator: "matches", value: id })),
		},
		metrics: ["oWaiting", "oOnQueueUsers"],
		detailMetrics: ["oWaiting"],
	};
}

/** Without results there is no activity anywhere: the vendor leaves such a queue out. */
function resultsOf(answer: unknown): readonly Row[] {
	const present = typeof answer === "object" && answer !== null && Reflect.get(answer, "results") !== undefined;
	return present ? list(answer, "results", system).filter((row) => typeof row === "object" && row !== null) : [];
}

/** The media type of calls. */
const callMedia = "voice";

function activity(queue: Pick<QueueActivity, "id" | "name" | "division">, own: readonly Row[]): QueueActivity {
	const waiting = own.filter(({ group }) => group?.mediaType === callMedia).flatMap((row) => metricsOf(row, "oWaiting"));
	const users = own.flatMap((row) => metricsOf(row, "oOnQueueUsers"));
	return {
		...queue,
		waiting: countOf(waiting) ?? (waiting.length === 0 ? 0 : undefined),
		waitingSince: waiting.flatMap(({ observations = [] }) => observations.flatMap(({ observationDate }) => instant(observationDate))),
		truncated: waiting.some(({ truncated }) => truncated === true),
		onQueueUsers: countOf(users),
	};
}

const metricsOf = ({ data = [] }: Row, name: string): readonly Metric[] => data.filter(({ metric }) => metric === name);

/** The sum over qualifiers (users are told by what they do on queue); undefined where one of them has no count, or there is none. */
function countOf(metrics: readonly Metric[]): number | undefined {
	const counts = metrics.flatMap(({ stats }) => stats?.count ?? []);
	return counts.length === 0 || counts.length < metrics.length ? undefined : counts.reduce((sum, count) => sum + count, 0);
}

function instant(text: unknown): readonly number[] {
	const parsed = Date.parse(String(text));
	return Number.isNaN(parsed) ? [] : [parsed];
}
