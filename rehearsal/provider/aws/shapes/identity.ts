import * as z from "zod";
import { arn, document, type Shape, texts } from "./shape.ts";

/** Roles, keys and secrets: who may do what, and by which credential. */
export const identityShapes: Readonly<Record<string, Shape>> = {
	"aws:iam/role:Role": {
		inputs: z.strictObject({
			name: z.string().max(64).optional(),
			description: z.string().max(1000).optional(),
			assumeRolePolicy: document,
			tags: texts.optional(),
		}),
		nameKey: "name",
		replacing: ["name"],
		computed: ["arn", "uniqueId"],
	},
	"aws:iam/rolePolicy:RolePolicy": {
		inputs: z.strictObject({ name: z.string().max(128).optional(), role: z.string(), policy: document }),
		nameKey: "name",
		replacing: ["name", "role"],
		computed: [],
	},
	"aws:kms/key:Key": {
		inputs: z.strictObject({
			description: z.string().max(8192).optional(),
			enableKeyRotation: z.boolean().optional(),
			deletionWindowInDays: z.number().min(7).max(30).optional(),
			policy: document.optional(),
			tags: texts.optional(),
		}),
		replacing: [],
		computed: ["arn", "keyId"],
	},
	"aws:secretsmanager/secret:Secret": {
		inputs: z.strictObject({
			name: z.string().max(512).optional(),
			recoveryWindowInDays: z.union([z.literal(0), z.number().min(7).max(30)]).optional(),
			tags: texts.optional(),
		}),
		nameKey: "name",
		replacing: ["name"],
		computed: ["arn"],
	},
	"aws:secretsmanager/secretVersion:SecretVersion": {
		inputs: z.strictObject({ secretId: arn, secretStringWo: z.string().min(1), secretStringWoVersion: z.number().int() }),
		replacing: ["secretId", "secretStringWoVersion"],
		computed: ["arn", "versionId"],
		writeOnly: ["secretStringWo"],
	},
};
