import { DocumentError } from "../architect/expressions/variables.ts";
import type { Unmodelled } from "../architect/model.ts";
import { list } from "../architect/names.ts";
import type { AskResult, Json } from "../architect/simulate.ts";
import { entriesOf } from "./document.ts";
import { type Ask, type AskedWorld, type Part, parts, type Row } from "./worldParts.ts";

export const askedParts = ["dataTables", "conversations", "externalContacts", "actions"] as const;

const partOf = (type: string): Part | undefined => (Object.hasOwn(parts, type) ? parts[type] : undefined);

/** The key of the answers to one action. */
const keyOf = (type: string, subject: string | undefined, name: string): string => `${type}/${subject ?? name}`;

/** Answers what an action asks of the organization, in one run: what it writes to a conversation is read there later. */
export class AskAnswers {
	readonly #world: AskedWorld;
	readonly #asked = new Map<string, number>();
	readonly #written = new Map<string, Row>();

	constructor(world: AskedWorld) {
		this.#world = world;
	}

	/** Undefined where the world says nothing of it. What is said of this very action comes first. */
	to(ask: Ask): AskResult | undefined {
		const key = keyOf(ask.type, ask.subject, ask.action);
		const answers = Object.hasOwn(this.#world.actions, key) ? (this.#world.actions[key] ?? []) : [];
		const count = this.#asked.get(key) ?? 0;
		this.#asked.set(key, count + 1);
		if (answers.length > 0) return answers[Math.min(count, answers.length - 1)];
		const part = partOf(ask.type);
		return part?.has(this.#world, ask.subject ?? "") ? part.answer(this.#world, ask, this.#written) : undefined;
	}
}

/** Where the world may say what becomes of an action; undefined where it does already. */
export function lackedBy(world: AskedWorld, { type, name, asks }: Unmodelled): string | undefined {
	const key = keyOf(type, asks?.subject, name);
	const part = partOf(type);
	const subject = asks?.subject ?? "";
	if (Object.hasOwn(world.actions, key) || part?.has(world, subject)) return undefined;
	return `${part === undefined ? "" : `${part.name(subject)} or `}actions["${key}"]`;
}

/** What an action that went well goes on by. */
const goodPaths: readonly string[] = ["found", "success"];

type Skeleton = Partial<Record<"entities" | (typeof askedParts)[number], object>>;

/** What a world must say of these actions, each part once and to be filled in. `example`: a value for a variable. */
export function skeletonOfAsks(actions: readonly Unmodelled[], example: (variable: string) => Json): Skeleton {
	const made: Record<string, Record<string, unknown>> = {};
	for (const { type, name, asks, paths } of actions) {
		const outputs = Object.fromEntries(Object.entries(asks?.outputs ?? {}).map(([output, variable]) => [output, example(variable)]));
		const part = partOf(type);
		const next = paths.find((path) => goodPaths.includes(path.name)) ?? paths[0];
		const answer = { ...(next === undefined ? {} : { path: next.name }), outputs };
		const [where, key, entry] = part?.skeleton(asks?.subject ?? "", outputs) ?? ["actions", keyOf(type, asks?.subject, name), [answer]];
		made[where] = { ...made[where], [key]: joined(made[where]?.[key], entry) };
	}
	return made;
}

/** Two actions may ask for the same table or conversation. */
const joined = (one: unknown, other: unknown): unknown => (Array.isArray(other) ? other : { ...Object(one), ...Object(other) });

/** The parts of a world document. Throws DocumentError, which says what is allowed. */
export function readAskedParts(document: ReadonlyMap<string, unknown>): Omit<AskedWorld, "entities"> {
	const rows = (json: unknown, what: string): Readonly<Record<string, Row>> =>
		Object.fromEntries(entriesOf(json, what).map(([key, row]) => [key, rowOf(row, `${what}["${key}"]`)]));
	const dataTables = entriesOf(document.get("dataTables") ?? {}, "dataTables").map(
		([table, each]) => [table, rows(each, `dataTables["${table}"]`)] as const,
	);
	const actions = entriesOf(document.get("actions") ?? {}, "actions").map(([key, each]) => [key, readAnswers(key, each)] as const);
	return {
		dataTables: Object.fromEntries(dataTables),
		conversations: rows(document.get("conversations") ?? {}, "conversations"),
		externalContacts: rows(document.get("externalContacts") ?? {}, "externalContacts"),
		actions: Object.fromEntries(actions),
	};
}

function readAnswers(key: string, json: unknown): readonly AskResult[] {
	if (!/^\w+\/./s.test(key)) throw new DocumentError(`Expected an action as "<type>/<table, module or its name>", got "${key}".`);
	if (!Array.isArray(json) || json.length === 0)
		throw new DocumentError(`Expected the answers of "${key}" to be a list of at least one, got ${JSON.stringify(json).slice(0, 40)}.`);
	return json.map((each: unknown, index) => readAnswer(each, `answer ${index + 1} of "${key}"`));
}

const answerKeys: readonly string[] = ["path", "outputs"];

function readAnswer(json: unknown, what: string): AskResult {
	const fields = new Map(entriesOf(json, what));
	const unknown = [...fields.keys()].find((key) => !answerKeys.includes(key));
	if (unknown !== undefined) throw new DocumentError(`Expected ${what} to have ${list(answerKeys)}, got "${unknown}".`);
	const path = fields.get("path");
	if (path !== undefined && typeof path !== "string")
		throw new DocumentError(`Expected the path of ${what} to be a text, got ${JSON.stringify(path).slice(0, 40)}.`);
	const outputs = rowOf(fields.get("outputs") ?? {}, `the outputs of ${what}`);
	return { kind: "asked", ...(path === undefined ? {} : { next: path }), outputs };
}

/** What JSON.parse gives is JSON. */
const rowOf = (json: unknown, what: string): Row =>
	Object.fromEntries(entriesOf(json, what).filter((entry): entry is [string, Json] => entry[1] !== undefined));
