import { expect, test } from "vitest";
import { identityOf } from "../../../../functions/edges/aws/identity.ts";

const env = { AWS_ACCESS_KEY_ID: "ASIAPLANTED", AWS_SECRET_ACCESS_KEY: "PLANTED-secret", AWS_SESSION_TOKEN: "PLANTED-token" };

test("the keys of a role are those of the environment, with a token where there is one", () => {
	expect(identityOf(env)).toEqual({ accessKeyId: "ASIAPLANTED", secretAccessKey: "PLANTED-secret", sessionToken: "PLANTED-token" });
	const { AWS_SESSION_TOKEN: _none, ...lasting } = env;
	expect(identityOf(lasting)).toEqual({ accessKeyId: "ASIAPLANTED", secretAccessKey: "PLANTED-secret" });
});

test.each(["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])(
	"without %s there are none, and the error says nothing of the others",
	(variable) => {
		expect(() => identityOf({ ...env, [variable]: "" })).toThrow(
			expect.objectContaining({ reason: "misconfigured", message: "environment: expected the keys of the function's role, got none" }),
		);
	},
);
