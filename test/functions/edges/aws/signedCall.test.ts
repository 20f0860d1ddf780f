import { describe, expect, test } from "vitest";
import { ssmAutomation } from "../../../../functions/edges/aws/automation.ts";
import { lambdaInvoke } from "../../../../functions/edges/aws/invoke.ts";
import { timedFetch } from "../../../../functions/edges/http/http.ts";

const env = { AWS_REGION: "eu-central-1", AWS_ACCESS_KEY_ID: "AKIAPLANTED", AWS_SECRET_ACCESS_KEY: "PLANTED", AWS_SESSION_TOKEN: "token" };

/** An AWS that answers with these in turn, the last one for ever; and what it was asked. */
function aws(...answers: readonly (() => Response)[]) {
	const asked: { readonly url: string; readonly headers: Headers; readonly body: unknown }[] = [];
	const timers = { signalAfter: () => new AbortController().signal };
	const plain: typeof fetch = async (input, init) => {
		const request = new Request(input, init);
		asked.push({ url: request.url, headers: request.headers, body: await request.json() });
		const answer = answers[Math.min(asked.length, answers.length) - 1];
		if (answer === undefined) throw new TypeError("fetch failed");
		return answer();
	};
	return { asked, fetch: timedFetch(plain, timers, { remainingMilliseconds: () => 60_000 }, () => new Set()) };
}

const json = (body: unknown, init?: ResponseInit) => () => Response.json(body, init);
const failing = (type: string, status = 400) => json({ __type: `com.amazon.coral.service#${type}`, message: "PLANTED" }, { status });
const failed = (call: Promise<unknown>) => call.then(() => "answered").catch((error: unknown) => error);

describe("another function, asked", () => {
	const payload = { operation: "check" };

	test("is invoked by a request that the function's role signed, and what it answers comes back", async () => {
		const { asked, fetch } = aws(json({ verdict: "waiting" }));
		expect(await lambdaInvoke({ fetch, env })("runbooks-dev-remediator", payload)).toEqual({ verdict: "waiting" });
		const [{ url, headers, body } = {}] = asked;
		expect(url).toBe("https://lambda.eu-central-1.amazonaws.com/2015-03-31/functions/runbooks-dev-remediator/invocations");
		expect(body).toEqual(payload);
		expect(headers?.get("authorization")).toMatch(/^AWS4-HMAC-SHA256 Credential=AKIAPLANTED\/\d{8}\/eu-central-1\/lambda\/aws4_request, /);
		expect(headers?.get("x-amz-security-token")).toBe("token");
	});

	test.each([
		{ name: "China", change: { AWS_REGION: "cn-north-1" }, host: "lambda.cn-north-1.amazonaws.com.cn" },
		{ name: "an endpoint of everything", change: { AWS_ENDPOINT_URL: "http://aws.test/" }, host: "aws.test" },
		{
			name: "an endpoint of its own",
			change: { AWS_ENDPOINT_URL_LAMBDA: "http://own.test", AWS_ENDPOINT_URL: "http://aws.test" },
			host: "own.test",
		},
	])("is found in $name", async ({ change, host }) => {
		const { asked, fetch } = aws(json({}));
		await lambdaInvoke({ fetch, env: { ...env, ...change } })("a", payload);
		expect(asked.map(({ url }) => new URL(url).host)).toEqual([host]);
	});

	test.each([
		{
			name: "that threw",
			answer: json({ errorMessage: "PLANTED" }, { headers: { "x-amz-function-error": "Unhandled" } }),
			reason: "unavailable",
		},
		{ name: "of too many at once", answer: json({ message: "PLANTED" }, { status: 429 }), reason: "rate-limited" },
		{ name: "that the role may not ask", answer: json({ message: "PLANTED" }, { status: 403 }), reason: "forbidden" },
		{ name: "that there is not", answer: json({ message: "PLANTED" }, { status: 404 }), reason: "not-found" },
		{ name: "of other text than JSON", answer: () => new Response("PLANTED"), reason: "malformed" },
	])("the answer of one $name is an error that quotes nothing, and it is not asked twice", async ({ answer, reason }) => {
		const { asked, fetch } = aws(answer);
		const error = await failed(lambdaInvoke({ fetch, env })("runbooks-dev-remediator", payload));
		expect(error).toMatchObject({ reason });
		expect(String(error)).not.toContain("PLANTED");
		expect(asked).toHaveLength(1);
	});

	test.each(["AWS_REGION", "AWS_ACCESS_KEY_ID"])("is not asked without %s", async (name) => {
		const { asked, fetch } = aws(json({}));
		expect(await failed(lambdaInvoke({ fetch, env: { ...env, [name]: undefined } })("a", payload))).toMatchObject({
			reason: "misconfigured",
		});
		expect(asked).toEqual([]);
	});
});

describe("an Automation document, started", () => {
	const start = (fetch: ReturnType<typeof aws>["fetch"]) => ssmAutomation({ fetch, env }).start("Restart", { Site: ["fra"] }, "token");

	test("has the parameters and the token of its order", async () => {
		const { asked, fetch } = aws(json({ AutomationExecutionId: "execution-1" }));
		expect(await start(fetch)).toBe("execution-1");
		const [{ url, headers, body } = {}] = asked;
		expect(url).toBe("https://ssm.eu-central-1.amazonaws.com/");
		expect(headers?.get("x-amz-target")).toBe("AmazonSSM.StartAutomationExecution");
		expect(body).toEqual({ DocumentName: "Restart", Parameters: { Site: ["fra"] }, ClientToken: "token" });
	});

	test.each([
		{ name: "the second try's", answers: [failing("ThrottlingException"), json({ AutomationExecutionId: "id" })], asks: 2, is: "id" },
		{ name: "none after two tries", answers: [failing("ThrottlingException")], asks: 2, is: { reason: "rate-limited", retry: true } },
		{ name: "none after one refusal", answers: [failing("AccessDeniedException")], asks: 1, is: { reason: "forbidden", retry: false } },
		{
			name: "none where the document is wrong",
			answers: [failing("InvalidParameters")],
			asks: 1,
			is: { reason: "rejected", retry: false },
		},
		{ name: "none without an id", answers: [json({})], asks: 1, is: { reason: "malformed" } },
		{ name: "none where AWS is not there", answers: [], asks: 2, is: { reason: "unreachable" } },
	])("the answer is $name", async ({ answers, asks, is }) => {
		const { asked, fetch } = aws(...answers);
		const came = await start(fetch).catch((error: unknown) => error);
		if (typeof is === "string") expect(came).toBe(is);
		else expect(came).toMatchObject(is);
		expect(String(came)).not.toContain("PLANTED");
		expect(asked).toHaveLength(asks);
	});

	test.each([
		{ answer: { AutomationExecution: { AutomationExecutionStatus: "Success" } }, status: "Success" },
		{ answer: {}, status: "Pending" },
	])("is $status by $answer", async ({ answer, status }) => {
		const { asked, fetch } = aws(json(answer));
		expect(await ssmAutomation({ fetch, env }).status("execution-1")).toBe(status);
		expect(asked[0]?.body).toEqual({ AutomationExecutionId: "execution-1" });
	});
});
