import type { Api, Body } from "./api.ts";

/** What one run of the provider remembers besides the state: secrets of clients that it made itself. */
export interface Session {
	readonly api: Api;
	readonly clientSecrets: Map<string, string>;
	readonly readFile: (path: string) => Promise<string>;
}

export interface Created {
	readonly id: string;
	/** Computed properties, besides the inputs. */
	readonly computed: Readonly<Record<string, unknown>>;
}

/** One resource type as the provider serves it, its calls in the provider's order. `label` names the resource in errors. */
export interface ResourceType {
	/** The computed property that repeats the id. */
	readonly idProperty: string;
	/** Other outputs that only the API knows. */
	readonly computes?: readonly string[];
	/** Inputs whose change replaces the resource. */
	readonly replaceOn: readonly string[];
	create(session: Session, label: string, inputs: Body): Promise<Created>;
	/** The properties as the API tells them. */
	read(session: Session, label: string, id: string): Promise<Body>;
	update(session: Session, label: string, id: string, inputs: Body, before: Body): Promise<Created>;
	remove(session: Session, label: string, id: string, before: Body): Promise<void>;
}
