import * as z from "zod";
import { at, client } from "./parts.ts";

/** What people do with credentials. */
export const rotationVerbs = [
	z.strictObject({
		...at,
		do: z.literal("rotates").describe("Somebody takes a step of a rotation by the command `npm run rotate`."),
		step: z.enum(["begin", "finish", "cancel"]),
		client: client.describe("The credential."),
		key: z
			.enum(["new", "wrong"])
			.default("new")
			.describe("To begin with: the second one that the vendor issues, or one that it never issued."),
		by: z.string().default("the operator"),
		why: z.string().min(1).default("planned rotation"),
	}),
	z.strictObject({
		...at,
		do: z
			.literal("deploys-key")
			.describe("`pulumi config set --secret` and `pulumi up`: the functions' copy and the workflow's are written."),
		client: client.describe("The credential."),
		key: z.enum(["new", "wrong"]).default("new").describe("The second one that the vendor issues, or one that it never issued."),
	}),
	z.strictObject({
		...at,
		do: z.literal("revokes").describe("The vendor takes the first key no longer, for good; the second one, where it issued one, it does."),
		client: client.describe("Whose first key it is."),
	}),
] as const;
