import type { Lease, Leases } from "../../functions/pipeline/limits/leases.ts";
import type { Incident } from "../../functions/pipeline/model/incident.ts";
import type { RuntimeSettings } from "../../functions/pipeline/settings.ts";
import type { TimelineEvent } from "../report/timelineEvent.ts";
import type { Happens, Scenario } from "../scenario/scenario.ts";
import type { VendorArrival } from "../vendors/emulator.ts";
import { type EmulatedKind, emulatedKinds } from "../vendors/emulators.ts";
import type { LatencySetting } from "../world/latency.ts";
import type { OfflineWorld } from "../world/offlineWorld.ts";
import { remedySecrets } from "../world/remedyWorld.ts";
import { Cover, type Window } from "./cover.ts";

/** One occurrence of one incident: what was told of it, and how the ledger holds it at the end. */
export interface Story {
	readonly incident: string;
	readonly occurrence: number;
	/** Seconds from the start, as everything here. */
	readonly openedAt: number;
	readonly events: readonly TimelineEvent[];
	/** Undefined where the ledger has lost it. */
	readonly item: Incident | undefined;
}

export interface LedgerItem {
	readonly key: string;
	readonly bytes: number;
}

/** Something that reached a vendor, and which. */
export type Arrived = VendorArrival & { readonly kindOfChannel: EmulatedKind };

/** Everything that the invariants look at, once a story is over. */
export interface Facts {
	readonly scenario: Scenario;
	readonly settings: RuntimeSettings;
	readonly latency: LatencySetting;
	/** The instant at which the story began. */
	readonly start: number;
	/** When the story ended, in seconds. */
	readonly end: number;
	readonly events: readonly TimelineEvent[];
	readonly stories: readonly Story[];
	readonly items: readonly LedgerItem[];
	/** Those that are held at the end. */
	readonly leases: readonly Lease[];
	/** Everything that reached the vendors, in the order of each. */
	readonly arrivals: readonly Arrived[];
	readonly entities: Readonly<Record<"trunk" | "edge" | "queue", ReadonlyMap<string, string>>>;
	readonly cover: Cover;
	/** How far a vendor's clock was off at most: the times of what it holds are its own. */
	readonly skew: number;
	/** Calls of each host and service, by minute of the story. */
	readonly calls: ReadonlyMap<string, ReadonlyMap<number, number>>;
	/** Texts that nobody but a vendor may hold, and where they were found. */
	readonly leaks: readonly string[];
}

/** One more round of everything that waits: breakers, retries, a tick. */
const graceSeconds = 150;

/** Seconds of the story of an instant. */
export const secondsOf = ({ start }: Pick<Facts, "start">, instant: number): number => (instant - start) / 1000;

export function factsOf(world: OfflineWorld, scenario: Scenario, latency: LatencySetting): Facts {
	const items = world.aws.state.tables.flatMap(({ ledger }) => ledger.items());
	const texts = items.map(({ key, value }) => ({ key, text: JSON.stringify(value) }));
	const { events } = world.timeline;
	return {
		scenario,
		settings: world.settings.runtime,
		latency,
		start: world.start,
		end: secondsOf(world, world.clock.now()),
		events,
		stories: storiesOf(
			events,
			items.filter(({ key }) => key.startsWith("inc:")).map(({ value }) => value as Incident),
		),
		items: texts.map(({ key, text }) => ({ key, bytes: Buffer.byteLength(text) })),
		leases: leasesIn(items, world.clock.now()),
		arrivals: emulatedKinds.flatMap((kind) => arrivedAt(world, kind)),
		entities: { trunk: world.trunkIds, edge: world.edgeIds, queue: world.queueIds },
		skew: Math.max(0, ...scenario.happens.map((verb) => (verb.do === "skews" ? Math.abs(verb.seconds) : 0))),
		cover: new Cover(coverWindows(scenario, events), graceSeconds),
		calls: callsByMinute(world),
		leaks: leaksIn(world, texts.map(({ text }) => text).join("\n")),
	};
}

