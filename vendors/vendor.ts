import type { Calls, Template, VendorReason } from "./call.ts";
import type { Inbound } from "./inbound.ts";

/** What a vendor can do: the rules of the pipeline ask this, never which vendor it is. */
export interface Traits {
	/** Whether a page that is sent again under the same key joins the one that is there. Where not, a repeat rings again. */
	readonly deduplicates: boolean;
	/** Whether people acknowledge at the vendor, which takes an acknowledgement from us and tells theirs when a page is read back. */
	readonly acknowledges: boolean;
	/** What reading back proves: `record`, what the vendor has of it and its state; `delivery`, that a message arrived; `none`: it only informs. */
	readonly proof: "record" | "delivery" | "none";
	/** How the end is told: under the key of the page, which ends it, or by one more message. */
	readonly resolves: "same-key" | "new-message";
}

/** A setting that is a text of a pattern. */
export interface TextField {
	readonly pattern: RegExp;
	/** Completes the sentence "expected …". */
	readonly expected: string;
	/** What it is where the stack does not say; absent: the stack must. */
	readonly usual?: string;
	/** What it decides, for editors. */
	readonly about?: string;
}

/** A setting that is one of a few words. */
export interface ChoiceField {
	readonly oneOf: readonly [string, ...string[]];
	/** What it is where the stack does not say. */
	readonly usual: string;
	readonly about?: string;
}

export type Field = TextField | ChoiceField;
export type Fields = Readonly<Record<string, Field>>;

/** What a stack says once of its account at the vendor. */
export interface Account {
	/** The key of its section in a stack file. */
	readonly key: string;
	readonly settings: Fields;
}

/** One of the vendor's hosts. */
export interface Host {
	readonly name: string | NamesByAccount | NameWithin | BaseAddress;
	/** What the vendor documents; absent where it documents none. */
	readonly limit?: { readonly requestsPerMinute: number; readonly per: string };
	/** Where the name and the limit are documented. */
	readonly source: string;
}

/** A host whose name depends on a setting of the account. */
export interface NamesByAccount {
	readonly setting: string;
	readonly names: Readonly<Record<string, string>>;
}

/** A host whose name has settings of the account in it. */
export interface NameWithin {
	readonly template: Template;
}

/** A whole address that the account, a channel or the credential holds: a call's path follows it. */
export interface BaseAddress {
	readonly from: "account" | "channel" | "credential";
	readonly field: string;
}

/** What we prove ourselves with, by the name that budgets, breakers and incidents of credentials have, too. */
export interface Credential {
	/** Its name, or the beginning of it where there are several. */
	readonly name: string;
	/** The setting of a channel of which each value has a credential of its own: `<name>-<value>`. Absent: one for all channels. */
	readonly per?: string;
	/** Settings of a channel that are the same wherever its credential is, with what they are. */
	readonly fixes?: Readonly<Record<string, string>>;
	/** Settings of the account that are kept together with the secrets, because both are one credential. */
	readonly holds?: readonly string[];
	/** How people call it; followed by the value where there are several. */
	readonly words: string;
	/** The credential inside Genesys Cloud: its type, and which secret or held setting is in each of its fields. Absent: only functions have it. */
	readonly genesys?: { readonly type: "userDefined" | "basicAuth"; readonly fields: Readonly<Record<string, string>> };
	/** What its integration in Genesys Cloud is for, for whoever finds it there; `{setting}` is one of the channel. */
	readonly notes: string;
}

/** A vendor that is a service of AWS: its requests are signed with the functions' own roles, which must be allowed to make them. */
export interface AwsService {
	/** As signatures and ARNs name it. */
	readonly service: string;
	/** The setting of the account that says in which region. */
	readonly region: string;
	/**
	 * Resources are "*", where an action knows none, or the last part of an ARN of the deploying account: it may end in `*`. What only the check of the
	 * credential takes is for the function that checks.
	 */
	readonly needs: readonly { readonly action: string; readonly resources: readonly string[]; readonly onlyChecks?: true }[];
}

/** One vendor, described once. Whoever pages, reads, deploys or rehearses reads it here. */
export interface Vendor {
	/** As people and error messages call it. */
	readonly system: string;
	readonly traits: Traits;
	/** Our severities in the vendor's words; absent where a page names ours. */
	readonly severities?: Readonly<Record<"critical" | "high" | "medium" | "low", string>>;
	/** What its markup would take for its own in the texts of a page, and what is written instead, in this order. */
	readonly escapes?: readonly (readonly [text: string, instead: string])[];
	readonly account: Account;
	/** The settings of a channel beside its kind and name. */
	readonly channel: Fields;
	readonly hosts: Readonly<Record<string, Host>>;
	readonly credential: Credential;
	/** What the credential consists of: each is a secret of the stack, `<credential>-<name>`, with what it is for. */
	readonly secrets: Readonly<Record<string, string>>;
	readonly calls: Calls;
	/** What it tells by itself; absent: nothing that we hear. */
	readonly inbound?: Inbound;
	/** Present where a call's signature is `aws`. */
	readonly aws?: AwsService;
	/** What a status means, where it is something else than usual. */
	readonly statuses?: Readonly<Record<number, VendorReason>>;
}
