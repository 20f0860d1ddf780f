import { type MemoryLedger, memoryLedger } from "../../../functions/edges/memory/ledger.ts";
import { type MemoryQueue, memoryQueue } from "../../../functions/edges/memory/queue.ts";
import type { PollerHealth } from "../../../functions/pipeline/detect/health.ts";
import { decideCurrent, itemKey } from "../../../functions/pipeline/ledger/incidents.ts";
import { readItem } from "../../../functions/pipeline/ledger/store.ts";
import type { Leases } from "../../../functions/pipeline/limits/leases.ts";
import type { Incident } from "../../../functions/pipeline/model/incident.ts";
import { leasesKey, pollerKey } from "../../../functions/pipeline/model/keys.ts";
import { type OverseePorts, overseeAll } from "../../../functions/pipeline/oversee/flow.ts";
import {
	type CredentialChecks,
	EdgeError,
	type Entry,
	type ExecutionStatus,
	type FailureReason,
	failureReasons,
	type Ledger,
	type PageOrder,
	type PageReading,
	type Pager,
	type Workflows,
} from "../../../functions/pipeline/ports.ts";
import type { RuntimeSettings } from "../../../functions/pipeline/settings.ts";
import { noRemedies, plainLinks, seconds, settings, validCredentials } from "./fixtures.ts";

/** What the vendor of one place says; a reason of the closed set is a refusal. It accepts everything, and a page is "pending" until it is said otherwise. */
export interface Answers {
	readonly send?: FailureReason | Error;
	readonly read?: PageReading["state"] | FailureReason | Error;
	/** Who acknowledged or resolved, where the vendor says so. */
	readonly by?: string;
	/** The vendor's own id of its record, where it has one. */
	readonly recordId?: string;
	readonly acknowledge?: FailureReason | Error;
	readonly resolve?: FailureReason | Error;
	/** What happens while the vendor thinks: another executor is faster, or time passes. */
	readonly meanwhile?: () => Promise<void> | void;
}

export interface Start {
	readonly settings?: RuntimeSettings;
	/** By place: "1 pagerduty". */
	readonly answers?: Readonly<Record<string, Answers>>;
	readonly execution?: ExecutionStatus | FailureReason;
	readonly leases?: readonly string[];
	/** The poller is well unless a story says otherwise: it has just spoken, and will have. */
	readonly poller?: PollerHealth | "none";
	readonly ledger?: (ledger: MemoryLedger) => Ledger;
	readonly credentials?: CredentialChecks;
}

/** What one step of a story did: what was asked of outside systems, what the journal was told, and what the ledger then holds. */
export interface Seen {
	readonly asked: readonly string[];
	readonly logged: readonly Entry[];
	readonly items: readonly Incident[];
}

export interface World {
	readonly ports: OverseePorts & { readonly queue: MemoryQueue };
	readonly ledger: MemoryLedger;
	readonly orders: readonly PageOrder[];
	/** Sets the clock, in seconds after zero. */
	at(second: number): void;
	/** Puts an open incident on the ledger's due list, as the poller would have. */
	open(incident: Incident): Promise<void>;
	/** What another executor writes of an incident, at whatever moment. */
	rewrite(key: string, decide: (item: Incident) => Incident): Promise<void>;
	/** Another answer from here on. */
	answer(place: string, answers: Answers): void;
	/** Does something, and says what came of it. */
	see(what: () => Promise<unknown>): Promise<Seen>;
	/** One tick of the overseer at that second. */
	tick(second: number): Promise<Seen>;
	held(): Promise<readonly string[]>;
}

const isReason = (answer: string): answer is FailureReason => failureReasons.some((reason) => reason === answer);

function refuse(answer: string | Error | undefined): void {
	if (answer instanceof Error) throw answer;
	if (answer !== undefined && isReason(answer)) throw new EdgeError(answer, `the vendor is ${answer}`, { retry: true });
}

/** The overseer's declared timeout. */
const overseerMilliseconds = 55_000;

/** Later than any story. */
export const never = seconds(10_000_000);

