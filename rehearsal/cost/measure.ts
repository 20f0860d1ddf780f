import { storedBytes } from "../../functions/edges/aws/storable.ts";
import type { StackFile } from "../scenario/stackFile.ts";
import { scheduleVerb } from "../world/inject.ts";
import { createOfflineWorld, type OfflineWorld, start } from "../world/offlineWorld.ts";
import { runSchedules } from "../world/schedules.ts";
import { runWatchers } from "../world/watchers.ts";
import { type Declared, declaredOf } from "./declared.ts";
import { beyond, type Usage } from "./usage.ts";
import { WorldMeter } from "./worldMeter.ts";

/** One incident, from its failure to its end. */
export interface IncidentUsage {
	/** Places that were paged. */
	readonly pages: number;
	/** Beyond what the time would have used without it. */
	readonly usage: Usage;
	/** What stays in the table. */
	readonly bytes: number;
}

export interface Measured {
	readonly declared: Declared;
	readonly trunks: number;
	/** How long the ledger keeps what is closed. */
	readonly keptDays: number;
	/** An hour in which nothing fails. */
	readonly idleHour: Usage;
	/** What is in the table then. */
	readonly idleBytes: number;
	/** That ends once its first page was sent, and that goes on until everybody was paged. Undefined where this stack opens no incident for a trunk. */
	readonly incidents: { readonly first: IncidentUsage; readonly whole: IncidentUsage } | undefined;
}

const hour = 3_600_000;
const minute = 60_000;
/** The world begins so long before a full hour, by which everything is known to be well and every credential was looked at. */
const settleMinutes = 15;
const begins = start - settleMinutes * minute;
/** So long a failure may last until somebody is paged. */
const patienceMinutes = 30;
/** Failures last so long where nobody answers: its end is told within the same hour. */
const wholeMinutes = 30;

const edgeOf = (index: number, trunks: number): string => `Edge-${index % Math.max(2, Math.ceil(trunks / 25))}`;

/** Plays a quiet hour and two incidents on the stack's settings, where calls take time. Throws what the program throws. */
export async function measure(file: StackFile, trunks: number): Promise<Measured> {
	const meter = new WorldMeter(() => Math.floor(world.clock.now() / hour));
	const world: OfflineWorld = await createOfflineWorld({
		file,
		seed: 1,
		start: begins,
		latency: "normal",
		trunks: Array.from({ length: trunks }, (_, index) => ({ name: `Trunk-${index}`, edges: 1, on: [edgeOf(index, trunks)] })),
		meter,
		hears: (event) => meter.heard(event),
	});
	for (const { ledger } of billedTables(world)) Object.assign(ledger, meter.ledger({ ...ledger }));
	world.latency.begin();
	const end = start + 12 * hour;
	runSchedules(world, begins, { lastPoll: end, end, hasPhases: true });
	runWatchers(world, begins, end);
	const spent = spentIn(world, meter);
	await spent(0);
	const idleHour = await spent(1);
	const idleBytes = bytesIn(world);
	const { limits, runbooks } = file.settings.runtime;
	const opens = runbooks["trunk-down"]?.enabled === true;
	const incidents = opens ? await incidentsOf(world, spent, idleHour) : undefined;
	return { declared: declaredOf(world.deployment.resources), trunks, keptDays: limits.keepClosedDays, idleHour, idleBytes, incidents };
}

type Spent = (hours: number) => Promise<Usage>;

/** Lets so many hours pass and says what they used; time is counted to the full hour, by which CloudWatch bills. */
function spentIn(world: OfflineWorld, meter: WorldMeter): Spent {
	let at = start;
	let before = outsideCounts(world);
	return async (hours) => {
		at += hours * hour;
		await world.clock.run(at - 1);
		const now = outsideCounts(world);
		for (const [item, much] of beyond(now, before)) meter.add(item, much);
		before = now;
		return meter.take();
	};
}

/** What is counted by the world itself, since its beginning. */
function outsideCounts({ calls, timeline, settings }: OfflineWorld): Usage {
	const sum = (place: string): number => [...calls.of(place).values()].reduce((all, each) => all + each, 0);
	const hosts = calls.places().filter((place) => place.includes("."));
	const isGenesys = (host: string): boolean => host.endsWith(settings.runtime.genesys.domain);
	const messages = timeline.events.filter(({ what, channel }) => messageEvents.has(what) && channel !== undefined);
	const byChannel = Map.groupBy(messages, ({ channel }) => `messages:${channel}` as const);
	return new Map([
		["queue-calls", sum("queue")],
		["queue-messages", timeline.events.filter(({ what }) => what === "queued").length],
		["secret-reads", sum("aws")],
		["https-requests", hosts.reduce((all, host) => all + sum(host), 0)],
		["genesys-requests", hosts.filter(isGenesys).reduce((all, host) => all + sum(host), 0)],
		["notices", timeline.events.filter(({ what }) => what === "alarm-sent").length],
		...[...byChannel].map(([item, events]) => [item, events.length] as const),
	]);
}

/** What a vendor takes for a message of its own. */
const messageEvents: ReadonlySet<string> = new Set(["page-sent", "page-updated", "recovery-sent"]);

/** Not what a server keeps that is there already. */
const billedTables = ({ aws }: OfflineWorld) => aws.state.tables.filter(({ arn }) => arn.startsWith("arn:"));

const bytesIn = (world: OfflineWorld): number =>
	billedTables(world)
		.flatMap(({ ledger }) => ledger.items())
		.reduce((sum, { key, value }) => sum + storedBytes(key, value), 0);

async function incidentsOf(world: OfflineWorld, spent: Spent, idleHour: Usage): Promise<Measured["incidents"]> {
	const tell = async (trunk: string, fail: (began: number) => Promise<void>): Promise<IncidentUsage> => {
		const [before, pagesBefore] = [bytesIn(world), pagesIn(world)];
		const began = world.clock.now() + 1;
		scheduleVerb(world, { at: 0, do: "trunk-down", trunk }, began, `${trunk}-down`);
		await fail(began);
		scheduleVerb(world, { at: 0, do: "trunk-up", trunk }, world.clock.now() + 1, `${trunk}-up`);
		const usage = beyond(await spent(1), idleHour);
		return { pages: pagesIn(world) - pagesBefore, usage, bytes: Math.max(0, bytesIn(world) - before) };
	};
	const first = await tell("Trunk-0", async (began) => {
		const pages = pagesIn(world);
		for (let at = began; pagesIn(world) === pages && at < began + patienceMinutes * minute; at += minute) await world.clock.run(at);
	});
	const whole = await tell("Trunk-1", (began) => world.clock.run(began + wholeMinutes * minute));
	return { first, whole };
}

const pagesIn = ({ timeline }: OfflineWorld): number => timeline.events.filter(({ what }) => what === "page-sent").length;
