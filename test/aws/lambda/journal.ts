import { type EventName, eventLevels } from "../../../functions/pipeline/model/events.ts";
import type { Entry } from "../../../functions/pipeline/ports.ts";

/** What the logger adds to every line. */
const added = ["level", "message", "timestamp", "service", "sampling_rate"];

/** What a function told its journal, out of a line of its log; undefined for a line that counts a metric, and for one of anybody else. */
export function entryOf(line: string): Entry | undefined {
	const { _aws: metric, message: what, ...rest }: Readonly<Record<string, unknown>> = recordOf(line);
	if (metric !== undefined || !isEvent(what)) return undefined;
	return { ...Object.fromEntries(Object.entries(rest).filter(([name]) => !added.includes(name))), what };
}

const isEvent = (what: unknown): what is EventName => typeof what === "string" && Object.hasOwn(eventLevels, what);

function recordOf(line: string): Readonly<Record<string, unknown>> {
	try {
		return Object(JSON.parse(line));
	} catch {
		return {};
	}
}
