import * as z from "zod";
import { provision, tagList, textOf } from "./provision.ts";

const role = provision(
	z.strictObject({ name: z.string(), description: z.string(), assumeRolePolicy: z.string(), tags: z.record(z.string(), z.string()) }),
	async ({ call }, { name, description, assumeRolePolicy, tags }) => {
		const trust = { AssumeRolePolicyDocument: assumeRolePolicy, Description: description };
		const made = await call("iam", "CreateRole", { RoleName: name, ...trust, Tags: tagList(tags) });
		return { id: name, outputs: { arn: textOf(made, "Role", "Arn") } };
	},
);

const rolePolicy = provision(
	z.strictObject({ name: z.string(), role: z.string(), policy: z.string() }),
	async ({ call }, { name, role: roleName, policy }) => {
		await call("iam", "PutRolePolicy", { RoleName: roleName, PolicyName: name, PolicyDocument: policy });
		return { id: `${roleName}:${name}`, outputs: {} };
	},
);

export const iamTypes = { "aws:iam/role:Role": role, "aws:iam/rolePolicy:RolePolicy": rolePolicy };
