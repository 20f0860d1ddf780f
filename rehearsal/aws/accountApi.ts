import { type Context, Hono } from "hono";

/** An AWS account as its own API tells of it. */
export interface AccountFacts {
	readonly accountId: string;
	readonly accessKeyId: string;
	/** The quota of concurrent executions. */
	readonly concurrentExecutions: number;
	/** What functions have reserved of them, by their names. */
	readonly reserved?: Readonly<Record<string, number>>;
	/** The states of the event sources that partners offer to it, by their names. */
	readonly eventSources?: Readonly<Record<string, "ACTIVE" | "PENDING" | "DELETED">>;
}

/** What STS, Lambda and EventBridge answer of an account: who asks, how many executions it has, and what partners offer it. Keys are known by their id; signatures are not verified. */
export function createAccountApi({ accountId, accessKeyId, concurrentExecutions, reserved = {}, eventSources = {} }: AccountFacts): Hono {
	const app = new Hono({ strict: false });
	const isKnown = (context: Context): boolean => context.req.header("authorization")?.includes(`Credential=${accessKeyId}/`) === true;
	app.post("/", async (context) => {
		if (context.req.header("x-amz-target") === "AWSEvents.DescribeEventSource") {
			if (!isKnown(context)) return eventsError("UnrecognizedClientException");
			const { Name } = Object(await context.req.json());
			const state = Object.hasOwn(eventSources, Name) ? eventSources[Name] : undefined;
			return state === undefined ? eventsError("ResourceNotFoundException") : Response.json({ Name, State: state });
		}
		if (!isKnown(context)) return stsError(403, "InvalidClientTokenId");
		const action = new URLSearchParams(await context.req.text()).get("Action");
		return action === "GetCallerIdentity" ? xml(200, identity(accountId)) : stsError(400, "InvalidAction");
	});
	app.get("/2016-08-19/account-settings", (context) => {
		if (!isKnown(context)) return lambdaError(403, "UnrecognizedClientException");
		const kept = Object.values(reserved).reduce((sum, each) => sum + each, 0);
		const limit = { ConcurrentExecutions: concurrentExecutions, UnreservedConcurrentExecutions: concurrentExecutions - kept };
		return Response.json({ AccountLimit: limit, AccountUsage: { FunctionCount: Object.keys(reserved).length, TotalCodeSize: 0 } });
	});
	app.get("/2019-09-30/functions/:name/concurrency", (context) => {
		if (!isKnown(context)) return lambdaError(403, "UnrecognizedClientException");
		const kept = reserved[context.req.param("name")];
		return kept === undefined ? lambdaError(404, "ResourceNotFoundException") : Response.json({ ReservedConcurrentExecutions: kept });
	});
	return app;
}

const identity = (accountId: string): string =>
	`<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::${accountId}:user/deployer</Arn><UserId>AIDADEPLOYER</UserId><Account>${accountId}</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></GetCallerIdentityResponse>`;

const stsError = (status: number, code: string): Response =>
	xml(
		status,
		`<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>refused</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
	);

const xml = (status: number, body: string): Response => new Response(body, { status, headers: { "content-type": "text/xml" } });

const eventsError = (type: string): Response =>
	Response.json({ __type: type, message: "refused" }, { status: 400, headers: { "content-type": "application/x-amz-json-1.1" } });

const lambdaError = (status: number, type: string): Response =>
	Response.json({ Type: "User", message: "refused" }, { status, headers: { "x-amzn-errortype": type } });
