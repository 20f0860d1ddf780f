import { type Context, Hono } from "hono";
import { issueBody, type Seen, transitionBody } from "./bodies.ts";
import { type IssueRules, type Json, objectOf, type Problems, readDraft } from "./draft.ts";
import type { JiraIssue, JiraIssues } from "./issues.ts";
import { JqlError, parseJql } from "./jql.ts";
import { transitionsFrom } from "./workflow.ts";

/** What one kind of Jira does in its own way. */
export interface JiraKind extends IssueRules {
	readonly issues: JiraIssues;
	/** Of the REST API, such as `/rest/api/3`. */
	readonly path: string;
	readonly seen: Seen;
	/** The path of its search behind that one. */
	readonly search: string;
	/** Whether who asks is somebody. */
	readonly isKnown: (request: Request) => boolean;
	/** What it says to nobody, whatever is asked; absent: it goes on as for a stranger. */
	readonly toStrangers?: () => Response;
	/** The answer to one request too many; undefined where it is not. */
	readonly throttle: (request: Request) => Response | undefined;
	/** What is searched for where no fields are named. */
	readonly usualFields: readonly string[];
	readonly page: (issues: readonly unknown[], total: number) => Json;
	/** The most results that may be asked for, and what it says to a query without a condition. */
	readonly limits: { readonly results: number; readonly unbounded?: string };
	/** Whether a comment that comes with a transition is one. */
	readonly isComment: (body: unknown) => boolean;
}

/** The REST API that Jira Cloud and Data Center have in common: create, get, search, and transitions. */
export function createJiraApp(kind: JiraKind): Hono {
	const app = new Hono().basePath(kind.path);
	app.use("*", async (context, next) => refusal(kind, context.req.raw) ?? next());
	app.post("/issue", (context) => create(kind, context));
	app.get("/issue/:key", (context) =>
		withIssue(kind, context, (issue) => Response.json(issueBody(issue, kind.seen, asked(context, ["*all"])))),
	);
	app.get("/issue/:key/transitions", (context) =>
		withIssue(kind, context, ({ status }) =>
			Response.json({ expand: "transitions", transitions: transitionsFrom(kind.issues.workflow, status).map(transitionBody) }),
		),
	);
	app.post("/issue/:key/transitions", (context) => withIssue(kind, context, (issue) => transition(kind, context, issue)));
	app.get(kind.search, (context) => search(kind, { ...context.req.query(), fields: asked(context, kind.usualFields) }, context.req.raw));
	app.post(kind.search, async (context) => {
		const { fields, ...query } = (await bodyOf(context)) ?? {};
		return search(kind, { ...query, fields: Array.isArray(fields) ? fields.map(String) : kind.usualFields }, context.req.raw);
	});
	app.get("/myself", (context) =>
		kind.isKnown(context.req.raw) ? Response.json({ displayName: "Runbooks", active: true }) : unauthenticated(),
	);
	return app;
}

function refusal(kind: JiraKind, request: Request): Response | undefined {
	const { fault } = kind.issues;
	if (fault !== undefined) return problem(fault, { errorMessages: ["injected"] });
	const refused = kind.throttle(request);
	if (refused !== undefined || kind.isKnown(request)) return refused;
	return kind.toStrangers?.();
}

/** Jira's error body. */
export function problem(
	status: number,
	{ errorMessages = [], errors = {} }: Problems,
	headers: Readonly<Record<string, string>> = {},
): Response {
	return Response.json({ errorMessages, errors }, { status, headers: { ...headers } });
}

export const unauthenticated = (): Response =>
	Response.json({ message: "Client must be authenticated to access this resource.", "status-code": 401 }, { status: 401 });

/** What every path has that there is not. */
export const noSuchPath = (url: string): Response =>
	Response.json({ message: `null for uri: ${url}`, "status-code": 404 }, { status: 404 });

const asked = (context: Context, usual: readonly string[]): readonly string[] => context.req.query("fields")?.split(",") ?? usual;

async function bodyOf(context: Context): Promise<Json | undefined> {
	try {
		return objectOf(JSON.parse(await context.req.text()));
	} catch {
		return undefined;
	}
}

