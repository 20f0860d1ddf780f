import type { Policies, PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import { knownParts, type Resource, recordOf } from "./resource.ts";
import type { Rule, Stack } from "./rule.ts";
import { rules } from "./rules/index.ts";

/** The rules as Pulumi takes policies: each stops a deployment. */
export const policiesFor = (stack: Stack): Policies => rules.map((rule) => policyOf(rule, stack));

function policyOf(rule: Rule, stack: Stack): Policies[number] {
	const described = { name: rule.name, description: `${rule.info} ${rule.explanation}`, enforcementLevel: "mandatory" as const };
	if ("checkAll" in rule)
		return {
			...described,
			validateStack: ({ resources }, report) => {
				const urns = new Map(resources.map((resource) => [resourceOf(resource), resource.urn] as const));
				for (const { resource, message } of rule.checkAll([...urns.keys()], stack)) report(message, urns.get(resource));
			},
		};
	return {
		...described,
		validateResource: (args, report) => {
			for (const message of rule.check(resourceOf(args), stack)) report(message);
		},
	};
}

const resourceOf = ({ type, name, props, opts }: ResourceValidationArgs | PolicyResource): Resource => ({
	type,
	name,
	inputs: recordOf(knownParts(props)),
	protect: opts.protect,
});
