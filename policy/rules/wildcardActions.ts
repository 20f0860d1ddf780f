import { documentsOf, type Statement } from "../documents.ts";
import { exceptionFor } from "../exceptions.ts";
import { lastOf, listOf, type Resource, shown } from "../resource.ts";
import type { ResourceRule } from "../rule.ts";

const name = "no-wildcard-actions";

/** Every action is named. */
export const wildcardActions: ResourceRule = {
	name,
	info: "A policy allows actions by a wildcard.",
	explanation:
		"What AWS adds to a service tomorrow would be allowed today. Name each action, or an exception in policy/exceptions.ts with its reason.",
	check: (resource) => {
		const { statements, problems } = documentsOf(resource);
		return [...problems, ...statements.flatMap((each) => wildcardsOf(each, resource)), ...managedPolicies(resource)];
	},
};

function wildcardsOf({ sid, actions, inverted }: Statement, resource: Resource): readonly string[] {
	const wild = actions.filter((action) => /[*?]/.test(action) && exceptionFor(name, resource, `${sid} ${action}`) === undefined);
	return [
		...wild.map((action) => `expected each action by its name, got ${action} in statement ${sid || "without Sid"}`),
		...inverted
			.filter((element) => element === "NotAction")
			.map(() => `expected Action, got NotAction in statement ${sid || "without Sid"}`),
	];
}

/** Policies of AWS itself are written for everybody, and grow. */
function managedPolicies({ type, inputs }: Resource): readonly string[] {
	if (!type.startsWith("aws:iam/")) return [];
	const arns = [...listOf(inputs.policyArn), ...listOf(inputs.managedPolicyArns)];
	return arns
		.filter((arn) => /^arn:[\w-]+:iam::aws:policy\//.test(shown(arn)))
		.map((arn) => `expected a policy of this stack's own, got AWS's ${lastOf(arn)}`);
}
