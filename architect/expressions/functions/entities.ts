import { type Entities, type Entity, findEntity } from "../entities.ts";
import { type Overload, row } from "../overload.ts";
import { type EntityType, ValueError } from "../values.ts";

const castNames: Readonly<Record<EntityType, string>> = {
	user: "ToUser",
	queue: "ToQueue",
	skill: "ToSkill",
	language: "ToLanguageSkill",
	group: "ToGroup",
	wrapupCode: "ToWrapupCode",
};

/** Look-ups of an organization's things: NOT_SET for none or several of that name. Users are found by email address. */
export const entityFunctions: Readonly<Record<string, readonly Overload[]>> = {
	FindUser: finding("user", "username"),
	FindUserById: finding("user", "id"),
	FindQueue: finding("queue", "name"),
	FindQueueById: finding("queue", "id"),
	FindSkill: finding("skill", "name"),
	FindLanguageSkill: finding("language", "name"),
};

/** The cast of one kind of entity: it gives NOT_SET a type, and (the catalogue hides that overload) makes an entity of its name. */
export function entityCasts(type: EntityType): readonly [string, readonly Overload[]] {
	const fromText = row(["string?"], type, ([text], { entities }) => named(type, text, entities), [0]);
	return [castNames[type], [row([`${type}?`] as const, type, ([value]) => value, [0]), fromText]];
}

function finding(type: EntityType, naming: "name" | "username" | "id"): readonly Overload[] {
	return [row(["string?"], type, ([text], { entities }) => findEntity(type, text, entities, naming), [0])];
}

function named(type: EntityType, text: string | undefined, entities: Entities): Entity | undefined {
	const found = findEntity(type, text, entities, "either");
	if (found !== undefined || text === undefined) return found;
	throw new ValueError("bad-cast", `Expected the name of one ${type}, got "${text.slice(0, 60)}".`);
}
