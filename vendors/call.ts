/**
 * What a call can say of a page: its key, its words, the vendor's id of what it took, or since when it can have been sent: the day (GMT), or the
 * Unix time in seconds. `title` is one line of at most 130 characters, `body` several lines of at most 3000, `note` one line: what is new. `spoken`
 * is one line of at most 300 of which none means anything in XML. `acknowledgeUrl` is the link by which it is acknowledged, "" where there is none:
 * its characters mean nothing in XML, either. `details` is an object of texts. `thread` is, for what is news of a page, the vendor's id of that page.
 */
export type PageValue =
	| "key"
	| "summary"
	| "text"
	| "title"
	| "body"
	| "note"
	| "spoken"
	| "acknowledgeUrl"
	| "severity"
	| "entityName"
	| "entityId"
	| "environment"
	| "details"
	| "receipt"
	| "thread"
	| "sinceDay"
	| "sinceSeconds";

/**
 * A text with references in braces: `{name}` an input of the call, `{account.name}` a setting of the account, `{credential.name}` a secret or
 * what is held with it.
 */
export type Template = string;

/** Where a reference that stands in a template is from; absent: it is an input of the call. */
export type Scope = "account" | "credential" | undefined;

const references = /\{(?:(account|credential)\.)?(\w+)\}/g;

/** A template with each of its references replaced, and what stands between them as `literal` writes it. */
export function filledTemplate(
	template: Template,
	value: (name: string, scope: Scope) => string,
	literal: (text: string) => string = (text) => text,
): string {
	let [filled, at] = ["", 0];
	for (const { 0: reference, 1: given, 2: name = "", index } of template.matchAll(references)) {
		const scope = given === "account" || given === "credential" ? given : undefined;
		filled += literal(template.slice(at, index)) + value(name, scope);
		at = index + reference.length;
	}
	return filled + literal(template.slice(at));
}

/** The input that a text of a JSON body is a reference to, where it is nothing else. */
export const wholeReference = (template: Template): string | undefined => /^\{(\w+)\}$/.exec(template)?.[1];

/** The name in a JSON body whose value is an object that takes its place: its entries stand beside the others. */
export const entriesOf = "...";

/** The setting of the account that a text of a JSON body is, where it is nothing else. */
export const wholeSetting = (template: Template): string | undefined => /^\{account\.(\w+)\}$/.exec(template)?.[1];

/** A JSON body, its texts templates. A text that is nothing but a reference becomes the value itself; nothing but a setting that is "", nothing. */
export type JsonTemplate = Template | number | boolean | readonly JsonTemplate[] | { readonly [name: string]: JsonTemplate };

/** A part of a form's field that is there only where an input is not "". */
export interface PartWhere {
	readonly where: string;
	readonly text: Template;
	/** What is there instead; nothing when absent. */
	readonly otherwise?: Template;
}

/** A field of a form: a template, or parts that follow each other. */
export type FormField = Template | readonly (Template | PartWhere)[];

/** The parts of a field, whatever it is. */
export const partsOf = (field: FormField): readonly (Template | PartWhere)[] => (typeof field === "string" ? [field] : field);

/** HTTP Basic authentication, or a template. */
export type Header = Template | { readonly basic: readonly [user: Template, password: Template] };

/** `Array.isArray` does not tell a list that is readonly. */
export const isList = (template: JsonTemplate): template is readonly JsonTemplate[] => Array.isArray(template);

/** One HTTP request of a vendor, as data: the functions make it, and the data action that the workflow uses is written from it. */
export interface Call {
	/** As errors name it: never by its address. */
	readonly words: string;
	/** What a GET asks is a read: it has a budget of its own. */
	readonly method: "GET" | "POST" | "PUT" | "PATCH";
	readonly host: string;
	readonly path: Template;
	readonly query?: Readonly<Record<string, Template>>;
	readonly headers: Readonly<Record<string, Header>>;
	readonly body?: { readonly json: JsonTemplate } | { readonly form: Readonly<Record<string, FormField>> };
	/** What it says of the page and its channel, by the names that the templates use. */
	readonly inputs: Readonly<Record<string, `page.${PageValue}` | `channel.${string}`>>;
	/** How long its vendor wants between two of these calls; absent: not at all. */
	readonly everyMilliseconds?: number;
	/** For a vendor that says no with a 2xx. */
	readonly accepts?: Acceptance;
	/** For a vendor that says yes with a 2xx and nothing that matters in it; elsewhere that is malformed. No data action makes such a call. */
	readonly answersNothing?: true;
	/** Who proves itself by signing the request, which only a function can: no data action makes such a call. */
	readonly signature?: Signature;
}

/** `hmac`: like our own webhook, with the secret `signingSecret`. `aws`: Signature Version 4, with the function's own role. */
export type Signature = "hmac" | "aws";

/** Why a vendor refuses, in the words of the shared table of failures. */
export type VendorReason = "rate-limited" | "unavailable" | "rejected" | "unauthorized" | "forbidden" | "not-found" | "malformed";

/** What a 2xx says when it is a yes, and what a no means. */
export interface Acceptance {
	/** The path of the field, and what it holds in a yes. */
	readonly field: string;
	readonly value: string | boolean;
	/** The path of the vendor's word for why not, what each means, and what every other one does. */
	readonly reason: string;
	readonly reasons: Readonly<Record<string, VendorReason>>;
	readonly otherwise: VendorReason;
}

/** Whether a path leads to a list of texts. */
export const isListPath = (path: string): boolean => path.endsWith("[]");

/**
 * What an answer holds, by the names that the workflow's data action gives it; values are paths such as `service.id`, and `service.tags[]` where
 * that is a list of texts, which the data action gives as JSON.
 */
