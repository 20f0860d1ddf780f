import type { Instant } from "../../functions/pipeline/model/incident.ts";
import type { RouteMatch } from "../../functions/pipeline/route/settings.ts";
import type { SilenceByHand } from "../../functions/pipeline/silence/byHand.ts";
import type { Silence } from "../../functions/pipeline/silence/rules.ts";

/** Silences by hand and windows that are open, a line each. */
export function silencesText(byHand: readonly SilenceByHand[], windows: readonly Silence[], now: Instant): string {
	const lines = [
		...byHand.map(({ id, ...silence }) => line(id, silence, now)),
		...windows.map(({ name, ...silence }) => line(`window ${name}`, silence, now)),
	];
	return lines.length === 0 ? "Nothing is silenced" : lines.join("\n");
}

/** What is silent, until when, why and by whom. */
export const line = (name: string, { match, why, who, until }: Omit<Silence, "name">, now: Instant): string =>
	`${name}: ${matchText(match)}, until ${new Date(until).toISOString().slice(0, 16)}Z (${leftText(until - now)} left): ${why} (${who})`;

/** `condition trunk-down, entity Frankfurt-1 or Berlin-1` */
export const matchText = (match: RouteMatch): string =>
	Object.entries(match)
		.map(([matcher, values]) => `${matcher} ${values.join(" or ")}`)
		.join(", ");

function leftText(milliseconds: number): string {
	const minutes = Math.ceil(milliseconds / 60_000);
	return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
