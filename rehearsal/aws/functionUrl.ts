import { EdgeError } from "../../functions/pipeline/ports.ts";
import type { Functions } from "./functions.ts";
import type { Iam } from "./iam.ts";
import type { AccountState, DeclaredUrl } from "./state.ts";

export interface FunctionUrlWorld {
	readonly now: () => number;
	readonly state: AccountState;
	readonly iam: Pick<Iam, "refusals">;
	readonly functions: Pick<Functions, "invoke">;
}

const json = (status: number, body: unknown): Response => Response.json(body, { status });

/**
 * Answers a request to a function URL as Lambda does: payload format 2.0, authorization NONE with the two statements of a resource policy
 * that AWS asks for since October 2025. https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
export async function fetchFunctionUrl(world: FunctionUrlWorld, request: Request, requestId: string): Promise<Response> {
	const declared = world.state.urls.find(({ url }) => new URL(url).host === new URL(request.url).host);
	if (declared === undefined) return json(404, { Message: null });
	if (!isPublic(world, declared))
		return json(403, { Message: "Forbidden. For troubleshooting Function URL authorization issues, see the AWS documentation." });
	try {
		return responseOf(await world.functions.invoke(declared.functionName, await eventOf(declared, request, requestId, world.now())));
	} catch (error) {
		if (error instanceof EdgeError && error.reason === "rate-limited") return json(429, { Message: "Too Many Requests" });
		return new Response("Internal Server Error", { status: 502 });
	}
}

function isPublic({ state, iam }: FunctionUrlWorld, { functionName, authorizationType, url }: DeclaredUrl): boolean {
	const granted = (action: string, via: (permission: AccountState["permissions"][number]) => boolean): boolean => {
		const found = state.permissions.some(
			(permission) =>
				permission.functionName === functionName && permission.principal === "*" && permission.action === action && via(permission),
		);
		if (!found) refused(iam, action, url, functionName);
		return found;
	};
	if (authorizationType !== "NONE") return refused(iam, "lambda:InvokeFunctionUrl", url, functionName);
	return (
		granted("lambda:InvokeFunctionUrl", ({ functionUrlAuthType }) => functionUrlAuthType === "NONE") &&
		granted("lambda:InvokeFunction", ({ invokedViaFunctionUrl }) => invokedViaFunctionUrl)
	);
}

function refused(iam: FunctionUrlWorld["iam"], action: string, resource: string, functionName: string): false {
	iam.refusals.push({ principal: "*", action, resource, function: functionName });
	return false;
}

const textual = /^(text\/|application\/(json|xml|javascript))/;

async function eventOf(declared: DeclaredUrl, request: Request, requestId: string, now: number): Promise<Record<string, unknown>> {
	const url = new URL(request.url);
	const bytes = Buffer.from(await request.arrayBuffer());
	const isText = textual.test(request.headers.get("content-type") ?? "text/plain");
	const query = [...new Set(url.searchParams.keys())].map((key) => [key, url.searchParams.getAll(key).join(",")]);
	return {
		version: "2.0",
		routeKey: "$default",
		rawPath: url.pathname,
		rawQueryString: url.search.slice(1),
		headers: Object.fromEntries([...request.headers, ["host", url.host]]),
		...(query.length === 0 ? {} : { queryStringParameters: Object.fromEntries(query) }),
		requestContext: {
			accountId: "anonymous",
			apiId: declared.id,
			domainName: url.host,
			domainPrefix: declared.id,
			http: {
				method: request.method,
				path: url.pathname,
				protocol: "HTTP/1.1",
				sourceIp: "192.0.2.1",
				userAgent: request.headers.get("user-agent") ?? "",
			},
			requestId,
			routeKey: "$default",
			stage: "$default",
			timeEpoch: now,
		},
		...(bytes.length === 0 ? {} : { body: bytes.toString(isText ? "utf8" : "base64") }),
		isBase64Encoded: bytes.length > 0 && !isText,
	};
}

/** An object with a `statusCode` is the response; anything else is the body of a 200. */
function responseOf(answer: unknown): Response {
	if (typeof answer !== "object" || answer === null || !("statusCode" in answer)) return json(200, answer ?? null);
	const { statusCode, headers, body }: { statusCode: unknown; headers?: unknown; body?: unknown } = answer;
	const response = new Response(typeof body === "string" ? body : null, {
		status: Number(statusCode),
		headers: { "content-type": "application/json" },
	});
	for (const [key, value] of Object.entries(typeof headers === "object" && headers !== null ? headers : {}))
		response.headers.set(key, String(value));
	return response;
}
