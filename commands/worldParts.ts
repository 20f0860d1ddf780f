import { type Entities, findEntity } from "../architect/expressions/entities.ts";
import type { EntityType } from "../architect/expressions/values.ts";
import type { AskResult, Effect, Json } from "../architect/simulate.ts";

export type Row = Readonly<Record<string, Json>>;

/** What the organization of a laptop holds beside its data actions. */
export interface AskedWorld {
	readonly entities: Entities;
	/** Rows by their keys, by table. */
	readonly dataTables: Readonly<Record<string, Readonly<Record<string, Row>>>>;
	/** Attributes by their names, by conversation. */
	readonly conversations: Readonly<Record<string, Row>>;
	/** What is known of each, by its id. */
	readonly externalContacts: Readonly<Record<string, Row>>;
	/** Keyed `<type>/<table, module or the action's own name>`; the answers are taken in order and the last one repeats. */
	readonly actions: Readonly<Record<string, readonly AskResult[]>>;
}

export type Ask = Extract<Effect, { kind: "ask" }>;

/** A part of the world that answers some types of actions. */
export interface Part {
	/** The part by its name in the world file. */
	readonly name: (subject: string) => string;
	readonly has: (world: AskedWorld, subject: string) => boolean;
	readonly answer: (world: AskedWorld, ask: Ask, written: Map<string, Row>) => AskResult;
	/** Where an example stands in a world file, and the example. */
	readonly skeleton: (subject: string, outputs: Row) => readonly [part: string, key: string, entry: unknown] | undefined;
}

const asked = (next: string, outputs: AskResult["outputs"] = {}): AskResult => ({ kind: "asked", next, outputs });
const textOf = (value: Json | undefined): string => (typeof value === "string" ? value : JSON.stringify(value ?? null));

/** What an action tells of its own failure is in no table. */
const withoutFailure = ({ errorType: _type, errorMessage: _message, ...outputs }: Row): Row => outputs;

const tables: Part = {
	name: (table) => `dataTables["${table}"]`,
	has: ({ dataTables }, table) => Object.hasOwn(dataTables, table),
	answer: ({ dataTables }, { subject = "", inputs }) => {
		const row = dataTables[subject]?.[textOf(inputs.lookupValue)];
		return row === undefined ? asked("notFound") : asked("found", row);
	},
	skeleton: (table, outputs) => ["dataTables", table, { "": withoutFailure(outputs) }],
};

const isListed = ({ conversations }: AskedWorld): boolean => Object.keys(conversations).length > 0;
const conversationOf = ({ inputs }: Ask): string => textOf(inputs.conversationId);
const attributesOf = (world: AskedWorld, ask: Ask, written: Map<string, Row>): Row | undefined => {
	const id = conversationOf(ask);
	return Object.hasOwn(world.conversations, id) ? { ...world.conversations[id], ...written.get(id) } : undefined;
};

const reading: Part = {
	name: () => "conversations",
	has: isListed,
	answer: (world, ask, written) => {
		const attributes = attributesOf(world, ask, written);
		return attributes === undefined ? asked("notFound") : asked("found", attributes);
	},
	skeleton: (_subject, outputs) => ["conversations", "", withoutFailure(outputs)],
};

const writing: Part = {
	name: () => "conversations",
	has: isListed,
	answer: (world, ask, written) => {
		const attributes = attributesOf(world, ask, written);
		if (attributes === undefined) return asked("failure");
		const { conversationId, participantId: _whose, ...given } = ask.inputs;
		written.set(textOf(conversationId), { ...attributes, ...given });
		return asked("success");
	},
	skeleton: () => ["conversations", "", {}],
};

const contacts: Part = {
	name: () => "externalContacts",
	has: ({ externalContacts }) => Object.keys(externalContacts).length > 0,
	answer: ({ externalContacts }, { inputs, outputs }) => {
		const [id] = Object.values(inputs);
		const contact = externalContacts[textOf(id)];
		return contact === undefined ? asked("notFound") : asked("found", Object.fromEntries(outputs.map((name) => [name, contact])));
	},
	skeleton: () => ["externalContacts", "", {}],
};

const finding = (type: EntityType, kind: keyof Entities, by: "id" | "name"): Part => ({
	name: () => `entities.${kind}`,
	has: ({ entities }) => entities[kind] !== undefined,
	answer: ({ entities }, { inputs, outputs }) => {
		const [wanted] = Object.values(inputs);
		const found = findEntity(type, typeof wanted === "string" ? wanted : undefined, entities, by);
		return found === undefined ? asked("notFound") : asked("found", Object.fromEntries(outputs.map((name) => [name, found])));
	},
	skeleton: () => ["entities", kind, [{ id: "00000000-0000-4000-8000-000000000000", name: "" }]],
});

/** What goes well unless the world says otherwise of this very action. */
const always = (answer: AskResult): Part => ({
	name: () => "actions",
	has: () => true,
	answer: () => answer,
	skeleton: () => undefined,
});

/** What a world file can say plainly, by the type of the action. */
export const parts: Readonly<Record<string, Part>> = {
	playAudio: always({ kind: "asked", outputs: {} }),
	transferToAcd: always(asked("transferred")),
	dataTableLookup: tables,
	getConversationData: reading,
	setConversationData: writing,
	getExternalContact: contacts,
	findQueue: finding("queue", "queues", "name"),
	findQueueById: finding("queue", "queues", "id"),
	findUser: finding("user", "users", "name"),
	findUserById: finding("user", "users", "id"),
	findSkill: finding("skill", "skills", "name"),
	findLanguageSkill: finding("language", "languages", "name"),
	findGroup: finding("group", "groups", "name"),
};
