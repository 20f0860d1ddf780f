import { type EntityType, ValueError } from "./values.ts";

/** A thing of an organization: a user, a queue, a skill, … */
export type Entity = {
	readonly id: string;
	readonly name: string;
	/** Of a user: the email address. */
	readonly username?: string;
};

/** What an organization holds, by kind; a look-up of a kind that is not listed here is refused by name. */
export interface Entities {
	readonly users?: readonly Entity[];
	readonly queues?: readonly Entity[];
	readonly skills?: readonly Entity[];
	readonly languages?: readonly Entity[];
	readonly groups?: readonly Entity[];
	readonly wrapupCodes?: readonly Entity[];
}

const kinds = {
	user: "users",
	queue: "queues",
	skill: "skills",
	language: "languages",
	group: "groups",
	wrapupCode: "wrapupCodes",
} as const;
/** The kinds of entities by the names that a list of them uses. */
export const entityKinds: readonly (keyof Entities)[] = Object.values(kinds);
const guid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** What a text is compared with, beside the id. */
type Naming = "name" | "username" | "either" | "id";

/** The one entity with this id or name, case ignored; undefined (NOT_SET) for none or several, and for a blank text. Throws ValueError "unknown-function" when the kind is not listed. */
export function findEntity(type: EntityType, text: string | undefined, entities: Entities, naming: Naming): Entity | undefined {
	const wanted = text?.trim().toLowerCase() ?? "";
	if (wanted === "") return undefined;
	const listed = entities[kinds[type]];
	if (listed === undefined) {
		throw new ValueError(
			"unknown-function",
			`Expected the organization's ${kinds[type]} to be listed among the entities, got no such list.`,
		);
	}
	const byId = guid.test(wanted) ? listed.filter(({ id }) => id.toLowerCase() === wanted) : [];
	if (byId.length === 1 || naming === "id") return byId[0];
	const named = listed.filter(({ name, username }) => {
		const names = naming === "either" ? [name, username] : [naming === "name" ? name : username];
		return names.some((each) => each?.toLowerCase() === wanted);
	});
	return named.length === 1 ? named[0] : undefined;
}

/** Whether things of this kind are listed. */
export const listsKind = (type: EntityType, entities: Entities): boolean => entities[kinds[type]] !== undefined;

/** Whether a content is an entity. */
export function isEntity(content: unknown): content is Entity {
	if (typeof content !== "object" || content === null || !("id" in content && "name" in content)) return false;
	const username = "username" in content ? content.username : undefined;
	return typeof content.id === "string" && typeof content.name === "string" && (username === undefined || typeof username === "string");
}
