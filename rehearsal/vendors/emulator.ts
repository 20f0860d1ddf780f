import type { EmulatorClock } from "../world/clock.ts";
import type { DocumentedRequest } from "./documented.ts";

/** What an account at a vendor is made of: what the stack says of it, and of each channel of its kind. */
export interface AccountSetup {
	readonly clock: EmulatorClock;
	/** Empty where the stack has no account there. */
	readonly account: Readonly<Record<string, string>>;
	readonly channels: readonly Readonly<Record<string, string>>[];
	/** Where it is a service of AWS: who may call it. Absent: nobody. */
	readonly callers?: AwsCallers;
}

/** Who calls a service of AWS, as the account around it knows. */
export interface AwsCallers {
	/** What belongs to an access key; undefined for one that is nobody's. */
	secretsOf(accessKeyId: string): { readonly secretAccessKey: string; readonly sessionToken: string } | undefined;
	/** Whether its holder may do it. A refusal is kept. */
	permits(accessKeyId: string, wanted: AwsWanted): boolean;
}

/** What somebody wants of a service of AWS; `resource` is "*", or the last part of an ARN in the account. */
export interface AwsWanted {
	readonly service: string;
	readonly region: string;
	readonly action: string;
	readonly resource: string;
}

/** What a vendor does instead of its work; on all of its hosts where none is named. */
export type VendorFault =
	| { readonly does: "answers"; readonly status: number; readonly host?: string }
	/** Accepts and never delivers. */
	| { readonly does: "loses" }
	/** Delivers, and no receipt ever says so. */
	| { readonly does: "leaves-at-sent" }
	/** Says no with a 2xx, in the vendor's own words. */
	| { readonly does: "says-no"; readonly error: string }
	/** Accepts, and makes no record of it: the place is in maintenance. */
	| { readonly does: "in-maintenance" }
	/** Accepts, and folds it into another record: there is none of its own. */
	| { readonly does: "groups" }
	/** Accepts, and the page ends like this, in the vendor's own words. */
	| { readonly does: "ends"; readonly as: string };

/** For a fault that is none of the vendor's. */
export const unknownFault = (name: string, { does }: VendorFault): Error => new Error(`Expected a fault of ${name}, got ${does}`);

/** What a person does at a vendor with what is open, beside answering it. */
export const personActs = ["resolve", "snooze", "reassign", "merge", "delete"] as const;
export type PersonAct = (typeof personActs)[number];

/** Where a vendor sends what it tells by itself. */
export interface WebhookReceiver {
	/** The address of a place. */
	readonly urlOf: (place: string) => string;
	/** Rejects where no answer came. */
	readonly deliver: (request: Request) => Promise<Response>;
}

/** `forged`: an answer that nobody gave, signed with another secret; `replayed`: what was told last, as it was recorded. */
export const intrusions = ["forged", "replayed"] as const;
export type Intrusion = (typeof intrusions)[number];

/** A second credential. */
export interface Renewed {
	/** By the key of the stack's secret. */
	readonly secrets: Readonly<Record<string, string>>;
	/** The first one is taken no longer, for good. */
	readonly endOld: () => void;
}

/** A page, or the news of its end, at a vendor. Times are the vendor's own, in milliseconds. */
export interface VendorArrival {
	/** What the channel's setting `place` says. */
	readonly place: string;
	readonly kind: "page" | "end";
	readonly at: number;
	/** What people read first. */
	readonly text: string;
	/** The key that came with it, where people do not see it. */
	readonly key?: string;
	/** Whether people have it. */
	readonly arrived: boolean;
	/** Absent for a message, which has no state after its arrival. */
	readonly record?: VendorRecord;
	/** When a person answered it. */
	readonly answeredAt?: number;
	/** Absent while a record is open. */
	readonly resolvedAt?: number;
	/** A person answers by a key, which the vendor tells whoever asked for it; what they hear then. Absent where nobody listens for one now. */
	readonly press?: (send: (request: Request) => Promise<Response>) => Promise<string>;
}

