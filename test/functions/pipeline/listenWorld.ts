import type { SQSEvent } from "aws-lambda";
import { listenerHandler } from "../../../functions/listener.ts";
import type { EventSettings } from "../../../functions/pipeline/listen/settings.ts";
import type { Ledger } from "../../../functions/pipeline/ports.ts";
import type { RuntimeSettings } from "../../../functions/pipeline/settings.ts";
import { trunk } from "./fixtures.ts";
import { all, edgeA, onEdgeA, poller } from "./pollWorld.ts";

/** One trunk on two edges. */
export const onBothEdges = {
	trunks: [onEdgeA, trunk({ id: "trunk-2", edge: { id: "edge-b", name: "Edge-B" }, options: [true, true] })],
	edges: [edgeA, { ...edgeA, id: "edge-b", name: "Edge-B" }],
};

export const topics: EventSettings["topics"] = {
	trunks: { topic: "v2.telephony.providers.edges.trunks.{id}", opens: "at-once" },
	"trunk-metrics": { topic: "v2.telephony.providers.edges.trunks.{id}.metrics" },
	"queue-observations": { topic: "v2.analytics.queues.{id}.observations" },
	operations: {
		topic: "v2.operations.events.{id}",
		opens: "at-once",
		definitions: {
			"Edge Offline": { condition: "edge-offline", verdict: "breach" },
			"definition-2": { condition: "edge-offline", verdict: "clear" },
			"Trunk Down": { condition: "trunk-down", verdict: "breach" },
		},
	},
};

interface Told {
	readonly topic: string;
	readonly id: string;
	readonly body: unknown;
	/** When Genesys Cloud told it, in milliseconds. */
	readonly at: number;
	readonly version?: string;
}

/** An event as the partner bus brings it, as text. */
export const eventText = ({ topic, id, body, at, version = "2" }: Told): string =>
	JSON.stringify({
		version: "0",
		id: `event-${id}-${at}`,
		"detail-type": topic,
		source: "aws.partner/genesys.com/cloud/org/dev",
		time: new Date(at).toISOString(),
		resources: [],
		detail: {
			topicName: topic.replace("{id}", id),
			version,
			eventBody: body,
			metadata: { CorrelationId: "c-1" },
			timestamp: new Date(at).toISOString(),
		},
	});

const iso = (at: number): string => new Date(at).toISOString();

/** One trunk instance that is up or down, since then. */
export const trunkEvent = (connected: boolean, at: number, { id = "trunk-1", since = at, version = "2" } = {}): string =>
	eventText({
		topic: "v2.telephony.providers.edges.trunks.{id}",
		id,
		at,
		version,
		body: {
			id,
			connectedStatus: { connected, connectedStateTime: iso(since) },
			optionsStatus: [true, true].map(() => ({ proxyAddress: "carrier.example", optionState: connected, optionStateTime: iso(since) })),
			registersStatus: [],
			ipStatus: { address: "192.0.2.1" },
		},
	});

/** The poller and the listener of one stack over one ledger, in memory; writes are counted by their keys. */
export function listening(settings: Partial<EventSettings> = {}, runbooks: RuntimeSettings["runbooks"] = all) {
	const writes: string[] = [];
	const failing = new Set<string>();
	const counting = (ledger: Ledger): Ledger => ({
		...ledger,
		write: async (key, ...rest) => {
			if (failing.has(key)) throw new Error(`no write to ${key}`);
			const done = await ledger.write(key, ...rest);
			if (done === "written") writes.push(key);
			return done;
		},
	});
	const world = poller(runbooks, counting, { events: { version: "2", topics, ...settings } });
	/** The messages that stay, by their places in the batch. */
	const deliver = async (texts: readonly string[], receiveCount = 1): Promise<readonly number[]> => {
		const Records = texts.map((body, index) => ({
			messageId: String(index),
			receiptHandle: String(index),
			body,
			attributes: { ApproximateReceiveCount: String(receiveCount) },
			eventSource: "aws:sqs",
		}));
		const { batchItemFailures } = await listenerHandler(world.ports)({ Records } as Partial<SQSEvent> as SQSEvent);
		return batchItemFailures.map(({ itemIdentifier }) => Number(itemIdentifier));
	};
	/** What was left out, in order. */
	const leftOut = (): readonly (string | undefined)[] =>
		world.logged.filter(({ what }) => what === "event-left-out").map(({ outcome }) => outcome);
	return { ...world, deliver, leftOut, writes, failing };
}
