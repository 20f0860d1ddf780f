import { isOn, type Resource, recordOf } from "../resource.ts";
import type { ResourceRule, Stack } from "../rule.ts";

const table = "aws:dynamodb/table:Table";
/** What a stack cannot make again: what it remembers, and what somebody else gave it. */
const irreplaceable = [table, "aws:secretsmanager/secret:Secret"];

/** What remembers can be brought back, and a protected stack loses nothing by a slip. */
export const protectedStores: ResourceRule = {
	name: "protected-stores",
	info: "A store can be lost by a slip.",
	explanation:
		"The table is the one place that remembers. Point-in-time recovery brings back any second of 35 days; `protect` stops Pulumi, deletion protection stops everybody else.",
	check: (resource, stack) => [...recovery(resource), ...protection(resource, stack)],
};

function recovery({ type, inputs }: Resource): readonly string[] {
	if (type !== table || isOn(recordOf(inputs.pointInTimeRecovery).enabled)) return [];
	return ["expected pointInTimeRecovery.enabled: true, got none"];
}

/** Either protection without the other is a slip in itself. */
function protection({ type, inputs, protect }: Resource, stack: Stack): readonly string[] {
	if (!irreplaceable.includes(type)) return [];
	const wanted = protect || stack.protect;
	const problems = wanted && !protect ? ["expected the option protect, which the stack's settings want, got none"] : [];
	if (type === table && wanted && !isOn(inputs.deletionProtectionEnabled))
		return [...problems, "expected deletionProtectionEnabled: true beside the option protect, got none"];
	if (type === table && !wanted && inputs.deletionProtectionEnabled === true)
		return [...problems, "expected the option protect beside deletionProtectionEnabled: true, got none"];
	return problems;
}
