import { describe, expect, test } from "vitest";
import { allow, arns, declareFunction, doing, offline, start, trust } from "./declaredAccount.ts";

describe("a call by Genesys Cloud", () => {
	const organization = "11111111-2222-4333-8444-555555555555";
	const roleArn = arns.role("runbooks-dev-genesys-ledger");
	const call = { functionArn: arns.lambda("ledger"), roleArn, externalId: organization, payload: { operation: "claim", input: {} } };

	function called(
		principal = "arn:aws:iam::765628985471:root",
		work = doing(async (_, event) => ({ got: event })),
		resource = arns.lambda("ledger"),
	) {
		const account = offline({ ledger: work });
		declareFunction(account, "ledger");
		account.aws.create("aws:iam/role:Role", "g", {
			name: "runbooks-dev-genesys-ledger",
			assumeRolePolicy: trust({ AWS: principal }, { StringEquals: { "sts:ExternalId": organization } }),
		});
		const policy = allow({ Action: "lambda:InvokeFunction", Resource: resource });
		account.aws.create("aws:iam/rolePolicy:RolePolicy", "g", { name: "invoke", role: "runbooks-dev-genesys-ledger", policy });
		return account;
	}

	test.each(["arn:aws:iam::765628985471:root", "arn:aws:iam::325654371633:root"])(
		"from %s runs the function with the payload",
		async (principal) => {
			const account = called(principal);
			const answer = await account.run(() => account.aws.invokeAs(call));
			expect(answer).toEqual({ status: 200, body: JSON.stringify({ got: call.payload }) });
			expect(account.aws.refusals).toEqual([]);
		},
	);

	test.each([
		{ name: "another external id", account: called(), change: { externalId: "other" }, action: "sts:AssumeRole" },
		{ name: "a role that trusts somebody else", account: called("arn:aws:iam::999999999999:root"), change: {}, action: "sts:AssumeRole" },
		{
			name: "a role that may not",
			account: called(undefined, undefined, arns.lambda("poller")),
			change: {},
			action: "lambda:InvokeFunction",
		},
	])("with $name is a 403, and the refusal is kept", async ({ account, change, action }) => {
		const { status, body } = await account.run(() => account.aws.invokeAs({ ...call, ...change }));
		expect(status).toBe(403);
		expect(JSON.parse(body)).toMatchObject({ errorType: "EdgeError", errorMessage: expect.stringContaining(action) });
		expect(account.aws.refusals).toMatchObject([{ action }]);
	});

	test("of a function that fails is a 502 with the error's name", async () => {
		const account = called(
			undefined,
			doing(async () => Promise.reject(new Error("broken"))),
		);
		expect(await account.run(() => account.aws.invokeAs(call))).toEqual({
			status: 502,
			body: JSON.stringify({ errorType: "FunctionFailed", errorMessage: "runbooks-dev-ledger: broken" }),
		});
	});
});

describe("a function URL", () => {
	function served(
		permissions: readonly Readonly<Record<string, unknown>>[] = both,
		work = doing(async (_, event) => event),
		authorizationType = "NONE",
	) {
		const account = offline({ normalizer: work });
		declareFunction(account, "normalizer");
		const { outputs } = account.aws.create("aws:lambda/functionUrl:FunctionUrl", "u", {
			functionName: "runbooks-dev-normalizer",
			authorizationType,
		});
		for (const [index, permission] of permissions.entries()) {
			account.aws.create("aws:lambda/permission:Permission", `p${index}`, {
				function: "runbooks-dev-normalizer",
				principal: "*",
				...permission,
			});
		}
		const post = (path = "", init: RequestInit = {}) =>
			account.run(() => account.aws.fetchUrl(new Request(`${outputs.functionUrl}${path}`, { method: "POST", body: "{}", ...init })));
		return { account, post, url: String(outputs.functionUrl) };
	}

	const urlPermission = { action: "lambda:InvokeFunctionUrl", functionUrlAuthType: "NONE" };
	const functionPermission = { action: "lambda:InvokeFunction", invokedViaFunctionUrl: true };
	const both = [urlPermission, functionPermission];

	test("hands the request over in payload format 2.0", async () => {
		const { post, url } = served();
		const response = await post("hook?b=1&a=2&b=3", {
			body: '{"a":"ü"}',
			headers: { "content-type": "application/json", "X-Runbooks-Timestamp": "1" },
		});
		expect(response.status).toBe(200);
		const host = new URL(url).host;
		expect(await response.json()).toEqual({
			version: "2.0",
			routeKey: "$default",
			rawPath: "/hook",
			rawQueryString: "b=1&a=2&b=3",
			headers: { "content-type": "application/json", "x-runbooks-timestamp": "1", host },
			queryStringParameters: { a: "2", b: "1,3" },
			requestContext: {
				accountId: "anonymous",
				apiId: host.split(".")[0],
				domainName: host,
				domainPrefix: host.split(".")[0],
				http: { method: "POST", path: "/hook", protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "" },
				requestId: "request-1",
				routeKey: "$default",
				stage: "$default",
				timeEpoch: start,
			},
			body: '{"a":"ü"}',
			isBase64Encoded: false,
		});
	});

	test("encodes a body that is not text", async () => {
		const response = await served().post("", { body: "a=1", headers: { "content-type": "application/x-www-form-urlencoded" } });
		expect(await response.json()).toMatchObject({ body: "YT0x", isBase64Encoded: true });
	});

	test("answers what the handler answers", async () => {
		const answer = { statusCode: 401, headers: { "content-type": "text/plain", "x-reason": "expired" }, body: "no" };
		const response = await served(
			both,
			doing(async () => answer),
		).post();
		expect([response.status, response.headers.get("content-type"), response.headers.get("x-reason"), await response.text()]).toEqual([
			401,
			"text/plain",
			"expired",
			"no",
		]);
	});

	test.each([
		{ name: "lambda:InvokeFunctionUrl", permissions: [functionPermission], action: "lambda:InvokeFunctionUrl" },
		{ name: "lambda:InvokeFunction", permissions: [urlPermission], action: "lambda:InvokeFunction" },
		{ name: "its condition", permissions: [urlPermission, { action: "lambda:InvokeFunction" }], action: "lambda:InvokeFunction" },
	])("is closed without the permission $name", async ({ permissions, action }) => {
		const { account, post, url } = served(permissions);
		expect((await post()).status).toBe(403);
		expect(account.aws.refusals).toEqual([{ principal: "*", action, resource: url, function: "runbooks-dev-normalizer" }]);
	});

	test("with IAM authorization is closed for requests without credentials", async () => {
		expect((await served(both, undefined, "AWS_IAM").post()).status).toBe(403);
	});

	test("of a function that fails is a 502, of one that is busy a 429, and an unknown one a 404", async () => {
		expect(
			(
				await served(
					both,
					doing(async () => Promise.reject(new Error("broken"))),
				).post()
			).status,
		).toBe(502);
		const busy = served();
		busy.account.aws.setFault("lambda", "rate-limited");
		expect((await busy.post()).status).toBe(429);
		expect((await busy.account.aws.fetchUrl(new Request("https://other.lambda-url.eu-central-1.on.aws/"))).status).toBe(404);
	});
});
