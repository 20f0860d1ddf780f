import { identityOf } from "./phoneNumber.ts";
import { type Content, same, type Type } from "./values.ts";

type Equality = (one: Content | undefined, other: Content | undefined) => boolean;

/** Equality of values of these types: phone numbers by what they reach, everything else by structure. */
export function equalityOf(types: readonly Type[]): Equality {
	const phones = types.some((type) => type === "phoneNumber" || type === "phoneNumberCollection");
	return phones ? (one, other) => same(identityOf(one), identityOf(other)) : same;
}
