import type { Resource } from "./resource.ts";

/** What the rules may ask about the stack itself. */
export interface Stack {
	/** Whether its settings want what remembers to outlive a mistake: `protect`. */
	readonly protect: boolean;
}

interface Described {
	/** As Pulumi prints it, and as a policy configuration names it. */
	readonly name: string;
	/** What is wrong where it is violated. */
	readonly info: string;
	/** Why it matters. */
	readonly explanation: string;
}

/** Judges one resource by itself. Gives a sentence for each violation: expected, got. */
export interface ResourceRule extends Described {
	readonly check: (resource: Resource, stack: Stack) => readonly string[];
}

/** Judges resources by each other. */
export interface StackRule extends Described {
	readonly checkAll: (resources: readonly Resource[], stack: Stack) => readonly Violation[];
}

export interface Violation {
	readonly resource: Resource;
	readonly message: string;
}

export type Rule = ResourceRule | StackRule;
