/**
 * Runs a bundle as Lambda's own runtime does: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html. Two things are this world's: a story's
 * time, and the one way to the outside, which leads to the emulators.
 */
const {
	AWS_LAMBDA_RUNTIME_API: api = "",
	LAMBDA_TASK_ROOT: root = "",
	OUTSIDE: outside = "",
	AWS_ENDPOINT_URL: endpoint = "",
} = process.env;
const aws = URL.canParse(endpoint) ? new URL(endpoint).origin : "";
const runtime = `http://${api}/2018-06-01/runtime`;
const realFetch = globalThis.fetch;
const realNow = Date.now;

/** As in a rehearsal without latency, an invocation takes no time; but nothing in it waits for ever. */
const standsStillMilliseconds = 60_000;
let storyTime = 0;
let began = 0;
const now = (): number => storyTime + Math.max(0, realNow() - began - standsStillMilliseconds);

Date.now = now;
globalThis.Date = new Proxy(Date, {
	construct: (target, given, made) => Reflect.construct(target, given.length === 0 ? [now()] : given, made),
});

/** No time passes, so nobody may run out of it because this machine is busy. */
const patience = 10;
const realTimeout = globalThis.setTimeout;
globalThis.setTimeout = new Proxy(realTimeout, {
	apply: (target, self, [work, milliseconds = 0, ...given]) => Reflect.apply(target, self, [work, milliseconds * patience, ...given]),
});
const realSignal = AbortSignal.timeout;
AbortSignal.timeout = (milliseconds) => realSignal(milliseconds * patience);

globalThis.fetch = async (input, init) => {
	const request = new Request(input, init);
	const { host, origin, pathname, search } = new URL(request.url);
	// AWS is not of the outside: some of its services are asked without the SDK.
	if (origin === aws) return realFetch(request, init?.signal ? { signal: init.signal } : {});
	const { method, redirect } = request;
	const body = method === "GET" || method === "HEAD" ? {} : { body: await request.arrayBuffer() };
	const headers = new Headers(request.headers);
	headers.set("x-forwarded-host", host);
	const signal = init?.signal ? { signal: init.signal } : {};
	const answer = await realFetch(`${outside}${pathname}${search}`, { method, headers, redirect, ...body, ...signal });
	// No vendor says so: nobody has this host, or it cannot be reached.
	if (answer.status === 599)
		throw new TypeError("fetch failed", { cause: Object.assign(new Error(await answer.text()), { code: "ENOTFOUND" }) });
	return answer;
};

interface Context {
	readonly awsRequestId: string;
	getRemainingTimeInMillis(): number;
}

const { handler }: { readonly handler: (event: unknown, context: Context) => Promise<unknown> } = await import(`${root}/index.mjs`);

for (;;) {
	const next = await realFetch(`${runtime}/invocation/next`);
	const header = (name: string): string => next.headers.get(name) ?? "";
	const id = header("lambda-runtime-aws-request-id");
	const deadline = Number(header("lambda-runtime-deadline-ms"));
	began = realNow();
	storyTime = Number(header("story-time"));
	const [what, answer] = await outcome(await next.json(), {
		awsRequestId: id,
		getRemainingTimeInMillis: () => Math.max(0, deadline - now()),
	});
	// Whoever reads the log knows that it is whole.
	process.stdout.write(`END RequestId: ${id}\n`);
	await realFetch(`${runtime}/invocation/${id}/${what}`, { method: "POST", body: JSON.stringify(answer ?? null) });
}

async function outcome(event: unknown, context: Context): Promise<readonly ["response" | "error", unknown]> {
	try {
		return ["response", await handler(event, context)];
	} catch (error) {
		const { name, message } = error instanceof Error ? error : new Error(String(error));
		return ["error", { errorType: name, errorMessage: message }];
	}
}
