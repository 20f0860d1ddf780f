import type { Resource } from "../resource.ts";
import type { Rule, Stack, Violation } from "../rule.ts";
import { boundedConcurrency } from "./boundedConcurrency.ts";
import { deadLetters } from "./deadLetters.ts";
import { encryptedStores } from "./encryptedStores.ts";
import { environmentSecrets } from "./environmentSecrets.ts";
import { genesysPermissions } from "./genesysPermissions.ts";
import { logRetention } from "./logRetention.ts";
import { pinnedFlows } from "./pinnedFlows.ts";
import { protectedStores } from "./protectedStores.ts";
import { retainedSecrets } from "./retainedSecrets.ts";
import { wildcardActions } from "./wildcardActions.ts";
import { wildcardPrincipals } from "./wildcardPrincipals.ts";

/** Every rule of the pack. */
export const rules: readonly Rule[] = [
	wildcardActions,
	wildcardPrincipals,
	environmentSecrets,
	logRetention,
	encryptedStores,
	protectedStores,
	retainedSecrets,
	deadLetters,
	boundedConcurrency,
	genesysPermissions,
	pinnedFlows,
];

/** A violation, and the rule that found it. */
export interface Found extends Violation {
	readonly rule: string;
}

/** What all rules find in the resources of a stack. */
export const violationsIn = (resources: readonly Resource[], stack: Stack): readonly Found[] =>
	rules.flatMap((rule) => found(rule, resources, stack).map((violation) => ({ rule: rule.name, ...violation })));

function found(rule: Rule, resources: readonly Resource[], stack: Stack): readonly Violation[] {
	if ("checkAll" in rule) return rule.checkAll(resources, stack);
	return resources.flatMap((resource) => rule.check(resource, stack).map((message) => ({ resource, message })));
}
