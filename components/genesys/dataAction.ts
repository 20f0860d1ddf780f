import { type Fields as DocumentFields, typeOf } from "../../contracts/contract.ts";
import type { ActionRef } from "../../response/plan.ts";
import { canonicalJson, digest } from "./canonicalJson.ts";

/** The types that a flat contract may hold; `boolean[]` is a collection. */
export type FieldType = "string" | "integer" | "boolean" | "boolean[]";
export type Fields = Readonly<Record<string, FieldType>>;

/** A document of ours as a contract's fields: a text that is one of a few words is a text there. */
export const contractFields = (fields: DocumentFields): Fields =>
	Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, typeOf(field)]));

/** One data action, all of it: what goes in, what comes out, and the templates between. No secret, only references to credentials. */
export interface ActionContract {
	/** What the action does, as the first word of its name in Genesys Cloud. */
	readonly verb: string;
	/** All required. */
	readonly inputs: Fields;
	readonly outputs: Fields;
	readonly timeoutSeconds: number;
	readonly request: {
		readonly type: "GET" | "POST" | "PUT" | "PATCH";
		/** A Velocity template. Absent for a Lambda, whose ARN is known only when it exists. */
		readonly url?: string;
		readonly headers?: Readonly<Record<string, string>>;
		/** A Velocity template; a GET has none. */
		readonly body?: string;
	};
	readonly response: {
		/** Name → JSONPath into the raw answer. */
		readonly translationMap?: Readonly<Record<string, string>>;
		/** Name → JSON text where the path finds nothing. */
		readonly translationMapDefaults?: Readonly<Record<string, string>>;
		/** A Velocity template of the outputs' JSON. */
		readonly template: string;
	};
}

/** The data actions of one integration; its category is the integration's name. */
export interface ActionSet<Name extends string = string> {
	/** Distinguishes its placeholders: `{{category_<key>}}`, `{{action_<key>_<name>}}`. */
	readonly key: string;
	readonly category: string;
	readonly actions: Readonly<Record<Name, ActionContract>>;
}

/** The contract's schemas as JSON text, always the same for the same contract. */
export function contractSchemas(contract: ActionContract): { readonly contractInput: string; readonly contractOutput: string } {
	return {
		contractInput: canonicalJson(schemaOf(contract.inputs, Object.keys(contract.inputs))),
		contractOutput: canonicalJson(schemaOf(contract.outputs, [])),
	};
}

/** `<Verb> <digest>`: a changed contract is a new action, so the flow always finds the one that it was written for. */
export function actionName(contract: ActionContract): string {
	const { contractInput, contractOutput } = contractSchemas(contract);
	return `${contract.verb} ${digest([contractInput, contractOutput])}`;
}

export const categoryPlaceholder = (key: string): string => `category_${key}`;
export const actionPlaceholder = (key: string, action: string): string => `action_${key}_${action}`;

/** How the workflow's YAML names an action: by placeholders, which the flow's substitutions fill. */
export function actionRef<Name extends string>(set: ActionSet<Name>, action: Name): ActionRef {
	return {
		category: `{{${categoryPlaceholder(set.key)}}}`,
		name: `{{${actionPlaceholder(set.key, action)}}}`,
		timeoutSeconds: set.actions[action].timeoutSeconds,
	};
}

/** The substitutions of a set, computed: what its resources will be named once they exist. */
export function computedSubstitutions(set: ActionSet): Readonly<Record<string, string>> {
	const names = Object.entries(set.actions).map(([action, contract]) => [actionPlaceholder(set.key, action), actionName(contract)]);
	return { [categoryPlaceholder(set.key)]: set.category, ...Object.fromEntries(names) };
}

function schemaOf(fields: Fields, required: readonly string[]): unknown {
	const properties = Object.entries(fields).map(([name, type]) => [
		name,
		type === "boolean[]" ? { type: "array", items: { type: "boolean" } } : { type },
	]);
	return {
		$schema: "http://json-schema.org/draft-04/schema#",
		type: "object",
		properties: Object.fromEntries(properties),
		...(required.length === 0 ? {} : { required: required.toSorted() }),
		additionalProperties: true,
	};
}
