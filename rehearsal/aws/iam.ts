import { EdgeError } from "../../functions/pipeline/ports.ts";
import { type Context, covers, fulfils, type Grant, readGrants, readTrust, type Trust } from "./policy.ts";

/** A call that no declared statement allowed. */
export interface Refusal {
	readonly principal: string;
	readonly action: string;
	readonly resource: string;
	/** The function in whose name it was made, where there is one. */
	readonly function?: string;
}

interface Role {
	readonly name: string;
	readonly trust: readonly Trust[];
}

/** Who wants to assume a role: the principal, and what conditions may ask about. */
export interface Caller {
	readonly principal: string;
	readonly context: Context;
}

/** Of all inline policies of a role, without white space: "IAM and AWS STS quotas" in AWS's user guide. */
const mostPolicyCharacters = 10_240;

/** IAM of the offline account: what the declared roles and policies allow, what was refused, and which grants were ever used. */
export class Iam {
	readonly refusals: Refusal[] = [];
	readonly #roles = new Map<string, Role>();
	readonly #grants: Grant[] = [];
	readonly #denials: Grant[] = [];
	readonly #used = new Set<Grant>();
	/** By role: what its policies have together. */
	readonly #characters = new Map<string, number>();

	addRole(arn: string, name: string, assumeRolePolicy: string): void {
		this.#roles.set(arn, { name, trust: readTrust(name, assumeRolePolicy) });
	}

	addPolicy(roleName: string, policy: string, document: string): void {
		if (![...this.#roles.values()].some(({ name }) => name === roleName)) {
			throw new Error(`policy ${policy}: expected role ${roleName} to be declared, got no such role`);
		}
		const characters = (this.#characters.get(roleName) ?? 0) + document.replaceAll(/\s/g, "").length;
		if (characters > mostPolicyCharacters)
			throw new Error(
				`policy ${policy}: expected at most ${mostPolicyCharacters} characters of policies for role ${roleName}, got ${characters}`,
			);
		this.#characters.set(roleName, characters);
		const statements = readGrants(roleName, policy, document);
		this.#grants.push(...statements.filter(({ effect }) => effect === "Allow"));
		this.#denials.push(...statements.filter(({ effect }) => effect === "Deny"));
	}

	/** Throws EdgeError "forbidden", and remembers the refusal, unless a policy of the role allows the action on the resource and none denies it. */
	authorize(roleArn: string, action: string, resource: string, functionName?: string, context: Context = {}): void {
		const roleName = this.#roles.get(roleArn)?.name;
		const fits = (candidate: Grant): boolean =>
			candidate.roleName === roleName &&
			covers(candidate.action, action) &&
			covers(candidate.resource, resource) &&
			fulfils(candidate.conditions, context);
		const grant = this.#denials.some(fits) ? undefined : this.#grants.find(fits);
		if (grant === undefined)
			this.refuse({ principal: roleArn, action, resource, ...(functionName === undefined ? {} : { function: functionName }) });
		else this.#used.add(grant);
	}

	/** Throws EdgeError "forbidden", and remembers the refusal, unless the role's trust policy lets the caller assume it. */
	assume(roleArn: string, caller: Caller, functionName?: string): void {
		if (this.trusts(roleArn, caller)) return;
		const refusal = { principal: caller.principal, action: "sts:AssumeRole", resource: roleArn };
		this.refuse({ ...refusal, ...(functionName === undefined ? {} : { function: functionName }) });
	}

	/** Whether the role's trust policy lets the caller assume it; remembers nothing. */
	trusts(roleArn: string, { principal, context }: Caller): boolean {
		const trust = this.#roles.get(roleArn)?.trust ?? [];
		return trust.some(({ principals, conditions }) => principals.includes(principal) && fulfils(conditions, context));
	}

	refuse(refusal: Refusal): never {
		this.refusals.push(refusal);
		const { principal, action, resource } = refusal;
		throw new EdgeError(
			"forbidden",
			`${principal} is not authorized to perform ${action} on ${resource}: no declared statement allows it`,
			{
				retry: false,
			},
		);
	}

	/** Every declared grant, with whether a call ever needed it. */
	grants(): readonly (Grant & { readonly used: boolean })[] {
		return this.#grants.map((grant) => ({ ...grant, used: this.#used.has(grant) }));
	}
}