/** What a vendor that keeps records has of a page. */
export interface VendorRecord {
	/** The key under which it was sent. */
	readonly key: string;
	/** What it is about, where the vendor keeps that apart. */
	readonly source?: string;
	/** The facts that came with it, for people to read. */
	readonly details: unknown;
}

/** An account at a vendor, in one rehearsal. */
export interface VendorAccount {
	/** The names of its hosts, by the words that faults use. */
	readonly hosts: Readonly<Record<string, string>>;
	readonly fetch: (request: Request) => Promise<Response>;
	/** What the vendor issued, by the key of the stack's secret. */
	readonly secrets: Readonly<Record<string, string>>;
	/** Faults add up; returns the function that ends this one. */
	begin(fault: VendorFault): () => void;
	/** Takes a credential no longer: the one of that place, where each has its own; returns the function that ends it. */
	refuse(place: string): () => void;
	/** Issues a second credential of that place beside the first, where the vendor takes two at once; absent where it does not. */
	renew?(place: string): Renewed;
	/** A person answers what is open at a place; returns how many pages that were. Absent where nobody can. */
	acknowledge?(place: string, by: string): number;
	/** A person takes the answer back. Absent where nobody can. */
	unacknowledge?(place: string, by: string): number;
	/** A person does something with everything that is open at a place; returns how many pages that were. Absent where nobody can. */
	act?(what: PersonAct, place: string, by: string): number;
	/** What it issued to sign its webhooks with, by the key of the stack's secret: a stack may do without. Absent where it has none. */
	readonly webhookSecrets?: Readonly<Record<string, string>>;
	/** From now on it tells by webhooks what happens. Absent where it has none. */
	subscribe?(receiver: WebhookReceiver): void;
	/** What somebody sends to a place's address who is not the vendor; undefined where there is nothing that could be sent. */
	intrude?(how: Intrusion, place: string, by: string): Promise<Response | undefined>;
	/** Where several accounts share a host: whether a request is for this one. Absent: every request to its hosts. */
	takes?(request: Request): boolean;
	/** In the order in which they came. */
	arrivals(): readonly VendorArrival[];
}

/** A vendor's emulator. It knows its vendor from the vendor's own documentation, not from our description of it: the two check each other. */
export interface Emulator {
	/** As people call it. */
	readonly name: string;
	/** As scenarios and the timeline call it. */
	readonly system: string;
	/** The words for its hosts. */
	readonly hosts: readonly [string, ...string[]];
	/** What can go wrong at it, beside what can on every way. */
	readonly faults: readonly VendorFault["does"][];
	/** How what it accepted can end badly, in its own words; absent where it has no such end. */
	readonly endings?: readonly string[];
	/** What people can do with what is open there, beside answering it; absent where nothing is kept that they could do it with. */
	readonly acts?: readonly PersonAct[];
	/** The name of its credential; of each place, where `isPerPlace`, followed by the place. */
	readonly credential: { readonly name: string; readonly isPerPlace: boolean };
	/** The setting of a channel that says where its pages arrive, and how people call such a place. */
	readonly place: { readonly setting: string; readonly words: string };
	/** Whether people answer there. */
	readonly isAnswered: boolean;
	/** Whether it tells by webhooks what happens. */
	readonly tells?: true;
	/** What is served to look around. */
	readonly demo: Omit<AccountSetup, "clock" | "callers">;
	/** What its vendor documents of the requests that could be made of it: each of ours is judged by them. */
	readonly requests: readonly DocumentedRequest[];
	open(setup: AccountSetup): VendorAccount;
}

/** The way to each of an account's hosts. */
export const routesTo = ({
	hosts,
	...account
}: VendorAccount): readonly (Pick<VendorAccount, "fetch" | "takes"> & { readonly host: string })[] =>
	Object.values(hosts).map((host) => ({ ...account, host }));
