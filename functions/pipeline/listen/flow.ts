import { processReading } from "../deduplicate/flow.ts";
import type { Observation } from "../detect/observation.ts";
import { relationsOf } from "../detect/relations.ts";
import { possibleParents } from "../detect/topology.ts";
import { keyOfReading } from "../model/keys.ts";
import { EdgeError } from "../ports.ts";
import { type BusEvent, readEvent } from "./busEvent.ts";
import { type ListenPorts, type Observed, observed } from "./observe.ts";
import { type LeftOut, readingOf, type SeenWorld } from "./rules.ts";

export type { ListenPorts } from "./observe.ts";

/** One message of the buffer queue. */
export interface Delivery {
	readonly text: string;
	/** It was delivered before, and nobody knows how far that came. */
	readonly isRepeat: boolean;
}

/** An event is begun only while the function has this much time left: about thirty calls of the ledger and the queue, as they usually are. */
const beginMilliseconds = 20_000;

/**
 * Takes one event through the pipeline, against what was last seen of the organization; `seen` is read once for many events, and kept up to date.
 * What it was seen to say is written before its reading is taken: where it is delivered again, because that failed, it is taken anyway.
 * Throws EdgeError "malformed" for what nobody can understand, and whatever keeps it from being taken: its message then comes back, and ends in the
 * dead-letter queue.
 */
export async function listenTo(ports: ListenPorts, seen: () => Promise<SeenWorld>, delivery: Delivery): Promise<void> {
	const { settings, clock, journal, deadline } = ports;
	if (settings.events === undefined) return leaveOut(ports, "not-chosen");
	if (deadline.remainingMilliseconds() < beginMilliseconds)
		throw new EdgeError("timeout", `Expected ${beginMilliseconds / 1000} s for an event, got less`, { retry: true });
	const read = readEvent(delivery.text, settings.events, clock.now());
	if ("problem" in read) {
		journal.log({ what: "error", outcome: "event-not-understood", detail: read.problem });
		throw new EdgeError("malformed", `event: ${read.problem}`, { retry: false });
	}
	if ("leftOut" in read) return leaveOut(ports, read.leftOut);
	const found = await observed(ports, settings.events, await seen(), read.event, delivery.isRepeat);
	if (typeof found === "string") return leaveOut(ports, found);
	await take(ports, found, read.event);
}

/** Counted, and no line each: of a storm there would be thousands. */
function leaveOut({ journal }: ListenPorts, outcome: LeftOut): void {
	journal.log({ what: "event-left-out", outcome });
}

async function take(ports: ListenPorts, { observation, all, counts }: Observed, { at, body }: BusEvent): Promise<void> {
	const severity = ports.settings.runbooks[observation.condition]?.severity ?? "high";
	const reading = readingOf(observation, severity, at, body);
	const { inhibitedBy } =
		observation.verdict === "breach" ? await explained(ports, observation, all, keyOfReading(ports.settings, reading)) : {};
	await processReading(ports, reading, inhibitedBy === undefined ? {} : { inhibitedBy }, counts);
}

/** What explains it, as the polls would say; only what could is looked at. */
async function explained(ports: ListenPorts, own: Observation, all: readonly Observation[], key: string) {
	const parents = possibleParents(all.map((each) => (each === own ? each : { ...each, verdict: "clear" })));
	const isParent = ({ condition, id }: Observation): boolean =>
		parents.some((parent) => parent.condition === condition && parent.id === id);
	const related = all.filter((each) => each === own || isParent(each));
	return (await relationsOf(ports, related, [], undefined)).get(key) ?? {};
}
