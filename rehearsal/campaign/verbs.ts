import type * as z from "zod";
import type { happens, scenarioFile } from "../scenario/scenario.ts";

/** A verb and a scenario as a file holds them. */
export type Verb = z.input<typeof happens>;
export type ScenarioInput = z.input<typeof scenarioFile>;

/** A span of time as a scenario file writes it. */
export function secondsText(seconds: number): string {
	const minutes = Math.floor(seconds / 60);
	return `${minutes > 0 ? `${minutes}m` : ""}${seconds % 60 > 0 || minutes === 0 ? `${seconds % 60}s` : ""}`;
}

/** The seconds of such a span; 0 for what is none. */
export function secondsIn(text: string): number {
	const [, hours = "0", minutes = "0", seconds = "0"] = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text) ?? [];
	return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
