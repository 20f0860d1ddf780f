import type { Happening, TimelineEvent } from "./timelineEvent.ts";

/** One line of a story: an event, and those like it that followed. */
export interface Row {
	readonly event: TimelineEvent;
	/** The same, of the same place, once more: how often, and when last. */
	readonly again: number;
	readonly until: number;
	/** Lines above it that brought it about: the id of their event. */
	readonly because?: number | undefined;
}

/** What only says "still so", and what a story begins with. */
const quiet: ReadonlySet<Happening> = new Set<Happening>(["polled", "incident-seen-again", "deployed"]);

/** Of what is tried again and again the first is news. */
const repeated: ReadonlySet<Happening> = new Set<Happening>([
	"page-failed",
	"page-sent",
	"page-unproven",
	"inform-failed",
	"inform-unproven",
	"error",
	"observed",
	"page-updated",
]);

/** The story without its repetitions. `all` are the events among which causes are looked for. */
export function rowsOf(events: readonly TimelineEvent[], all: ReadonlyMap<number, TimelineEvent>): readonly Row[] {
	const rows: Writable[] = [];
	const rowOf = new Map<number, number>();
	const standing = new Map<string, Map<Happening, Writable>>();
	for (const event of events.filter(({ what }) => !quiet.has(what))) {
		const place = `${event.incident} ${event.occurrence} ${event.tier} ${event.channel}`;
		const said = repeated.has(event.what) ? standing.get(place)?.get(event.what) : undefined;
		if (said !== undefined && saying(said.event) === saying(event)) {
			said.again += 1;
			said.until = event.atSeconds;
			rowOf.set(event.id, said.event.id);
			continue;
		}
		const row: Writable = { event, again: 0, until: event.atSeconds };
		rows.push(row);
		rowOf.set(event.id, event.id);
		// Other news of a place begins its repetitions anew.
		standing.set(place, new Map(repeated.has(event.what) ? [...(standing.get(place) ?? []), [event.what, row]] : []));
	}
	return rows.map((row) => ({ ...row, because: causeAmong(row.event, rowOf, all) }));
}

interface Writable {
	readonly event: TimelineEvent;
	again: number;
	until: number;
}

const saying = ({ who, outcome, detail, attempt }: TimelineEvent): string => JSON.stringify([who, outcome, detail, attempt]);

/** The nearest cause that is a line of its own. What follows upon a look that said nothing new has none: it was only its turn. */
function causeAmong(event: TimelineEvent, rowOf: ReadonlyMap<number, number>, all: ReadonlyMap<number, TimelineEvent>): number | undefined {
	const { because } = event;
	if (because === undefined) return undefined;
	const cause = all.get(because);
	const row = rowOf.get(because);
	if (row === undefined || row === event.id) return undefined;
	return cause?.what === "observed" && row !== because ? undefined : row;
}