const isJson = (context: Context): boolean => /^application\/json\b/.test(context.req.header("content-type") ?? "");
const noJson = (): Response => Response.json({ message: "Unsupported Media Type", "status-code": 415 }, { status: 415 });
const noBody: Problems = { errorMessages: ["There was an error parsing JSON. Check that your request body is valid."] };

async function create(kind: JiraKind, context: Context): Promise<Response> {
	if (!kind.isKnown(context.req.raw))
		return problem(401, { errorMessages: ["You do not have permission to create issues in this project."] });
	if (!isJson(context)) return noJson();
	const fields = objectOf((await bodyOf(context))?.fields);
	if (fields === undefined) return problem(400, noBody);
	const draft = readDraft(fields, kind.issues, kind);
	if (!("summary" in draft)) return problem(400, draft);
	const { id, key } = kind.issues.create(draft);
	return Response.json({ id, key, self: `${kind.seen.base}/issue/${id}` }, { status: 201 });
}

/** To a stranger an issue is not there. */
async function withIssue(kind: JiraKind, context: Context, work: (issue: JiraIssue) => Response | Promise<Response>): Promise<Response> {
	const issue = kind.isKnown(context.req.raw) ? kind.issues.find(context.req.param("key") ?? "") : undefined;
	return issue === undefined
		? problem(404, { errorMessages: ["Issue does not exist or you do not have permission to see it."] })
		: work(issue);
}

async function transition(kind: JiraKind, context: Context, issue: JiraIssue): Promise<Response> {
	if (!isJson(context)) return noJson();
	const body = await bodyOf(context);
	const id = objectOf(body?.transition)?.id;
	if (body === undefined || id === undefined) return problem(400, { errorMessages: ["Missing 'transition' identifier"] });
	if (!/^\d+$/.test(String(id))) return problem(400, { errorMessages: ["'transition' identifier must be an integer"] });
	const found = transitionsFrom(kind.issues.workflow, issue.status).find((each) => each.id === String(id));
	if (found === undefined) return problem(400, { errorMessages: [`Transition id '${id}' is not valid for this issue.`] });
	const comments = commentsOf(body);
	if (!comments.every(kind.isComment)) return problem(400, { errors: { comment: "Comment body is not valid!" } });
	kind.issues.move(issue, found, comments);
	return new Response(null, { status: 204 });
}

/** The bodies of `update: { comment: [{ add: { body } }] }`. */
function commentsOf(body: Json): readonly unknown[] {
	const operations = objectOf(body.update)?.comment;
	return Array.isArray(operations) ? operations.map((operation) => objectOf(objectOf(operation)?.add)?.body) : [];
}

type Search = Json & { readonly fields: readonly string[] };

function search(kind: JiraKind, { jql = "", maxResults = 50, fields }: Search, request: Request): Response {
	const { results, unbounded } = kind.limits;
	const size = Number(maxResults);
	if (!Number.isInteger(size) || size < 1 || size > results)
		return problem(400, { errorMessages: [`The value for maxResults must be between 1 and ${results}.`] });
	try {
		const query = parseJql(String(jql));
		if (query.where.length === 0 && unbounded !== undefined) throw new JqlError(unbounded);
		// A stranger finds nothing, and is not told why: this is how an expired token looks (jira.js #418, n8n #16325).
		if (!kind.isKnown(request)) return Response.json(kind.page([], 0), { headers: { "x-seraph-loginreason": "AUTHENTICATED_FAILED" } });
		const strange = query.where.find(({ field, value }) => field === "project" && !kind.issues.projects.includes(value.toUpperCase()));
		if (strange !== undefined) throw new JqlError(`The value '${strange.value}' does not exist for the field 'project'.`);
		const found = kind.issues.search(query);
		return Response.json(
			kind.page(
				found.slice(0, size).map((issue) => issueBody(issue, kind.seen, fields)),
				found.length,
			),
		);
	} catch (error) {
		if (error instanceof JqlError) return problem(400, { errorMessages: [error.message] });
		throw error;
	}
}
