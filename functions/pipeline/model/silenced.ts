import type { Instant } from "./words.ts";

/** The silence that keeps an incident from being told: a window of the settings, or one by hand. */
export interface Silenced {
	/** The window's name, or the id of the silence by hand. */
	readonly name: string;
	readonly why: string;
	readonly who: string;
	/** Since when the incident is silent, whatever silence follows another one. */
	readonly since: Instant;
	/** When it ends, as far as was known when it was read last. */
	readonly until: Instant;
}

/** From when on people could be told of an incident: patience with its workflow, its age and its waits count from here. */
export const tellableSince = ({ openedAt, silenceEndedAt }: { readonly openedAt: Instant; readonly silenceEndedAt?: Instant }): Instant =>
	silenceEndedAt ?? openedAt;
