import { documentsOf } from "../documents.ts";
import { exceptionFor } from "../exceptions.ts";
import { type Resource, shown } from "../resource.ts";
import type { ResourceRule } from "../rule.ts";

const name = "no-wildcard-principals";

/** Nobody is let in but whom a policy names. */
export const wildcardPrincipals: ResourceRule = {
	name,
	info: "A policy lets anybody in.",
	explanation:
		"A principal that is a wildcard is everybody on the internet. Name who calls, or an exception in policy/exceptions.ts with its reason.",
	check: (resource) => [...inDocuments(resource), ...inPermission(resource)],
};

function inDocuments(resource: Resource): readonly string[] {
	return documentsOf(resource).statements.flatMap(({ sid, principals, inverted }) => {
		const at = `in statement ${sid || "without Sid"}`;
		const wild = principals.filter(isWild);
		return [
			...wild.map((principal) => `expected who is let in by name, got ${principal} ${at}`),
			...inverted.filter((element) => element === "NotPrincipal").map(() => `expected Principal, got NotPrincipal ${at}`),
		];
	});
}

/** `arn:aws:iam::*:root` is every account. */
const isWild = (principal: string): boolean => principal.includes("*");

function inPermission(resource: Resource): readonly string[] {
	const { principal, action } = resource.inputs;
	if (resource.type !== "aws:lambda/permission:Permission" || typeof principal !== "string" || !isWild(principal)) return [];
	if (exceptionFor(name, resource, `${principal} ${shown(action)}`) !== undefined) return [];
	return [`expected who may call by name, got ${principal} for ${shown(action)}`];
}
