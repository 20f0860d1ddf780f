import { type Context, Hono } from "hono";
import type { EmulatorClock } from "../../world/clock.ts";
import { readQuery } from "./query.ts";
import { columns, type Fields, type Incident, readFields } from "./record.ts";
import { IncidentTable, type InstanceWorld } from "./table.ts";

export interface ServiceNowEmulator {
	readonly fetch: (request: Request) => Promise<Response>;
	readonly hosts: readonly [string];
	readonly world: InstanceWorld;
}

/** An instance: how many requests an hour a rule of an administrator allows each user. There is no rule unless somebody makes one. */
export interface ServiceNowOptions {
	readonly clock: EmulatorClock;
	readonly instance: string;
	readonly requestsPerHour?: number;
}

interface Api {
	readonly table: IncidentTable;
	readonly host: string;
	/** Returns the refusal of a request that is one too many. */
	readonly limit: (user: string) => Response | undefined;
}

const path = "/api/now/table/incident";
const rule = "c0ffee00c0ffee00c0ffee00c0ffee00";
const hour = 3_600_000;

/** The Table API of a ServiceNow instance for incidents: list, fetch, create, change (docs.servicenow.com, "Table API"). */
export function createServiceNow({ clock, instance, requestsPerHour }: ServiceNowOptions): ServiceNowEmulator {
	const table = new IncidentTable(clock);
	const host = `${instance}.service-now.com`;
	const api: Api = { table, host, limit: limiter(clock, requestsPerHour) };
	const app = new Hono();
	app.get(path, (context) => withUser(api, context, () => list(api, context)));
	app.post(path, (context) => withUser(api, context, (user) => create(api, context, user)));
	app.get(`${path}/:sysId`, (context) => withUser(api, context, () => one(api, context)));
	app.on(["PATCH", "PUT"], `${path}/:sysId`, (context) => withUser(api, context, (user) => update(api, context, user)));
	app.all("/api/now/table/:table/*", (context) =>
		withUser(api, context, () => problem(400, `Invalid table ${context.req.param("table")}`)),
	);
	app.notFound(() => problem(400, "Requested URI does not represent any resource"));
	return { fetch: async (request) => app.fetch(request), hosts: [host], world: table };
}

/** Sleep comes before everything, and so does what is broken. */
async function withUser({ table, limit }: Api, context: Context, how: (user: string) => Response | Promise<Response>): Promise<Response> {
	if (table.isAsleep) return asleep();
	const status = table.refusal();
	if (status !== undefined) return problem(status, "injected");
	const given = /^Basic (.+)$/.exec(context.req.header("authorization") ?? "")?.[1] ?? "";
	const [user = "", ...password] = Buffer.from(given, "base64").toString().split(":");
	if (!table.knows(user, password.join(":"))) return problem(401, "User Not Authenticated", "Required to provide Auth information");
	return limit(user) ?? how(user);
}

/** What an instance that sleeps answers to everything, the API included. */
const asleep = (): Response =>
	new Response(
		"<!doctype html><html><head><title>Instance Hibernating page</title></head><body>Your instance is hibernating</body></html>",
		{
			headers: { "content-type": "text/html;charset=UTF-8" },
		},
	);

/** The newest first only where the query orders it so; without an order by the time of creation: an assumption, the one that hides the newest. */
function list({ table }: Api, context: Context): Response {
	const { holds, order } = readQuery(context.req.query("sysparm_query") ?? "");
	const limit = Number(context.req.query("sysparm_limit") ?? 10_000);
	const offset = Number(context.req.query("sysparm_offset") ?? 0);
	const found = table.existing().filter(({ fields }) => holds(fields));
	const key = ({ fields }: Incident): string => (order === undefined ? "" : (fields[order.column] ?? ""));
	const ordered = order === undefined ? found : found.toSorted((one, other) => key(one).localeCompare(key(other)));
	// Of equal ones the one that came last is the newest.
	const rows = order?.isDescending === true ? ordered.toReversed() : ordered;
	const page = rows.slice(offset, offset + limit).map(({ fields }) => shown(context, fields));
	return Response.json({ result: page }, { headers: { "x-total-count": `${found.length}` } });
}

function one({ table }: Api, context: Context): Response {
	const incident = table.find(context.req.param("sysId") ?? "");
	return incident === undefined ? noRecord() : Response.json({ result: shown(context, incident.fields) });
}

async function create({ table, host }: Api, context: Context, user: string): Promise<Response> {
	const body = await bodyOf(context);
	if (body instanceof Response) return body;
	const fields = table.insert(readFields(body), user);
	const location = `https://${host}${path}/${fields.sys_id}`;
	return Response.json({ result: shown(context, fields) }, { status: 201, headers: { location } });
}

async function update({ table }: Api, context: Context, user: string): Promise<Response> {
	const incident = table.find(context.req.param("sysId") ?? "");
	if (incident === undefined) return noRecord();
	const body = await bodyOf(context);
	if (body instanceof Response) return body;
	const updated = table.update(incident, readFields(body), user);
	if (typeof updated === "string") return problem(403, "Operation Failed", updated);
	return Response.json({ result: shown(context, updated) });
}

/** An object; the content type decides how a body is read. */
async function bodyOf(context: Context): Promise<Readonly<Record<string, unknown>> | Response> {
	if (!(context.req.header("content-type") ?? "").startsWith("application/json"))
		return problem(415, "Unsupported media type", "The media type of the request is not supported");
	try {
		const body: unknown = JSON.parse(await context.req.text());
		if (typeof body === "object" && body !== null && !Array.isArray(body)) return { ...body };
	} catch {
		// The same answer as to what is no object.
	}
	return problem(400, "Exception while reading request", "The payload is not valid JSON.");
}

/** Of a record the columns that are asked for, as far as there are such; all of them where none are. What was noted stands in a journal of its own. */
function shown(context: Context, { work_notes: _notes, comments: _comments, ...fields }: Fields): Fields {
	const asked = context.req.query("sysparm_fields")?.split(",");
	if (asked === undefined) return fields;
	return Object.fromEntries(asked.flatMap((name) => (columns.includes(name) ? [[name, fields[name] ?? ""]] : [])));
}

const noRecord = (): Response => problem(404, "No Record found", "Record doesn't exist or ACL restricts the record retrieval");

/** The vendor's error body. */
const problem = (status: number, message: string, detail: string | null = null, headers: Readonly<Record<string, string>> = {}): Response =>
	Response.json({ error: { message, detail }, status: "failure" }, { status, headers: { ...headers } });

/** Limits are by the hour and for each user (docs.servicenow.com, "Inbound REST API rate limiting"). */
function limiter(clock: EmulatorClock, perHour: number | undefined): Api["limit"] {
	const used = new Map<string, number>();
	return (user) => {
		if (perHour === undefined) return undefined;
		const window = Math.floor(clock.now() / hour);
		const key = `${window}:${user}`;
		const count = (used.get(key) ?? 0) + 1;
		used.set(key, count);
		if (count <= perHour) return undefined;
		const reset = ((window + 1) * hour) / 1000;
		return problem(429, "Rate limit exceeded", `The limit of ${perHour} requests an hour of rule ${rule} is exceeded`, {
			"X-RateLimit-Limit": `${perHour}`,
			"X-RateLimit-Reset": `${reset}`,
			"X-RateLimit-Rule": rule,
			"Retry-After": `${Math.ceil(reset - clock.now() / 1000)}`,
		});
	};
}
