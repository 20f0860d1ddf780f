import { DocumentError, readEntities } from "../architect/expressions/variables.ts";
import { longestCallSeconds } from "../architect/limits.ts";
import { failureOutputs } from "../architect/lint/usage.ts";
import type { CallData } from "../architect/model.ts";
import { list } from "../architect/names.ts";
import type { Answer, CallResult, Effect, Json } from "../architect/simulate.ts";
import { entriesOf, readSubstitutions } from "./document.ts";
import { AskAnswers, askedParts, readAskedParts } from "./worldAsks.ts";
import type { AskedWorld } from "./worldParts.ts";

/** What a workflow meets when it runs on a laptop. */
export interface FlowWorld extends AskedWorld {
	readonly substitutions: Readonly<Record<string, string>>;
	/** Keyed `<category>/<name>`; the answers are taken in order and the last one repeats. */
	readonly dataActions: Readonly<Record<string, readonly CallResult[]>>;
}

export const emptyWorld: FlowWorld = {
	substitutions: {},
	entities: {},
	dataActions: {},
	dataTables: {},
	conversations: {},
	externalContacts: {},
	actions: {},
};

const parts = ["substitutions", "entities", "dataActions", ...askedParts];
const kinds = ["success", "failure", "timeout"];

/** The world of a document `{ substitutions, entities, dataActions, dataTables, conversations, externalContacts, actions }`. Throws DocumentError, which says what is allowed. */
export function readWorld(json: unknown): FlowWorld {
	const document = new Map(entriesOf(json, "the world"));
	for (const part of document.keys()) if (!parts.includes(part)) throw new DocumentError(unknown("the world to have", part, parts));
	return {
		substitutions: readSubstitutions(document.get("substitutions") ?? {}),
		entities: readEntities(document.get("entities") ?? {}),
		dataActions: readAnswers(document.get("dataActions") ?? {}),
		...readAskedParts(document),
	};
}

/** Answers the effects of one run: a wait lasts what it lasts, a call takes no time, a timeout the longest that it may take. */
export class Answering {
	readonly #world: FlowWorld;
	readonly #asked = new Map<string, number>();
	readonly #others: AskAnswers;
	#now: number;

	constructor(world: FlowWorld, now: number) {
		this.#world = world;
		this.#others = new AskAnswers(world);
		this.#now = now;
	}

	/** Undefined for a data action, or another question, that the world does not answer. */
	to(effect: Effect): Answer | undefined {
		if (effect.kind === "wait") return this.#after(effect.seconds);
		if (effect.kind === "ask") {
			const told = this.#others.to(effect);
			return told === undefined ? undefined : { ...this.#after(0), result: told };
		}
		const result = this.#next(effect);
		if (result === undefined) return undefined;
		const seconds = result.kind === "timeout" ? (effect.timeoutSeconds ?? longestCallSeconds) : 0;
		return { ...this.#after(seconds), result };
	}

	#after(seconds: number): Answer {
		this.#now += seconds * 1000;
		return { now: this.#now };
	}

	#next(effect: Extract<Effect, { kind: "callData" }>): CallResult | undefined {
		const key = answeredAs(effect, this.#world);
		if (key === undefined) return undefined;
		const answers = this.#world.dataActions[key] ?? [];
		const count = this.#asked.get(key) ?? 0;
		this.#asked.set(key, count + 1);
		return answers[Math.min(count, answers.length - 1)];
	}
}

/** The key of the answers to a call; undefined where the world has none. A category ignores case, a name does not. */
export const answeredAs = (
	{ category, dataAction }: Pick<CallData, "category" | "dataAction">,
	{ dataActions }: FlowWorld,
): string | undefined => Object.keys(dataActions).find((each) => sameAction(each, category, dataAction));

function sameAction(key: string, category: string, name: string): boolean {
	return key.endsWith(`/${name}`) && key.slice(0, -name.length - 1).toLowerCase() === category.toLowerCase();
}

function readAnswers(json: unknown): FlowWorld["dataActions"] {
	const answers = entriesOf(json, "dataActions").map(([key, results]): [string, readonly CallResult[]] => {
		if (!/.\/./s.test(key)) throw new DocumentError(`Expected a data action as "<category>/<name>", got "${key}".`);
		if (!Array.isArray(results) || results.length === 0)
			throw new DocumentError(
				`Expected the answers of "${key}" to be a list of at least one, got ${JSON.stringify(results).slice(0, 40)}.`,
			);
		return [key, results.map((each: unknown, index) => readAnswer(each, `answer ${index + 1} of "${key}"`))];
	});
	return Object.fromEntries(answers);
}

function readAnswer(json: unknown, what: string): CallResult {
	const [first, second] = entriesOf(json, what);
	if (first === undefined || second !== undefined)
		throw new DocumentError(`Expected ${what} to have exactly one of ${list(kinds)}, got ${list(Object.keys(Object(json)))}.`);
	const [kind, value] = first;
	if (kind === "success") return { kind, outputs: readOutputs(value, `${what}, success`) };
	if (kind === "failure") return { kind, outputs: readFailure(value, `${what}, failure`) };
	if (kind === "timeout" && value === true) return { kind };
	if (kind !== "timeout") throw new DocumentError(unknown(`${what} to have`, kind, kinds));
	throw new DocumentError(`Expected ${what} to be {"timeout": true}, got ${JSON.stringify({ timeout: value }).slice(0, 60)}.`);
}

function readFailure(json: unknown, what: string): Readonly<Record<string, Json>> {
	const outputs = readOutputs(json, what);
	const allowed = Object.keys(failureOutputs);
	for (const name of Object.keys(outputs)) if (!allowed.includes(name)) throw new DocumentError(unknown(`${what} to give`, name, allowed));
	return outputs;
}

function readOutputs(json: unknown, what: string): Readonly<Record<string, Json>> {
	return Object.fromEntries(entriesOf(json, what).filter((entry): entry is [string, Json] => isJson(entry[1])));
}

/** What JSON.parse gives is JSON. */
function isJson(value: unknown): value is Json {
	return value !== undefined;
}

function unknown(what: string, got: string, allowed: readonly string[]): string {
	return `Expected ${what} ${list(allowed)}, got "${got}".`;
}
