import { isAtLeast, notYetKnown, type Resource, shown } from "../resource.ts";
import type { ResourceRule, Stack } from "../rule.ts";

/** AWS keeps a secret or a key that was deleted for at least so long. */
const leastDays = 7;

/** A secret that was deleted by a slip comes back, and no value is told by AWS or by the state. */
export const retainedSecrets: ResourceRule = {
	name: "retained-secrets",
	info: "A secret is gone at once, or readable where it should not be.",
	explanation:
		"A deleted secret of a protected stack must be recoverable for a week at least; values are write-only, so that no state and no read tells them.",
	check: (resource, stack) => [...window(resource, stack), ...value(resource)],
};

function window({ type, inputs, protect }: Resource, stack: Stack): readonly string[] {
	const days = type === "aws:kms/key:Key" ? inputs.deletionWindowInDays : inputs.recoveryWindowInDays;
	const kept = type === "aws:kms/key:Key" || (type === "aws:secretsmanager/secret:Secret" && (protect || stack.protect));
	// Absent is 30 days, with both.
	if (!kept || days === undefined || isAtLeast(days, leastDays)) return [];
	return [`expected at least ${leastDays} days in which it can be brought back, got ${shown(days)}`];
}

function value({ type, inputs }: Resource): readonly string[] {
	if (type !== "aws:secretsmanager/secretVersion:SecretVersion") return [];
	const readable = ["secretString", "secretBinary"].filter((property) => inputs[property] !== undefined);
	const problems = readable.map((property) => `expected a write-only value (secretStringWo), got ${property}`);
	const written = inputs.secretStringWo === undefined || inputs.secretStringWoVersion !== undefined;
	return written || inputs.secretStringWoVersion === notYetKnown ? problems : [...problems, "expected secretStringWoVersion, got none"];
}
