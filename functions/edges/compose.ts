import { once, type Parts } from "./parts.ts";

/** How each of these ports is made; of what beside the parts that every function has, its type says. */
export type Makers<Ports, Own> = { readonly [Name in keyof Ports]: (parts: Parts & Own) => Ports[Name] };

/** The ports of one function. Each is made when it is first used, and once: one whose variable is missing fails then, not before. */
export function portsOf<Ports, Own>(makers: Makers<Ports, Own>, parts: Parts & Own): Ports {
	const getters = Object.entries<(parts: Parts & Own) => unknown>(makers).map(
		([name, make]) => [name, { enumerable: true, get: once(() => make(parts)) }] as const,
	);
	return Object.defineProperties(Object.create(Object.prototype), Object.fromEntries(getters));
}
