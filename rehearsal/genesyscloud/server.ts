import { type Context, Hono } from "hono";
import { type Answer, type Emulator, findFault, type Route } from "./emulator.ts";
import { ApiError, badRequest } from "./errors.ts";
import { requirePermission } from "./permissions.ts";
import { refuseUnknownQuery } from "./queryNames.ts";
import { RateLimit } from "./rateLimit.ts";
import type { Client } from "./state.ts";
import { authenticate, issueToken } from "./tokens.ts";

/** A body's largest size (`request.bytes.max`). */
const largestBody = 512_000;
/** What a verdict counts; a 404 of something that is gone is not among them, because clients poll for it after a delete. */
const refusedStatuses = new Set([400, 401, 403, 409, 413, 415, 429]);

/** The HTTP side: paths without regard to case, bearer tokens, rate limits, permissions, the vendor's error bodies. */
export function createServer(emulator: Emulator, routes: readonly Route[], upload: (context: Context) => Promise<Response>): Hono {
	const app = new Hono({ getPath: (request) => new URL(request.url).pathname.toLowerCase().replace(/(?<=.)\/+$/, "") });
	const limit = new RateLimit();
	app.post("/oauth/token", issueToken(emulator));
	app.put("/flow-uploads/:jobId", upload);
	for (const route of routes) app.on(route.method, route.path, (context) => serve(emulator, limit, route, context));
	app.notFound((context) => {
		const error = new ApiError(404, "not.found", `${context.req.method} ${context.req.path} is not part of this emulator`, {
			unimplemented: true,
		});
		return refusal(emulator, context, error, undefined, {});
	});
	return app;
}

async function serve(emulator: Emulator, limit: RateLimit, route: Route, context: Context): Promise<Response> {
	let client: Client | undefined;
	let headers: Record<string, string> = {};
	try {
		injectFault(emulator, context);
		const caller = authenticate(emulator, context.req.header("authorization"));
		client = caller.client;
		const taken = limit.take(caller.token.value, emulator.state.clock.now());
		headers = taken.headers;
		if (taken.exceeded !== undefined) throw taken.exceeded;
		if (route.permissions.length > 0) {
			const permission = requirePermission(emulator.state, client, route.permissions);
			emulator.usedPermissions.add(`${client.name} ${permission}`);
		}
		const { searchParams: query, pathname: sentPath } = new URL(context.req.url);
		refuseUnknownQuery(route.method, route.path, query);
		const answer = await route.handle({ client, params: context.req.param(), query, sentPath, body: await readBody(context) });
		return reply(answer, { ...headers, "ININ-Correlation-Id": emulator.state.correlations.uuid() });
	} catch (error) {
		if (error instanceof ApiError) return refusal(emulator, context, error, client, headers);
		throw error;
	}
}

function injectFault(emulator: Emulator, context: Context): void {
	const { method, path } = context.req;
	const fault = findFault(
		emulator,
		"api",
		(one) => (one.method === undefined || one.method === method) && path.startsWith((one.path ?? "").toLowerCase()),
	);
	if (fault === undefined) return;
	const codes = {
		429: "too.many.requests",
		500: "internal.server.error",
		502: "bad.gateway",
		503: "service.unavailable",
		504: "request.timeout",
	};
	const extras = fault.status === 429 ? { retryAfterSeconds: fault.retryAfterSeconds ?? 60 } : {};
	throw new ApiError(fault.status, codes[fault.status], "The request could not be served.", extras);
}

async function readBody(context: Context): Promise<unknown> {
	if (context.req.method === "GET" || context.req.method === "DELETE" || context.req.method === "HEAD") return undefined;
	const text = await context.req.text();
	if (text === "" || text === "null") return undefined;
	if (text.length > largestBody) throw new ApiError(413, "request.entity.too.large", `expected at most ${largestBody} bytes`);
	if (!(context.req.header("content-type") ?? "application/json").includes("json")) {
		throw new ApiError(415, "unsupported.media.type", "expected application/json");
	}
	try {
		return JSON.parse(text);
	} catch {
		throw badRequest("The request body is not JSON.");
	}
}

function reply(answer: Answer, headers: Record<string, string>): Response {
	if (answer.text !== undefined) return new Response(answer.text, { status: 200, headers: { ...headers, "content-type": "text/plain" } });
	if (answer.body === undefined) return new Response(null, { status: answer.status ?? 204, headers });
	return Response.json(answer.body, { status: answer.status ?? 200, headers });
}

function refusal(
	emulator: Emulator,
	context: Context,
	error: ApiError,
	client: Client | undefined,
	headers: Record<string, string>,
): Response {
	if (refusedStatuses.has(error.status) || error.extras.unimplemented === true) {
		const { permission } = error.extras;
		const entry = {
			at: emulator.state.clock.now(),
			method: context.req.method,
			path: new URL(context.req.url).pathname,
			status: error.status,
			code: error.code,
			client: client?.name,
			reason: error.message,
			...(permission === undefined ? {} : { permission }),
		};
		emulator.refusals.push(entry);
		emulator.emit({ kind: "refused", ...entry });
	}
	const correlation = emulator.state.correlations.uuid();
	const retryAfter = error.extras.retryAfterSeconds;
	return Response.json(error.body(correlation), {
		status: error.status,
		headers: {
			...headers,
			"ININ-Correlation-Id": correlation,
			...(retryAfter === undefined ? {} : { "Retry-After": String(retryAfter) }),
		},
	});
}