function arrivedAt({ vendors }: OfflineWorld, kind: EmulatedKind): readonly Arrived[] {
	return vendors[kind].arrivals().map((arrival) => ({ ...arrival, kindOfChannel: kind }));
}

function storiesOf(events: readonly TimelineEvent[], items: readonly Incident[]): readonly Story[] {
	const byOccurrence = Map.groupBy(events, ({ incident, occurrence }) => `${incident} ${occurrence}`);
	const opened = events.filter(({ what }) => what === "incident-opened");
	return opened.map(({ incident = "", occurrence = 0, atSeconds }) => ({
		incident,
		occurrence,
		openedAt: atSeconds,
		events: byOccurrence.get(`${incident} ${occurrence}`) ?? [],
		item: items.find((each) => each.key === incident && each.occurrence === occurrence),
	}));
}

/** When something was broken that a page may need: a function that runs twice breaks nothing, and a clock that is a little off should not. */
function coverWindows({ happens }: Pick<Scenario, "happens">, events: readonly TimelineEvent[]): readonly Window[] {
	const faults = happens.flatMap((verb): readonly Window[] => {
		if (!("for" in verb) || verb.do === "twice" || (verb.do === "skews" && Math.abs(verb.seconds) < toleratedSkew)) return [];
		return [{ from: verb.at, until: verb.at + verb.for + patience(verb) }];
	});
	const deaths = events.filter(({ what }) => what === "killed").map(({ atSeconds }) => ({ from: atSeconds - 60, until: atSeconds + 240 }));
	return [...faults, ...deaths];
}

/** The time that faults cover, without those that a check is about itself. */
export const coverWithout = ({ scenario, events }: Pick<Facts, "scenario" | "events">, isLeftOut: (verb: Happens) => boolean): Cover =>
	new Cover(coverWindows({ happens: scenario.happens.filter((verb) => !isLeftOut(verb)) }, events), graceSeconds);

/** A vendor that asks us to wait is left alone for so long after its last word. */
const patience = (verb: Scenario["happens"][number]): number =>
	verb.do === "throttles" && typeof verb.retryAfter === "number" ? Math.min(verb.retryAfter, 900) : 0;

/** The clock tolerance of a proof is five minutes. */
const toleratedSkew = 240;

function leasesIn(items: readonly { readonly key: string; readonly value: unknown }[], now: number): readonly Lease[] {
	const item = items.find(({ key }) => key.startsWith("leases:"));
	if (item === undefined) return [];
	const { held } = item.value as Leases;
	return held.filter(({ until }) => until > now);
}

function callsByMinute({ calls, start }: OfflineWorld): Facts["calls"] {
	const first = Math.floor(start / 60_000);
	return new Map(calls.places().map((place) => [place, new Map([...calls.of(place)].map(([minute, count]) => [minute - first, count]))]));
}

/** Secrets that stand in the timeline or the ledger. The name of the place is told, never the secret. */
function leaksIn(world: OfflineWorld, ledger: string): readonly string[] {
	const stored = [...world.aws.state.secrets.values()]
		.flatMap((versions) => versions.texts())
		.flatMap((text) =>
			// The names of a document's fields are no secrets.
			[...text.matchAll(/"([^"]{16,})"(?!:)/g)].flatMap(([, word]) => word ?? []),
		);
	const ids = new Set(world.genesys.world.clients().map(({ id }) => id));
	const secrets = [...new Set([...world.secrets, ...stored, ...Object.values(remedySecrets)])].filter(
		(word) => !ids.has(word) && !word.startsWith("AC"),
	);
	const timeline = JSON.stringify(world.timeline.events);
	return [
		...(secrets.some((secret) => timeline.includes(secret)) ? ["the timeline"] : []),
		...(secrets.some((secret) => ledger.includes(secret)) ? ["the ledger"] : []),
	];
}
