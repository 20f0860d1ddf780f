/** A span for people: `0 s`, `45 s`, `8 min`, `8 min 40 s`, `2 h 5 min`, `3 d 4 h`: its two largest units. */
export function spanText(seconds: number): string {
	const whole = Math.round(seconds);
	const units = [
		[86_400, "d"],
		[3600, "h"],
		[60, "min"],
		[1, "s"],
	] as const;
	const first = units.findIndex(([size]) => whole >= size);
	if (first === -1) return "0 s";
	const [largest = [1, "s"], next] = units.slice(first);
	const [size, word] = largest;
	const rest = next === undefined ? 0 : Math.floor((whole % size) / next[0]);
	return `${Math.floor(whole / size)} ${word}${next === undefined || rest === 0 ? "" : ` ${rest} ${next[1]}`}`;
}

/** Seconds of a story as minutes and seconds: `8:40`, `1:05:00` from an hour on. */
export function clockText(seconds: number): string {
	const whole = Math.floor(seconds);
	const two = (value: number): string => String(value).padStart(2, "0");
	const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
	return hours === 0 ? `${minutes}:${two(rest)}` : `${hours}:${two(minutes)}:${two(rest)}`;
}

/** An instant of a story as people read it: by its own clock where it has one that counts (`03:12:04`, with its day where that is another one). */
export function instantText(seconds: number, begins: string | undefined): string {
	if (begins === undefined) return clockText(seconds);
	const at = new Date(Date.parse(begins) + seconds * 1000).toISOString();
	return at.slice(0, 10) === begins.slice(0, 10) ? at.slice(11, 19) : `${at.slice(0, 10)} ${at.slice(11, 19)}`;
}
