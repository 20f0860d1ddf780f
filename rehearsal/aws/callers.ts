import { createHash } from "node:crypto";
import type { AwsIdentity } from "../../functions/edges/vendors/awsSignature.ts";
import { EdgeError } from "../../functions/pipeline/ports.ts";
import type { AwsCallers } from "../vendors/emulator.ts";
import type { Iam } from "./iam.ts";
import type { AccountState, DeclaredFunction } from "./state.ts";

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** What a function's role signs its requests with: temporary, and the same in every run. */
export const keysOf = (roleArn: string): Required<AwsIdentity> => ({
	accessKeyId: `ASIA${digest(`key of ${roleArn}`).toString("hex").slice(0, 16).toUpperCase()}`,
	secretAccessKey: digest(`secret of ${roleArn}`).toString("base64").slice(0, 40),
	sessionToken: digest(`token of ${roleArn}`).toString("base64"),
});

export interface CallersOptions {
	readonly state: Pick<AccountState, "functions">;
	readonly iam: Pick<Iam, "authorize">;
	readonly accountId: string;
}

/** The functions of an account as callers of AWS's other services: each by the keys of its role, and within its declared policy. */
export function callersOf({ state, iam, accountId }: CallersOptions): AwsCallers {
	const holderOf = (accessKeyId: string): DeclaredFunction | undefined =>
		state.functions.find(({ roleArn }) => keysOf(roleArn).accessKeyId === accessKeyId);
	return {
		secretsOf: (accessKeyId) => {
			const holder = holderOf(accessKeyId);
			return holder === undefined ? undefined : keysOf(holder.roleArn);
		},
		permits: (accessKeyId, { service, region, action, resource }) => {
			const holder = holderOf(accessKeyId);
			if (holder === undefined) return false;
			const arn = resource === "*" ? resource : `arn:aws:${service}:${region}:${accountId}:${resource}`;
			try {
				iam.authorize(holder.roleArn, action, arn, holder.name);
				return true;
			} catch (error) {
				if (error instanceof EdgeError) return false;
				throw error;
			}
		},
	};
}
