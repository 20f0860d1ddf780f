import { asBody, type Body, listOf, present, textOf } from "./api.ts";
import type { ResourceType, Session } from "./resource.ts";

const roles = "/authorization/roles";

export const authRole: ResourceType = {
	idProperty: "authRoleId",
	replaceOn: [],
	async create(session, label, inputs) {
		await lookUpPermissions(session, label, inputs);
		const { id } = await session.api.call(label, "POST", roles, roleBody(inputs));
		await authRole.read(session, label, textOf(id));
		return { id: textOf(id), computed: {} };
	},
	async read(session, label, id) {
		const role = await session.api.call(label, "GET", `${roles}/${id}?userCount=false`);
		return present({
			name: role.name,
			description: role.description,
			defaultRoleId: role.defaultRoleId,
			permissions: role.permissions,
			permissionPolicies: listOf(role.permissionPolicies).map((policy) => {
				const { domain, entityName, actionSet } = asBody(policy);
				return { domain, entityName, actionSets: actionSet };
			}),
		});
	},
	async update(session, label, id, inputs) {
		await lookUpPermissions(session, label, inputs);
		await session.api.call(label, "PUT", `${roles}/${id}`, roleBody(inputs));
		await authRole.read(session, label, id);
		return { id, computed: {} };
	},
	async remove(session, label, id) {
		await session.api.call(label, "DELETE", `${roles}/${id}`);
		await session.api.expectGone(label, `${roles}/${id}?userCount=false`);
	},
};

/** The provider only logs a warning about a permission that it does not find. */
async function lookUpPermissions(session: Session, label: string, inputs: Body): Promise<void> {
	for (const policy of listOf(inputs.permissionPolicies)) {
		const domain = encodeURIComponent(textOf(asBody(policy).domain));
		await session.api.call(label, "GET", `/authorization/permissions?queryType=domain&query=${domain}&pageSize=100&pageNumber=1`);
	}
}

function roleBody(inputs: Body): Body {
	return present({
		name: inputs.name,
		description: inputs.description,
		defaultRoleId: inputs.defaultRoleId,
		permissions: inputs.permissions,
		permissionPolicies: listOf(inputs.permissionPolicies).map((policy) => {
			const { domain, entityName, actionSets } = asBody(policy);
			return { domain, entityName, actionSet: actionSets };
		}),
	});
}
