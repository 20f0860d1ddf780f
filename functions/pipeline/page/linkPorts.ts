import type { Severity } from "../model/words.ts";
import type { Fact } from "./fact.ts";

/** What an acknowledge link holds. */
export interface AcknowledgeLink {
	/** That of the page which holds it: it names the occurrence and the tier. */
	readonly dedupKey: string;
	readonly signature: string;
}

/** What an acknowledge link is worth. Only the holder of a signed one learns more than that it is none. */
export type LinkReason =
	/** It acknowledges the incident, or would. */
	| "acknowledged"
	| "already-acknowledged"
	/** The failure is over. */
	| "not-open"
	/** The page is older than a day: whoever is asked now holds a newer one. */
	| "expired"
	| "forged";

/** What whoever holds a good link is told of its incident: no more than the page told them that held it. */
export interface LinkFacts {
	/** What failed, in one line. */
	readonly what: string;
	/** What the thing is called that failed, as it stands in that line: it may be written from right to left. */
	readonly name: string;
	readonly severity: Severity;
	/** The stack, where it is not production; else "". */
	readonly stack: string;
	/** What somebody needs to decide, in the order in which it is read. */
	readonly first: readonly Fact[];
	/** Sentences: until when the link is good, and whose it is. */
	readonly terms: readonly string[];
	/** What may help besides. */
	readonly more: readonly Fact[];
}

/** What a link was worth. */
export interface LinkAnswer {
	readonly outcome: LinkReason;
	/** Absent for somebody without a signed link, and where nobody knows the incident any more. */
	readonly about?: LinkFacts;
}

/** Signs the links by which pages are acknowledged; the secret stays behind it. */
export interface AcknowledgeLinks {
	/** Throws EdgeError. */
	link(dedupKey: string): Promise<string>;
	/** Whether the signature is one of ours for this key; takes the same time for every wrong one. Throws EdgeError. */
	valid(dedupKey: string, signature: string): Promise<boolean>;
}
