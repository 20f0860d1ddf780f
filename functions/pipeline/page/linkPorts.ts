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

/** What a link was worth. */
export interface LinkAnswer {
	readonly outcome: LinkReason;
	/** What failed, since when, and who was paged and has answered; "" for somebody without a signed link. */
	readonly detail: string;
}

/** Signs the links by which pages are acknowledged; the secret stays behind it. */
export interface AcknowledgeLinks {
	/** Throws EdgeError. */
	link(dedupKey: string): Promise<string>;
	/** Whether the signature is one of ours for this key; takes the same time for every wrong one. Throws EdgeError. */
	valid(dedupKey: string, signature: string): Promise<boolean>;
}
