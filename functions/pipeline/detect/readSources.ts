import { change } from "../ledger/store.ts";
import { gaugesKey } from "../model/keys.ts";
import { failureOf } from "../page/flow.ts";
import { EdgeError, type FailureReason, type Ports } from "../ports.ts";
import { type Gauges, readGauges, restoreGauges, type StoredGauges, storeGauges } from "./gauges.ts";
import type { FailedPoll } from "./health.ts";
import { enabledRunbooks } from "./rules.ts";
import type { Snapshot } from "./snapshot.ts";
import type { Source } from "./sources.ts";

export type SourcePorts = Pick<Ports, "settings" | "clock" | "deadline" | "journal" | "ledger" | "trunks" | "edges" | "contactQueues">;

/** A source is read only while the function has this much time left: what was read has to be judged. */
const judgingMilliseconds = 25_000;

/**
 * Reads every source that is needed, in this order; one that cannot be read is told and left out, the others are judged all the same.
 * What it does not come to is first in the order of the next look, and what kept it from that is last.
 */
export async function readSources(
	ports: SourcePorts,
	needed: readonly Source[],
): Promise<{ readonly snapshot: Snapshot; readonly failed: FailedPoll | undefined }> {
	let snapshot: Snapshot = { now: ports.clock.now() };
	const seen: Source[] = [];
	const unread: Source[] = [];
	let failed: EdgeError | undefined;
	for (const [position, source] of needed.entries()) {
		try {
			if (ports.deadline.remainingMilliseconds() < judgingMilliseconds) throw outOfTime();
			snapshot = { ...snapshot, ...(await read(ports, source)) };
			seen.push(source);
		} catch (error) {
			const failure = failureOf(error);
			ports.journal.log({ what: "error", outcome: failure.reason, detail: `the ${source} could not be read: ${failure.message}` });
			failed ??= failure;
			unread.push(source);
			if (everywhere.includes(failure.reason))
				return { snapshot, failed: { ...failedPoll(failed, seen), next: [...needed.slice(position + 1), ...seen, ...unread] } };
		}
	}
	return { snapshot, failed: failed && failedPoll(failed, seen) };
}

const failedPoll = ({ reason, message }: EdgeError, seen: readonly Source[]): FailedPoll => ({
	reason,
	detail: message,
	...(seen.length === 0 ? {} : { partly: true as const }),
});

const outOfTime = (): EdgeError =>
	new EdgeError("timeout", `Expected ${judgingMilliseconds / 1000} s of the poll for judging, got less`, { retry: true });

/** After one of these the next request would end the same way, and a poll has a minute. */
const everywhere: readonly FailureReason[] = ["unreachable", "timeout", "unauthorized", "budget-spent", "rate-limited"];

async function read(ports: SourcePorts, source: Source): Promise<Partial<Snapshot>> {
	switch (source) {
		case "trunks": {
			const trunks = await ports.trunks.trunks();
			return { trunks, ...(await levels(ports, trunks)) };
		}
		case "edges":
			return { edges: await ports.edges.edges() };
		case "queues":
			return { queues: await readQueues(ports) };
	}
}

/** What is compared with the poll before, where a runbook needs that. */
async function levels({ settings, ledger, clock }: SourcePorts, trunks: NonNullable<Snapshot["trunks"]>): Promise<Partial<Snapshot>> {
	if (!enabledRunbooks(settings.runbooks).some(({ runbook }) => runbook.comparesPolls)) return {};
	const gauges = readGauges(trunks, clock.now());
	const gaugesBefore = await change<StoredGauges, Gauges | undefined>(ledger, gaugesKey(settings.environment), (stored) => ({
		write: storeGauges(gauges),
		result: restoreGauges(stored, Object.keys(gauges.mismatches)),
	}));
	return { gauges, gaugesBefore };
}

/** A queue of the settings that does not exist is a fault of the settings: told at each poll, and nothing is judged of it. */
async function readQueues({ settings, contactQueues, journal }: SourcePorts): Promise<NonNullable<Snapshot["queues"]>> {
	const wanted = enabledRunbooks(settings.runbooks).flatMap(({ runbook, settings: own }) => runbook.queueNames?.(own) ?? []);
	const names = [...new Set(wanted)];
	const queues = await contactQueues.queues(names);
	const found = new Set(queues.map(({ name }) => name));
	const missing = names.filter((name) => !found.has(name));
	if (missing.length > 0)
		journal.log({ what: "error", outcome: "misconfigured", detail: `no queue is named ${missing.join(", ")}: it cannot be watched` });
	return queues;
}
