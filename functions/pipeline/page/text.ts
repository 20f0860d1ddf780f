/** What stands at the end of a text that was cut. */
const cutMark = "...";

/** One user-perceived character is seldom longer: more would let one pile of accents push a whole text out. */
const longestGrapheme = 32;

/** The text with at most this many UTF-16 units, well-formed, cut between whole characters; a cut is marked. */
export function cutText(text: string, units: number): string {
	return cutBy(text, units, () => 1);
}

/** What a sign takes where a vendor writes it out for its markup: `&amp;`, `&lt;`, `&gt;`. */
const markupPrice = (point: string): number => (point === "&" ? 5 : point === "<" || point === ">" ? 4 : 1);

/** The UTF-16 units that a text takes at most, whether a vendor escapes it for its markup or not. */
export const markupLength = (text: string): number => costOf(text, markupPrice);

/** The text with at most so many of these units. */
export const cutMarkup = (text: string, units: number): string => cutBy(text, units, markupPrice);

/** The same by the price of each UTF-16 unit or code point: `price` says what one code point costs per UTF-16 unit. */
function cutBy(text: string, budget: number, price: (point: string) => number): string {
	const whole = text.toWellFormed();
	if (costOf(whole, price) <= budget) return whole;
	const room = budget - cutMark.length;
	return room <= 0
		? whole.slice(0, Math.max(0, endWithin(whole, budget, price)))
		: `${whole.slice(0, endWithin(whole, room, price))}${cutMark}`;
}

function costOf(text: string, price: (point: string) => number): number {
	let cost = 0;
	for (const point of text) cost += point.length * price(point);
	return cost;
}

/** Where the longest beginning ends that costs at most `budget` and does not split a character. */
function endWithin(text: string, budget: number, price: (point: string) => number): number {
	let [end, cost] = [0, 0];
	for (const point of text) {
		cost += point.length * price(point);
		if (cost > budget) break;
		end += point.length;
	}
	return startOfCharacter(text, end);
}

/** `end`, or where the character that it would split begins. */
function startOfCharacter(text: string, end: number): number {
	const character = new Intl.Segmenter("en", { granularity: "grapheme" }).segment(text).containing(end);
	return character === undefined || character.segment.length > longestGrapheme ? end : character.index;
}

/** GSM 03.38: the characters of one unit, and those that are sent as two. */
const basic = new Set(
	"@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
const extended = new Set("^{}\\[~]|€");

const gsmPrice = (point: string): number => (extended.has(point) ? 2 : 1);

/** The units that an SMS text takes, and how many messages it is billed and sent as: GSM 7-bit where it can be, otherwise UCS-2. */
export function smsSize(text: string): { readonly encoding: "GSM-7" | "UCS-2"; readonly units: number; readonly segments: number } {
	if ([...text].every((point) => basic.has(point) || extended.has(point))) {
		const units = costOf(text, gsmPrice);
		return { encoding: "GSM-7", units, segments: units <= 160 ? 1 : Math.ceil(units / 153) };
	}
	return { encoding: "UCS-2", units: text.length, segments: text.length <= 70 ? 1 : Math.ceil(text.length / 67) };
}

/** How many units a text may take, by the encoding that it needs. */
export interface SmsUnits {
	readonly gsm: number;
	readonly ucs2: number;
}

/** Whether it takes no more. */
export function fitsSms(text: string, { gsm, ucs2 }: SmsUnits): boolean {
	const { encoding, units } = smsSize(text);
	return units <= (encoding === "GSM-7" ? gsm : ucs2);
}

/** The text with at most these units of the encoding that it needs. */
export function cutSms(text: string, units: SmsUnits): string {
	const whole = text.toWellFormed();
	return smsSize(whole).encoding === "GSM-7" ? cutBy(whole, units.gsm, gsmPrice) : cutText(whole, units.ucs2);
}
