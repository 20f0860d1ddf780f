import type { Failure } from "./schedule.ts";

/** Somebody was told of a failure: an incident at PagerDuty, a delivered message, a webhook that was taken and kept. */
export interface Notice {
	readonly channel: string;
	/** The name of the failure; undefined where the notice is of none of them. */
	readonly failure: string | undefined;
	readonly atSeconds: number;
}

/** What became of a schedule of failures. Seconds are from the failure, for those that anybody was told of. */
export interface Figures {
	/** Failures that nobody was told of. */
	readonly lost: number;
	/** Notices of what was told already on the same channel, sooner than the policy repeats it. */
	readonly duplicates: number;
	/** Failures that were told on a second channel too. */
	readonly twoChannels: number;
	/** Notices of something else. */
	readonly others: number;
	readonly medianSeconds: number | undefined;
	readonly worstSeconds: number | undefined;
}

/** Counts what reached people. A notice that comes `repeatSeconds` after the one before it is a repetition by policy, hence no duplicate. */
export function countNotices(failures: readonly Failure[], notices: readonly Notice[], repeatSeconds: number): Figures {
	const logged = failures.map((failure) => channelsOf(failure, notices));
	const first = logged.flatMap((channels) => earliest(channels.flat())).toSorted((one, other) => one - other);
	const names = new Set(failures.map(({ name }) => name));
	return {
		lost: failures.length - first.length,
		duplicates: logged.flat().reduce((sum, times) => sum + tooSoon(times, repeatSeconds), 0),
		twoChannels: logged.filter((channels) => channels.length > 1).length,
		others: notices.filter(({ failure }) => failure === undefined || !names.has(failure)).length,
		medianSeconds: median(first),
		worstSeconds: first.at(-1),
	};
}

/** For each channel that told of the failure, when: seconds from the failure, in order. */
function channelsOf({ name, atSeconds }: Failure, notices: readonly Notice[]): readonly (readonly number[])[] {
	const byChannel = Map.groupBy(
		notices.filter(({ failure }) => failure === name),
		({ channel }) => channel,
	);
	return [...byChannel.values()].map((logged) =>
		logged.map((notice) => notice.atSeconds - atSeconds).toSorted((one, other) => one - other),
	);
}

const earliest = (times: readonly number[]): readonly number[] => (times.length === 0 ? [] : [Math.min(...times)]);

function tooSoon(times: readonly number[], repeatSeconds: number): number {
	return times.filter((at, index) => at - (times[index - 1] ?? Number.NEGATIVE_INFINITY) < repeatSeconds).length;
}

/** The lower of the two in the middle, so that it is a time that was measured. */
function median(sorted: readonly number[]): number | undefined {
	return sorted[Math.floor((sorted.length - 1) / 2)];
}
