import type { Json } from "../../../architect/expressions/values.ts";

/** What a sentence of the vendor's catalogue says a value is. */
export type Logged = { readonly value: Json } | { readonly error: true };

const months = "January February March April May June July August September October November December".split(" ");
const words: Readonly<Record<string, number>> = { four: 4, eleven: 11 };

/** The value that an English sentence of the catalogue describes; undefined when it describes none that can be read. */
export function sourceOf(sentence: string): Logged | undefined {
	if (/^This would result in an error at runtime/.test(sentence)) return { error: true };
	if (/^A NOT_SET [A-Z]\w*(?: Skill| Code)?\.?$/.test(sentence) || /^A NOT_SET DateTime value because/.test(sentence))
		return { value: null };
	const quoted = /^"(.*)" \( /.exec(sentence)?.[1];
	if (quoted !== undefined) return { value: quoted.replaceAll(/\\+n/g, "\n") };
	return money(sentence) ?? moment(sentence) ?? span(sentence) ?? positions(sentence);
}

function money(sentence: string): Logged | undefined {
	const found =
		/^A Currency (?:value )?with an? (?:a )?(?:amount of (?<amount>-?[\d.]+)|NOT_SET amount) and (?:an? )?(?:code of "(?<code>\w+)"|NOT_SET code|code of NOT_SET)/.exec(
			sentence,
		);
	if (found === null) return undefined;
	const { amount, code = "" } = found.groups ?? {};
	const [whole = "", fraction = ""] = (amount ?? "").split(".");
	return { value: `${amount === undefined ? "" : `${whole}.${fraction.padEnd(2, "0")}`}|${code}` };
}

function moment(sentence: string): Logged | undefined {
	const found =
		/^(?:A|The) DateTime (?:of|whose value is) (?<month>[A-Z]\w+) (?<day>\d+)(?:st|nd|rd|th)?, (?<year>\d{4}) at (?<hour>\d+):(?<minute>\d\d):(?<second>\d\d) ?(?<half>AM|PM)/.exec(
			sentence,
		);
	if (found === null) return undefined;
	const { month = "", day, year, hour, minute, second, half } = found.groups ?? {};
	const hours = (Number(hour) % 12) + (half === "PM" ? 12 : 0);
	const at = Date.UTC(Number(year), months.indexOf(month), Number(day), hours, Number(minute), Number(second));
	return { value: new Date(at).toISOString().replace(".000Z", "Z") };
}

const units: Readonly<Record<string, number>> = { day: 86_400_000, hour: 3_600_000, minute: 60_000, second: 1000 };

function span(sentence: string): Logged | undefined {
	const text =
		/^(?:A|The) (?:negative )?[Dd]uration (?:value )?of (.*?)\.?$/.exec(sentence)?.[1] ?? /^A (\d.*) Duration\.$/.exec(sentence)?.[1];
	if (text === undefined) return undefined;
	let total = 0;
	for (const [, count = "", unit = ""] of text.matchAll(/(-?[\d.]+|[a-z]+) (day|hour|minute|second)s?/g)) {
		total += (words[count] ?? Number(count)) * (units[unit] ?? Number.NaN);
	}
	return { value: isoDuration(/negative/.test(sentence) ? -total : total) };
}

function isoDuration(milliseconds: number): string {
	const rest = Math.abs(milliseconds);
	const [days, hours, minutes, seconds] = [
		Math.floor(rest / 86_400_000),
		Math.floor(rest / 3_600_000) % 24,
		Math.floor(rest / 60_000) % 60,
		(rest % 60_000) / 1000,
	];
	const time = `${hours ? `${hours}H` : ""}${minutes ? `${minutes}M` : ""}${seconds ? `${Number.isInteger(seconds) ? seconds : seconds.toFixed(3)}S` : ""}`;
	if (rest === 0) return "PT0S";
	return `${milliseconds < 0 ? "-" : ""}P${days ? `${days}D` : ""}${time ? `T${time}` : ""}`;
}

function positions(sentence: string): Logged | undefined {
	if (/^An empty \w+ collection\.?$/.test(sentence)) return { value: [] };
	const found = /^An Integer collection with \d elements? whose values? (?:is|are) (.*)\.$/.exec(sentence)?.[1];
	return found === undefined ? undefined : { value: found.split(" and ").map(Number) };
}
