import { memoryLedger } from "../../../functions/edges/memory/ledger.ts";
import { memoryQueue } from "../../../functions/edges/memory/queue.ts";
import type { PollerHealth } from "../../../functions/pipeline/detect/health.ts";
import type { Incident } from "../../../functions/pipeline/model/incident.ts";
import { pollerKey } from "../../../functions/pipeline/model/keys.ts";
import {
	EdgeError,
	type EdgeState,
	type Entry,
	type FailureReason,
	type Ledger,
	type QueueActivity,
	type TrunkInstance,
} from "../../../functions/pipeline/ports.ts";
import { poll } from "../../../functions/pipeline/run.ts";
import type { RuntimeSettings } from "../../../functions/pipeline/settings.ts";
import { endless, seconds, settings, trunk, zero } from "./fixtures.ts";

export const calm = { enabled: true, severity: "high", breachesToOpen: 2, clearsToClose: 3, remediation: "observe" } as const;
export const all: RuntimeSettings["runbooks"] = {
	"trunk-down": calm,
	"trunk-degraded": { ...calm, severity: "medium", breachesToOpen: 3, scoreBelow: 0.85 },
	"edge-offline": calm,
	"queue-overflow": {
		...calm,
		severity: "medium",
		waitingOver: 5,
		longestWaitSecondsOver: 120,
		queues: [{ name: "Support", fedBy: ["Frankfurt-1"] }],
	},
};

export const edgeA: EdgeState = { id: "edge-a", name: "Edge-A", state: "active", statusCode: "ACTIVE", online: true };
export const support: QueueActivity = { id: "queue-1", name: "Support", waiting: 0, waitingSince: [], truncated: false, onQueueUsers: 2 };
export const onEdgeA = trunk({ edge: { id: "edge-a", name: "Edge-A" }, options: [true, true] });

export const broken = (reason: FailureReason): EdgeError => new EdgeError(reason, `it is ${reason}`, { retry: false });
export const down = { ...onEdgeA, connected: false, options: [false, false] };
export const offline = { ...edgeA, online: false };
export const crowded = { ...support, waiting: 9, waitingSince: [seconds(-30)] };
export const edgeKey = "inc:1:dev:edge-offline:edge-a";
export const trunkKey = "inc:1:dev:trunk-down:base-1";
export const queueKey = "inc:1:dev:queue-overflow:queue-1";

export interface Seen {
	trunks: readonly TrunkInstance[] | Error;
	edges: readonly EdgeState[] | Error;
	queues: readonly QueueActivity[] | Error;
}

/** A poller over memory, whose world is what `seen` says at each poll; `wrap` puts something between it and its ledger. */
export function poller(
	runbooks: RuntimeSettings["runbooks"] = all,
	wrap: (ledger: Ledger) => Ledger = (ledger) => ledger,
	more: Pick<RuntimeSettings, "events"> = {},
) {
	let now = zero;
	const clock = { now: () => now };
	const ledger = memoryLedger(clock);
	const queue = memoryQueue(clock);
	const logged: Entry[] = [];
	const asked: string[] = [];
	const seen: Seen = { trunks: [onEdgeA], edges: [edgeA], queues: [support] };
	const answer = async <T>(what: string, value: T | Error): Promise<T> => {
		asked.push(what);
		if (value instanceof Error) throw value;
		return value;
	};
	const ports = {
		// Groups have tests of their own.
		settings: { ...settings, runbooks, grouping: false as const, ...more },
		clock,
		deadline: endless,
		ledger: wrap(ledger),
		queue,
		journal: { log: (entry: Entry) => void logged.push(entry) },
		trunks: { trunks: () => answer("trunks", seen.trunks) },
		edges: { edges: () => answer("edges", seen.edges) },
		contactQueues: { queues: (names: readonly string[]) => answer(`queues ${names.join(",")}`, seen.queues) },
	};
	const polls = async (times: number, change: Partial<Seen> = {}): Promise<void> => {
		Object.assign(seen, change);
		for (let turn = 0; turn < times; turn += 1) {
			await poll(ports);
			now += 60_000;
		}
	};
	const pass = (seconds: number): void => {
		now += seconds * 1000;
	};
	const item = async (key: string): Promise<Incident | undefined> => (await ledger.read(key))?.value as Incident | undefined;
	const opened = (): readonly (string | undefined)[] =>
		logged.filter(({ what }) => what === "incident-opened").map(({ incident }) => incident);
	const close = async (key: string): Promise<void> => {
		const stored = await ledger.read(key);
		await ledger.write(key, { ...(stored?.value as Incident), state: "closed" }, stored?.version ?? 0);
	};
	const health = async (): Promise<PollerHealth> => (await ledger.read(pollerKey("dev")))?.value as PollerHealth;
	const stored = (key: string) => ledger.items().find((each) => each.key === key);
	return { polls, pass, item, opened, close, health, stored, logged, asked, ports, ledger, queue };
}