/** One vendor for all places, which says what the story says, and notes what it was asked. */
function scriptedPager(answers: ReadonlyMap<string, Answers>, asked: string[], orders: PageOrder[]): Pager {
	const ask = async (what: "send" | "read" | "acknowledge" | "resolve", order: PageOrder): Promise<Answers> => {
		const place = `${order.details.tier} ${order.channel.name}`;
		asked.push(`${what} ${place}`);
		orders.push(order);
		const given = answers.get(place) ?? {};
		await given.meanwhile?.();
		refuse(given[what]);
		return given;
	};
	return {
		send: async (order) => ask("send", order).then(() => ({ receipt: `sent-${asked.length}` })),
		read: async (order) => {
			const { read, by, recordId } = await ask("read", order);
			const state = read === undefined || read instanceof Error || isReason(read) ? "pending" : read;
			return state === "absent"
				? { state }
				: { state, receipt: `read-${order.channel.name}`, ...(by && { by }), ...(recordId && { recordId }) };
		},
		acknowledge: async (order) => void (await ask("acknowledge", order)),
		resolve: async (order) => ask("resolve", order).then(() => ({ receipt: `over-${asked.length}` })),
	};
}

/** Genesys Cloud as the overseer sees it: the state of the one workflow. */
const scriptedWorkflows = (execution: ExecutionStatus | FailureReason, asked: string[]): Workflows => ({
	launch: () => Promise.reject(new Error("Expected the overseer to launch nothing")),
	status: async (id) => {
		asked.push(`status ${id}`);
		refuse(execution);
		return { status: isReason(execution) ? "unknown" : execution };
	},
});

function withoutVisit({ dueAt: _next, ...rest }: Incident): Incident {
	return rest;
}

async function incidentsOf(ledger: MemoryLedger): Promise<readonly Incident[]> {
	const keys = ledger.items().map(({ key }) => key);
	const items = await Promise.all(keys.filter((key) => key.startsWith("inc:")).map((key) => readItem<Incident>(ledger, key)));
	// When the overseer comes next is a matter of the due list, which its own tests look at.
	return items.flatMap((item) => (item === undefined ? [] : [withoutVisit(item)]));
}

/** A world of one ledger, one queue and scripted vendors, in which the flows run without a rehearsal. */
export async function world(start: Start = {}): Promise<World> {
	let now = seconds(0);
	const clock = { now: () => now };
	let endsAt = Number.POSITIVE_INFINITY;
	const ledger = memoryLedger(clock);
	const answers = new Map(Object.entries(start.answers ?? {}));
	const asked: string[] = [];
	const logged: Entry[] = [];
	const orders: PageOrder[] = [];
	const ports = {
		settings: start.settings ?? settings,
		clock,
		ledger: start.ledger?.(ledger) ?? ledger,
		deadline: { remainingMilliseconds: () => endsAt - now },
		journal: { log: (entry: Entry) => void logged.push(entry) },
		queue: memoryQueue(clock),
		pagers: () => scriptedPager(answers, asked, orders),
		remedies: noRemedies,
		credentials: start.credentials ?? validCredentials,
		acknowledgeLinks: plainLinks,
		workflows: scriptedWorkflows(start.execution ?? "running", asked),
	};
	const { leases = [], poller = { firstSeenAt: now, okAt: never, failures: 0 } } = start;
	const held = leases.map((launchId) => ({ launchId, incidentKey: "any", until: never }));
	await ledger.write(leasesKey("dev"), { held } satisfies Leases, 0);
	if (poller !== "none") await ledger.write(pollerKey("dev"), poller satisfies PollerHealth, 0);
	const at = (second: number): void => {
		now = seconds(second);
	};
	const see = async (what: () => Promise<unknown>): Promise<Seen> => {
		asked.length = 0;
		logged.length = 0;
		await what();
		return { asked: [...asked], logged: [...logged], items: await incidentsOf(ledger) };
	};
	return {
		ports,
		ledger,
		orders,
		at,
		see,
		open: async (incident) => void (await ledger.write(itemKey(incident), incident, 0, { dueAt: incident.openedAt })),
		rewrite: (key, decide) =>
			decideCurrent({ ledger, clock, settings: ports.settings }, key, (item) => ({
				write: item === undefined ? undefined : decide(item),
				result: undefined,
			})),
		answer: (place, given) => void answers.set(place, given),
		tick: (second) => {
			at(second);
			endsAt = now + overseerMilliseconds;
			return see(() => overseeAll(ports));
		},
		held: async () => ((await readItem<Leases>(ledger, leasesKey("dev")))?.held ?? []).map(({ launchId }) => launchId),
	};
}
