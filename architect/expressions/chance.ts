/** A number from 0 to below 1 that only depends on its arguments: the same call of the same expression with the same seed gives the same. */
export function chance(seed: number, position: number): number {
	let state =
		(Math.imul(seed | 0, 0x9e3779b1) ^ Math.imul(Math.floor(seed / 2 ** 32) | 0, 0x85ebca6b) ^ Math.imul(position, 0xc2b2ae35)) >>> 0;
	for (const factor of [0x7feb352d, 0x846ca68b]) {
		state = Math.imul(state ^ (state >>> 16), factor) >>> 0;
		state = (state ^ (state >>> 15)) >>> 0;
	}
	return state / 2 ** 32;
}
