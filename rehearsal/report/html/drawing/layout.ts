import type { Row } from "../../rows.ts";
import { clockText, spanText } from "../../spans.ts";
import { type Actor, actors } from "../../timelineEvent.ts";

/** One line of the drawing. Lengths are in pixels of the drawing. */
export interface Placed {
	readonly row: Row;
	readonly x: number;
	readonly y: number;
	/** The time, where it is another one than that of the line above. */
	readonly clock?: string;
}

/** A span in which nothing new happened: it is drawn shorter than it was. */
export interface Quiet {
	readonly from: number;
	readonly to: number;
	readonly words: string;
}

export interface Lane {
	readonly who: Actor;
	readonly x: number;
}

export interface Layout {
	readonly lanes: readonly Lane[];
	readonly placed: readonly Placed[];
	readonly quiets: readonly Quiet[];
	readonly width: number;
	readonly height: number;
	/** Where the lanes begin, and where their words do. */
	readonly top: number;
	readonly wordsAt: number;
	/** The names of lanes stand upright: there is no room beside each other. */
	readonly upright: boolean;
}

/** How wide a drawing is, and its parts. */
export interface Shape {
	readonly name: "wide" | "narrow";
	readonly width: number;
	readonly clockWidth: number;
	readonly widestLane: number;
	/** All lanes together take no more. */
	readonly lanesWidth: number;
	readonly step: number;
}

/** Time goes downwards, a lane is a column: everything has room for its words, on paper and on a phone. */
export const shapes = {
	wide: { name: "wide", width: 940, clockWidth: 58, widestLane: 74, lanesWidth: 440, step: 25 },
	narrow: { name: "narrow", width: 340, clockWidth: 40, widestLane: 20, lanesWidth: 160, step: 24 },
} as const satisfies Record<string, Shape>;

/** A minute without news adds so much; from `longest` on the rest is left out. */
const pixelsPerSecond = 0.12;
const longest = 180;
const quietHeight = 34;

/** Where a lane is narrower, its name would stand over the next one. */
const narrowestName = 62;

/** Gives every line its place: in the order of time, one below the other, with room for the time between them. */
export function layoutOf(rows: readonly Row[], { width, clockWidth, widestLane, lanesWidth, step }: Shape): Layout {
	const present = actors.filter((who) => rows.some(({ event }) => event.who === who));
	const pitch = Math.min(widestLane, Math.floor(lanesWidth / Math.max(1, present.length)));
	const upright = pitch < narrowestName;
	const top = upright ? 82 : 28;
	const lanes = present.map((who, index) => ({ who, x: clockWidth + pitch * (index + 0.5) }));
	const laneOf = new Map(lanes.map(({ who, x }) => [who, x]));
	const placed: Placed[] = [];
	const quiets: Quiet[] = [];
	let y = top + step * 0.7;
	let at: number | undefined;
	for (const row of rows) {
		const { atSeconds, who } = row.event;
		const passed = at === undefined ? 0 : atSeconds - at;
		if (at !== undefined) y += step;
		if (passed > longest) {
			quiets.push({ from: y - step / 2, to: y - step / 2 + quietHeight, words: `${spanText(passed)} quiet` });
			y += quietHeight;
		} else y += Math.round(passed * pixelsPerSecond);
		placed.push({ row, x: laneOf.get(who) ?? clockWidth, y, ...(passed > 0 || at === undefined ? { clock: clockText(atSeconds) } : {}) });
		at = atSeconds;
	}
	return { lanes, placed, quiets, width, height: Math.ceil(y + step), top, wordsAt: clockWidth + pitch * lanes.length + 10, upright };
}
