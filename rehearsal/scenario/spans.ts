/** A span of time as a scenario file writes it. */
export function secondsText(seconds: number): string {
	const minutes = Math.floor(seconds / 60);
	return `${minutes > 0 ? `${minutes}m` : ""}${seconds % 60 > 0 || minutes === 0 ? `${seconds % 60}s` : ""}`;
}

/** What such a span looks like. */
export const spanPattern = /^(?=.)(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/;

/** The seconds of such a span; 0 for what is none. */
export function secondsIn(text: string): number {
	const [, hours = "0", minutes = "0", seconds = "0"] = spanPattern.exec(text) ?? [];
	return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
