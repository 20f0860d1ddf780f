/** What a vendor can tell of a page: what people did with it there, and what became of it. */
export type InboundEvent = "acknowledged" | "unacknowledged" | "resolved" | "delivered" | "failed";

/** An HMAC-SHA256 in hexadecimal digits, of the body and what is put before it. */
export interface SignedBody {
	readonly scheme: "hmac-sha256";
	/** It may hold several signatures, separated by commas, while the vendor exchanges its secret. */
	readonly header: string;
	/** What each signature begins with. */
	readonly prefix: string;
	/** What is put before the body; `{timestamp}` is that header's. */
	readonly before: string;
	/** Absent: the vendor signs no time. */
	readonly timestamp?: { readonly header: string; readonly windowSeconds: number };
}

/** An HMAC-SHA1 in base64, of the whole address that was called, and of each field of the form, sorted: its name and its value. */
export interface SignedAddress {
	readonly scheme: "hmac-sha1-address";
	readonly header: string;
}

/** The secret itself, in a header: for a vendor that signs nothing. */
export interface ShownToken {
	readonly scheme: "token";
	readonly header: string;
	/** What stands before it, such as `Bearer `. */
	readonly prefix: string;
}

/** How the sender of a webhook proves who it is: a closed set. */
export type Sender = SignedBody | SignedAddress | ShownToken;

/** A path such as `event.data.id`; a number is a place in a list. */
type Path = string;

/** How a vendor's webhook is verified and understood. It comes to `/vendors/<kind>`, and to `/vendors/<kind>/<place>` where each place has a credential of its own. */
export interface Inbound {
	readonly sender: Sender;
	/**
	 * The secrets of the credential by which a sender proves itself, each with what it is for; any of them will do, so that one can be exchanged.
	 * One that the credential does not need otherwise may be left out: the path is open where at least one is configured.
	 */
	readonly secrets: Readonly<Record<string, string>>;
	/** How the body is written; `jsonIn`: a field of a form holds the document. */
	readonly body: "json" | "form" | { readonly jsonIn: string };
	/** Where our key stands: in the document, or in the query of an address that we gave the vendor. */
	readonly key?: { readonly at: Path } | { readonly query: string };
	/** Where the vendor's own id of the page stands, by which it is found among what is open where no key is given. */
	readonly receipt?: Path;
	/** What happened: of each place, what its words mean. The first place with a known word counts; another one's document is none of ours. */
	readonly events: Readonly<Record<Path, Readonly<Record<string, InboundEvent>>>>;
	/** When it happened; absent where the vendor does not say. */
	readonly occurredAt?: Path;
	/** Who did it. */
	readonly by?: Path;
	/** By what an answer that a person gave differs from what programs do, such as we, where the vendor tells them apart. */
	readonly person?: { readonly at: Path } & ({ readonly is: string } | { readonly isNot: string });
	/** What tells of no event, whatever it is called: a page that went into another record is not over. */
	readonly unless?: { readonly at: Path; readonly is: string };
	/** What must equal a setting of the channel for the page to be this one. */
	readonly matches?: Readonly<Record<Path, string>>;
	/** Where all this is documented. */
	readonly source: string;
}
