import type { Judge, PermissionRequest } from "../judge.ts";
import type { Wanted } from "./wanted.ts";

/** One thing that somebody did in the name of a role. */
export interface Recorded extends Wanted {
	readonly roleName: string;
	/** A function, or a service of AWS that acts with its role. */
	readonly by: string;
	/** Only of `sts:AssumeRole`: who assumes it. */
	readonly principal?: string;
}

/** One action of a statement of a role's policy, or of its trust policy. */
export interface Granted {
	readonly roleName: string;
	readonly policy: string;
	readonly sid: string;
	readonly action: string;
	readonly resources: readonly string[];
	readonly used: boolean;
}

export interface Judged {
	/** What no statement allows. */
	readonly refused: readonly Recorded[];
	readonly granted: readonly Granted[];
}

/** The documents of a role as IAM tells them: the inline policies by their names. */
export interface RoleDocuments {
	readonly roleName: string;
	readonly trust: string;
	readonly policies: Readonly<Record<string, string>>;
}

/** Every role of an account, as IAM tells it. */
export async function rolesOf(judge: Judge, endpoint: string): Promise<readonly RoleDocuments[]> {
	const call = (operation: string, input: object = {}) => judge.call({ service: "iam", operation, input, endpoint });
	const { Roles } = await call("ListRoles");
	const roles: RoleDocuments[] = [];
	for (const { RoleName: roleName, AssumeRolePolicyDocument } of Roles as readonly Record<string, unknown>[]) {
		const { PolicyNames } = await call("ListRolePolicies", { RoleName: roleName });
		const policies: Record<string, string> = {};
		for (const PolicyName of PolicyNames as readonly string[])
			policies[PolicyName] = JSON.stringify((await call("GetRolePolicy", { RoleName: roleName, PolicyName })).PolicyDocument);
		roles.push({ roleName: String(roleName), trust: JSON.stringify(AssumeRolePolicyDocument), policies });
	}
	return roles;
}

/** Which statement allows each thing that was done, and what is granted that nothing needed. */
export async function judgeRecords(judge: Judge, roles: readonly RoleDocuments[], records: readonly Recorded[]): Promise<Judged> {
	const distinct = [...new Map(records.map((record) => [JSON.stringify(record), record])).values()];
	const asked = distinct.flatMap((record) => requestsOf(roles, record).map((request) => ({ record, ...request })));
	const allowing = await judge.allowing(asked.map(({ request }) => request));
	const used = new Set<string>();
	const allowed = new Set<Recorded>();
	for (const [index, { record, place }] of asked.entries())
		for (const statement of allowing[index] ?? []) {
			allowed.add(record);
			used.add(`${place} ${statement} ${record.action}`);
		}
	const granted = roles.flatMap(({ roleName, trust, policies }) =>
		Object.entries({ ...policies, trust }).flatMap(([policy, document]) =>
			grantedBy(document).map(({ index, ...each }) => ({
				roleName,
				policy,
				...each,
				used: used.has(`${roleName} ${policy} ${index} ${each.action}`),
			})),
		),
	);
	return { refused: distinct.filter((record) => !allowed.has(record)), granted };
}

function requestsOf(
	roles: readonly RoleDocuments[],
	{ roleName, by: _, ...wanted }: Recorded,
): readonly { readonly request: PermissionRequest; readonly place: string }[] {
	const role = roles.find((each) => each.roleName === roleName);
	if (role === undefined) return [];
	const documents = wanted.principal === undefined ? role.policies : { trust: role.trust };
	return Object.entries(documents).map(([policy, document]) => ({ request: { document, ...wanted }, place: `${roleName} ${policy}` }));
}

/** `index` is the place of its statement, from 0. */
function grantedBy(document: string): readonly (Pick<Granted, "sid" | "action" | "resources"> & { readonly index: number })[] {
	const { Statement: listed }: { readonly Statement: readonly Record<string, unknown>[] } = JSON.parse(document);
	return listed.flatMap(({ Sid = "", Action, Resource = [] }, index) =>
		[Action].flat().map((action) => ({ sid: String(Sid), action: String(action), resources: [Resource].flat().map(String), index })),
	);
}
