import type { Row } from "../../rows.ts";
import { moreOf, type Tone, toneOf, whereOf, wordsOf } from "../../words.ts";
import { html, type Markup, shortened } from "../markup.ts";
import { type Lane, type Layout, layoutOf, type Placed, type Quiet, type Shape, shapes } from "./layout.ts";

/** What a drawing is called, and what its ids begin with. */
export interface Caption {
	readonly id: string;
	readonly title: string;
	readonly text: string;
}

/** The lines as lanes by who, with their causes as arrows: one drawing for wide pages and paper, one for narrow ones. */
export const drawing = (rows: readonly Row[], caption: Caption): Markup =>
	html`<div class="drawing">${Object.values(shapes).map((shape) => svg(layoutOf(rows, shape), shape, caption))}</div>`;

/** The signs of the marks, once in a document. */
export const signs = (): Markup => html`<svg width="0" height="0" aria-hidden="true" class="signs"><defs>
<marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6" markerHeight="6" orient="auto"><path d="M0 .8 8 4 0 7.2z"/></marker>
<symbol id="m-failed" viewBox="-9 -9 18 18"><rect x="-8" y="-8" width="16" height="16" rx="3"/><path d="M-3.5-3.5 3.5 3.5M3.5-3.5-3.5 3.5"/></symbol>
<symbol id="m-proven" viewBox="-9 -9 18 18"><circle r="8.4"/><path d="M-4 .3-1.2 3.2 4-2.8"/></symbol>
<symbol id="m-sent" viewBox="-9 -9 18 18"><circle r="7.6"/><path d="M-3.8 0H3.4M.6-3 3.6 0 .6 3"/></symbol>
<symbol id="m-person" viewBox="-9 -9 18 18"><circle r="8.4"/><path d="M-4.2 5c0-5.4 8.4-5.4 8.4 0"/><circle class="head" cy="-2.4" r="2.4"/></symbol>
<symbol id="m-opened" viewBox="-9 -9 18 18"><path class="body" d="M0-8.4 8.6 7.6H-8.6z"/><path d="M0-3V2.4M0 4.6V5.6"/></symbol>
<symbol id="m-over" viewBox="-9 -9 18 18"><circle r="7.6"/><circle class="head" r="3"/></symbol>
<symbol id="m-plain" viewBox="-9 -9 18 18"><circle r="4.4"/></symbol>
</defs></svg>`;

function svg(layout: Layout, shape: Shape, { id, title, text }: Caption): Markup {
	const { lanes, placed, quiets, width, height } = layout;
	const own = `${id}-${shape.name}`;
	return html`<svg class="${shape.name}" role="img" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" aria-labelledby="${own}-t ${own}-d"><title id="${own}-t">${title}</title><desc id="${own}-d">${text}</desc>
${bands(layout)}${lanes.map((lane) => laneOf(lane, layout))}${quiets.map((quiet) => quietOf(quiet, layout))}${arrows(placed)}${placed.map((each) => markOf(each, layout, shape))}</svg>`;
}

/** What happened at one instant stands on one band. */
function bands({ placed, width }: Layout): readonly Markup[] {
	const begins = placed.flatMap((each, index) => (each.clock === undefined ? [] : [index]));
	return begins.flatMap((first, band) => {
		if (band % 2 === 1) return [];
		const [from, to] = [placed[first], placed[(begins[band + 1] ?? placed.length) - 1]];
		if (from === undefined || to === undefined) return [];
		return [html`<rect class="band" x="0" y="${from.y - 12}" width="${width}" height="${to.y - from.y + 24}" rx="4"/>`];
	});
}

function laneOf({ who, x }: Lane, { height, top, upright }: Layout): Markup {
	const name = shortened(who, upright ? 13 : 10);
	const word = upright
		? html`<text class="lane" transform="translate(${x + 4} ${top - 6}) rotate(-90)">${name}</text>`
		: html`<text class="lane" x="${x}" y="${top - 12}" text-anchor="middle">${name}</text>`;
	return html`<path class="line" d="M${x} ${top}V${height - 8}"/>${word}`;
}

const quietOf = ({ from, to, words }: Quiet, { width, wordsAt }: Layout): Markup => {
	const middle = (from + to) / 2;
	return html`<rect class="quiet" x="0" y="${from + 3}" width="${width}" height="${to - from - 6}"/><path class="break" d="M0 ${middle}H${wordsAt - 8}"/><text class="pause" x="${wordsAt}" y="${middle + 4}">${words}</text>`;
};

/** An arrow as long as this would cross much that has nothing to do with it. */
const farAway = 320;

function arrows(placed: readonly Placed[]): readonly Markup[] {
	const byId = new Map(placed.map((each) => [each.row.event.id, each]));
	return placed.flatMap((effect) => {
		const cause = effect.row.because === undefined ? undefined : byId.get(effect.row.because);
		if (cause === undefined || cause.y >= effect.y) return [];
		const far = effect.y - cause.y > farAway ? " far" : "";
		return [html`<path class="cause${far}" marker-end="url(#tip)" d="${arrowPath(cause, effect, placed)}"/>`];
	});
}

/** Within a lane an arrow goes round what stands between. */
function arrowPath(cause: Placed, effect: Placed, placed: readonly Placed[]): string {
	const [x1, y1, x2, y2] = [cause.x, cause.y + 8, effect.x, effect.y - 9];
	if (x1 !== x2) {
		const bend = Math.min(40, (y2 - y1) / 2 + 6);
		return `M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`;
	}
	const isFree = !placed.some(({ x, y }) => x === x1 && y > cause.y && y < effect.y);
	return isFree ? `M${x1} ${y1}V${y2}` : `M${x1 - 6} ${y1 - 3}C${x1 - 16} ${y1 + 12} ${x2 - 16} ${y2 - 12} ${x2 - 5} ${y2 + 2}`;
}

const sizes: Partial<Record<Tone, number>> = { plain: 14 };

function markOf({ row, x, y, clock }: Placed, { width, wordsAt }: Layout, { name }: Shape): Markup {
	const tone = toneOf(row.event);
	const size = sizes[tone] ?? 18;
	const time = clock === undefined ? "" : html`<text class="clock" x="2" y="${y + 4}">${clock}</text>`;
	const room = Math.floor((width - wordsAt) / (name === "wide" ? 7.2 : 6.6));
	return html`${time}<use class="mark ${tone}" href="#m-${tone}" x="${x - size / 2}" y="${y - size / 2}" width="${size}" height="${size}"/><text class="words ${tone}" x="${wordsAt}" y="${y + 4}">${labelOf(row, room)}</text>
`;
}

/** What a line says beside its mark, in at most so many characters: what happened, where, and what is left of the room for the rest. */
function labelOf({ event, again }: Row, room: number): Markup {
	const words = shortened(wordsOf(event), room);
	const rest = [...whereOf(event), ...(again === 0 ? [] : [`${again + 1} times`]), ...moreOf(event)].join(" · ");
	const left = room - Math.ceil(words.length * 1.1) - 1;
	return rest === "" || left < 4 ? html`${words}` : html`${words} <tspan>${shortened(rest, left)}</tspan>`;
}
