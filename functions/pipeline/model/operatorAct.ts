import type { Instant } from "./words.ts";

/** What an act by hand came to. */
export const deeds = [
	"acknowledged",
	/** It is over, by an operator's word. */
	"resolved",
	/** An operator holds it for mended while it is still seen: it is told again. */
	"noted",
	/** A new round from the first tier. */
	"told-again",
	/** Its dead letter went back to the queue. */
	"redriven",
	/** Its dead letter was deleted. */
	"dropped",
] as const;

/** What somebody did to an incident by the operator's command. */
export interface OperatorAct {
	readonly did: (typeof deeds)[number];
	readonly at: Instant;
	readonly by: string;
	readonly why: string;
	/** The round that it began. */
	readonly round?: number;
	/** The overseer has told it in the journal: an operator has none. */
	readonly told?: true;
}
