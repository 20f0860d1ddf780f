import { storedBytes } from "../../functions/edges/aws/storable.ts";
import { metricsOf } from "../../functions/edges/metrics.ts";
import { eventLevels } from "../../functions/pipeline/model/events.ts";
import type { Entry, Ledger, LedgerWrite } from "../../functions/pipeline/ports.ts";
import type { Meter } from "../aws/meter.ts";
import type { FunctionKind } from "../aws/state.ts";
import type { GenesysEvent } from "../genesyscloud/index.ts";
import { logBytes } from "./logBytes.ts";
import type { Item, Usage } from "./usage.ts";

/** Request units of DynamoDB. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html */
const bytesOfUnit = { read: 4096, write: 1024 } as const;
const unitsOf = (bytes: number, kind: keyof typeof bytesOfUnit): number => Math.max(1, Math.ceil(bytes / bytesOfUnit[kind]));

/** Counts what would be billed, from the calls that the functions make. */
export class WorldMeter implements Meter {
	readonly #counts = new Map<Item, number>();
	readonly #series = new Set<string>();
	/** When each workflow began. */
	readonly #began = new Map<string, number>();
	readonly #hour: () => number;

	/** `hour` is the number of the hour that it is. */
	constructor(hour: () => number) {
		this.#hour = hour;
	}

	add(item: Item, much = 1): void {
		this.#counts.set(item, (this.#counts.get(item) ?? 0) + much);
	}

	ran(kind: FunctionKind, milliseconds: number): void {
		this.add(`runs:${kind}`);
		this.add(`milliseconds:${kind}`, milliseconds);
	}

	called(kind: FunctionKind): void {
		this.add(`calls:${kind}`);
	}

	told(kind: FunctionKind, entry: Entry): void {
		this.add("log-bytes", logBytes(entry, eventLevels[entry.what] !== "debug"));
		for (const { name, dimensionSets } of metricsOf(entry)) {
			for (const set of dimensionSets) {
				const series = JSON.stringify([this.#hour(), kind, name, set]);
				if (this.#series.has(series)) continue;
				this.#series.add(series);
				this.add("metric-hours");
			}
		}
	}

	/** Data actions and workflows: what an organization counts by itself. */
	heard(event: GenesysEvent): void {
		if (event.kind === "data-action") this.add("data-actions");
		if (event.kind === "execution-started") {
			this.add("workflow-runs");
			this.#began.set(event.executionId, event.at);
		}
		if (event.kind === "execution-ended")
			this.add("workflow-minutes", (event.at - (this.#began.get(event.executionId) ?? event.at)) / 60_000);
	}

	/** What was counted since it was asked last. */
	take(): Usage {
		const taken = new Map(this.#counts);
		this.#counts.clear();
		return taken;
	}

	/** The same ledger, counted in request units: reads are consistent, a transaction counts double, an index of keys counts by what is on it. */
	ledger(ledger: Ledger): Ledger {
		return {
			...ledger,
			read: async (key) => {
				const found = await ledger.read(key);
				this.add("read-units", unitsOf(found === undefined ? 0 : storedBytes(key, found.value), "read"));
				return found;
			},
			due: async (...asked) => {
				const keys = await ledger.due(...asked);
				// An index is read as it comes, for half a unit.
				this.add(
					"read-units",
					unitsOf(
						keys.reduce((sum, key) => sum + storedBytes(key, null), 0),
						"read",
					) / 2,
				);
				return keys;
			},
			write: async (key, value, expectedVersion, options) => {
				const write = { key, value, expectedVersion, ...(options && { options }) };
				this.add("write-units", await writeUnits(ledger, write));
				return ledger.write(key, value, expectedVersion, options);
			},
			transact: async (writes) => {
				for (const write of writes) this.add("write-units", 2 * (await writeUnits(ledger, write)));
				return ledger.transact(writes);
			},
		};
	}
}

/** An item counts by the larger of what it was and what it becomes. Its line of the index is written anew where it has one: taken off, and put on. */
async function writeUnits(ledger: Ledger, { key, value, options }: LedgerWrite): Promise<number> {
	const before = await ledger.read(key);
	const bytes = Math.max(before === undefined ? 0 : storedBytes(key, before.value), storedBytes(key, value));
	return unitsOf(bytes, "write") + (options?.dueAt === undefined ? 0 : 2);
}
