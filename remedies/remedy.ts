/** A setting that is a text of a pattern; `expected` completes the sentence "expected …". */
export interface TextField {
	readonly kind: "text";
	readonly pattern: RegExp;
	readonly expected: string;
	/** What it decides, for editors and the reference. */
	readonly about: string;
	readonly optional?: true;
}

/** Lists of texts, each by a name of its own. */
export interface ListsField {
	readonly kind: "lists";
	readonly name: { readonly pattern: RegExp; readonly expected: string };
	readonly expected: string;
	readonly about: string;
	readonly optional?: true;
}

export type Field = TextField | ListsField;
export type Fields = Readonly<Record<string, Field>>;

type OptionalOf<F> = { [K in keyof F]: F[K] extends { readonly optional: true } ? K : never }[keyof F];
type Held<F> = F extends ListsField ? Readonly<Record<string, readonly string[]>> : string;

/** What settings of these fields hold. */
export type Values<F> = { readonly [K in Exclude<keyof F, OptionalOf<F>>]: Held<F[K]> } & {
	readonly [K in OptionalOf<F>]?: Held<F[K]>;
};

/** A permission of Genesys Cloud: domain, entity, action. */
export type Permission = `${string}:${string}:${string}`;

/** One statement of the remediator's policy in AWS. */
export interface Statement {
	/** Statements of one id are one: their resources are joined. */
	readonly sid: string;
	readonly actions: readonly string[];
	readonly resources: readonly Resource[];
	/** What has to be so, by the condition key of IAM; absent: nothing. */
	readonly where?: Readonly<Record<string, string>>;
}

/** A whole ARN; or a resource of a service in the stack's region, of its account or, where `isPublic`, of AWS itself. */
export type Resource = string | { readonly service: string; readonly resource: string; readonly isPublic: boolean };

/** What the remediator must have to carry a remedy out, and gets only where a runbook uses it. */
export interface Needs<Settings, P extends Permission = Permission> {
	/** Of its OAuth client, which exists only if there are any. */
	readonly permissions?: readonly P[];
	/** Whether it signs what it sends: the stack must then have the secret `remedy-webhook-signingSecret`. */
	readonly signs?: true;
	/** What else it may do in AWS. */
	aws?(remedy: Settings): readonly Statement[];
}

/** One remedy for one incident, as it is looked at, done, followed and undone. */
export interface Order<Settings> {
	readonly remedy: Settings;
	readonly environment: string;
	readonly incidentKey: string;
	readonly occurrence: number;
	readonly condition: string;
	readonly entityId: string;
	readonly entityName: string;
	readonly severity: string;
	/** What `look` said before the act. */
	readonly before: string;
	/** What `act` answered; "" where that is not known. */
	readonly receipt: string;
}

/** What a remedy acts with. Every method throws EdgeError and nothing else. */
export interface Tools {
	/** Genesys Cloud by the remediator's client: the body of the answer to a path such as `/api/v2/…`; GET where there is no body. */
	genesys(path: string, body?: unknown, method?: "POST" | "PUT"): Promise<unknown>;
	/** A POST with a signed JSON body to an HTTPS address; any 2xx is a yes. `delivery` is equal for every repeat of one order. */
	post(url: string, body: unknown, delivery: string, what: string): Promise<void>;
	/** Starts an Automation document of AWS Systems Manager; the same `key` starts the same execution. Answers its id. */
	startDocument(document: string, parameters: Readonly<Record<string, readonly string[]>>, key: string): Promise<string>;
	/** One of the SDK's `AutomationExecutionStatus`. */
	documentStatus(executionId: string): Promise<string>;
}

/** What became of undoing. */
export type Undone = "undone" | "nothing-to-undo" | "no-undo-document";

/**
 * One kind of remedy, described once: its settings, what it needs, and how it is done and undone. Doing and undoing twice is doing it once.
 * Every method may throw what the tools throw.
 */
export interface RemedyKind<Kind extends string, F extends Fields, P extends Permission = Permission> {
	readonly kind: Kind;
	readonly settings: F;
	/** What it acts on, as one text: two runbooks that share it never use it at the same time. */
	identity(remedy: Values<F>): string;
	/** What it is called in a page, which says no secret; absent: as its kind. */
	called?(remedy: Values<F>): string;
	/** What it does, as a sentence for the person who decides about it. It says no secret. */
	does(remedy: Values<F>): string;
	/** What becomes of it where it does not help, as another one. */
	undoes(remedy: Values<F>): string;
	readonly needs: Needs<Values<F>, P>;
	/** What it is now: "in-effect" where there is nothing left to do, "off" or "" otherwise. */
	inspect(order: Order<Values<F>>, tools: Tools): Promise<string>;
	/** Does it; the receipt is the other system's own id of what it did. */
	act(order: Order<Values<F>>, tools: Tools): Promise<{ readonly receipt: string }>;
	/** How far it is, where it takes its time. */
	progress(order: Order<Values<F>>, tools: Tools): Promise<"running" | "done" | "failed">;
	undo(order: Order<Values<F>>, tools: Tools): Promise<Undone>;
}

/** Describes a kind of remedy, with the types of its own settings. */
export const remedyKind = <const Kind extends string, const F extends Fields, const P extends Permission = never>(
	described: RemedyKind<Kind, F, P>,
): RemedyKind<Kind, F, P> => described;