export interface Answer {
	/** The field that holds a list of records; absent where the answer is the record. */
	readonly list?: string;
	readonly outputs: Readonly<Record<string, string>>;
	/** Outputs that are null where the vendor knows nothing of them; the workflow, whose contracts have texts only, sees "". */
	readonly nullable?: readonly string[];
}

/** Sends a page, or ends it. A 2xx is an intent received. */
export interface SendCall extends Call, Answer {
	/** The first word of the data action's name. */
	readonly verb: string;
	/** The output that is the vendor's id of what it took. */
	readonly receipt: string;
	/** The input that stands for the receipt where the answer names none; absent: an answer without one is malformed. */
	readonly receiptOtherwise?: string;
	/** For a change that the vendor refuses, or that would undo what people did, in these states: the page is read before, and then left alone. */
	readonly unless?: readonly ReadState[];
}

/** What a vendor's word for the state of a page means. */
export type ReadState = "pending" | "sent" | "delivered" | "acknowledged" | "resolved" | "failed";

/** How a record that was read is understood. */
export interface Reading {
	/** Outputs that must equal an input, or hold it where they are lists, for the record to be of this page at all. */
	readonly matches?: Readonly<Record<string, string>>;
	/** The output that says when the record was made: one from before the intent proves nothing. Absent: the receipt says enough. */
	readonly createdAt?: string;
	/** How the vendor writes that, where Architect would not read it: an ISO 8601 text whose zone is `+0100`. Absent: `Z` or `+01:00`. */
	readonly createdIn?: "zone-without-colon";
	/** The path of its last change: an older record proves a page, too, where it is no longer as it was made and changed since the intent. */
	readonly changedAt?: string;
	/**
	 * The output that holds the vendor's word, and what each word means. Where its path leads through lists (`events.*.type`) there are several: a
	 * failure counts before a delivery, and a delivery before what only promises one.
	 */
	readonly status: string;
	readonly states: Readonly<Record<string, ReadState>>;
	/** Settings of the account whose words, with commas between them, are used instead of those of `states` with the same meaning. */
	readonly statesFrom?: Readonly<Partial<Record<ReadState, string>>>;
	/** What a record holds that somebody has answered, where its status says only that it is there. */
	readonly acknowledged?: { readonly path: string; readonly value: string | boolean };
	/** What a record that is delivered by its word must hold as well, and what each of these words means where it holds something else. */
	readonly deliveredIf?: { readonly output: string; readonly value: string; readonly otherwise: Readonly<Record<string, ReadState>> };
	/** What every other word means; absent: it is malformed. */
	readonly otherwise?: ReadState;
	/** The output that is the receipt. */
	readonly receipt: string;
	/** The path of who changed it last. */
	readonly by?: string;
	/** The path of the vendor's own id of the record, where its webhooks may name the page by nothing else. */
	readonly recordId?: string;
}

/** Reads a page back. */
export interface ReadCall extends Call, Answer {
	readonly verb: string;
	/** What asks for the first record of the list only: the data action, which can look at no other, adds it to the query. */
	readonly first?: Readonly<Record<string, string>>;
	readonly reading: Reading;
}

/** Finds a page whose receipt is not known. Its records are read like those of the read call. */
export interface FindCall extends Call {
	readonly list: string;
	/** The path of a text in a record that is the page's key, or ends in its reference. */
	readonly text: string;
	/** The path of when the record was made: a date, or Unix seconds. */
	readonly createdAt: string;
}

/** Shows whether the credential is taken, and nothing else comes of it. */
export interface CheckCall extends Call {
	/** The field that must hold a list. */
	readonly list?: string;
	/** The status by which the vendor says that the credential is wrong, where it does not say 401. */
	readonly refusedBy?: number;
	/** What a field of the answer must say, in words as well; or several. */
	readonly expects?: Expectation | readonly Expectation[];
}

/** What a field at a path must hold, and what an account is for which it does. */
export interface Expectation {
	readonly field: string;
	readonly value: string | boolean;
	readonly words: string;
}

/** Reads how a place is set up where pages arrive: before anything is deployed, and by no function. */
export interface PlaceCall extends Call {
	readonly method: "GET";
	readonly expects: readonly PlaceExpectation[];
}

/** What must be found at a path for pages to arrive there and to be proven. A field that is not there is null. */
export interface PlaceExpectation {
	readonly field: string;
	readonly must: { readonly be: readonly (string | null)[] } | { readonly notBe: readonly string[] } | { readonly holdSecret: string };
	/** What it says of the place where it holds, such as "is in use". */
	readonly words: string;
	/** What a person has to do where it does not hold. */
	readonly remedy: string;
}

export interface Calls {
	readonly send: SendCall;
	/** Absent where nothing can be read back: such a channel proves nothing, and only informs. */
	readonly read?: ReadCall;
	/** A vendor that does not deduplicate, but finds a record by our key: what is there is not sent a second time. */
	readonly looksUpFirst?: true;
	/** For a vendor that does not deduplicate and knows no key: what is under way already is not sent a second time. */
	readonly find?: FindCall;
	/** Present where people acknowledge at the vendor. */
	readonly acknowledge?: SendCall;
	/** Tells what is new about a message that is there, such as a reply in its thread. */
	readonly update?: SendCall;
	/** Tells the end: where `resolves` is "same-key" under the key of the page, elsewhere as a new message, which is like a page's by `send` where absent. */
	readonly resolve?: SendCall;
	readonly checks: readonly CheckCall[];
	/** Present where the vendor tells how the place of a channel is set up. */
	readonly place?: PlaceCall;
}
