import { createHash } from "node:crypto";
import type { EmulatorClock } from "../../world/clock.ts";
import { documentProblem } from "./adf.ts";
import { createJiraApp, noSuchPath, problem } from "./app.ts";
import { JiraIssues, type JiraWorld } from "./issues.ts";
import { simplifiedWorkflow } from "./workflow.ts";

export interface JiraEmulator {
	readonly fetch: (request: Request) => Promise<Response>;
	readonly host: string;
	/** What the vendor issued. */
	readonly token: string;
	readonly world: JiraWorld;
}

export interface JiraCloudOptions {
	readonly clock: EmulatorClock;
	/** `acme` of acme.atlassian.net. */
	readonly site: string;
	/** Of the token's owner. */
	readonly email: string;
	/** The keys of its projects. */
	readonly projects: readonly string[];
}

const path = "/rest/api/3";
/** For each endpoint and method. That it is the same for all of them is an assumption; "Rate limiting" names the reason. */
const requestsPerSecond = 100;
/** The owner of the token lives in Germany, in winter. */
const zoneMinutes = 60;
const gone =
	"The requested API has been removed. Please migrate to the /rest/api/3/search/jql API. A full migration guideline is available at https://developer.atlassian.com/changelog/#CHANGE-2046";
const unbounded = "Unbounded JQL queries are not allowed here. Please add a search restriction to your query.";

/** One site of Jira Cloud: REST API v3 (developer.atlassian.com, "The Jira Cloud platform REST API"), asked with an API token. */
export function createJiraCloud({ clock, site, email, projects }: JiraCloudOptions): JiraEmulator {
	const issues = new JiraIssues(clock, projects, simplifiedWorkflow);
	const host = `${site}.atlassian.net`;
	const token = createHash("sha256").update(`api token:${site}`).digest("hex").slice(0, 40);
	const expected = `Basic ${Buffer.from(`${email}:${token}`).toString("base64")}`;
	const app = createJiraApp({
		issues,
		path,
		seen: { base: `https://${host}${path}`, zoneMinutes },
		search: "/search/jql",
		isKnown: ({ headers }) => !issues.isRevoked && headers.get("authorization") === expected,
		throttle: throttled(() => issues.now()),
		usualFields: [],
		page: (found, total) => ({ issues: found, isLast: found.length === total }),
		limits: { results: 5000, unbounded },
		longSummary: "Summary can't exceed 255 characters.",
		description: (value) => {
			const wrong = documentProblem(value);
			if (wrong === "invalid") return { errorMessages: ["INVALID_INPUT"] };
			const said = "Operation value must be an Atlassian Document (see the Atlassian Document Format)";
			return wrong === undefined ? undefined : { errors: { description: said } };
		},
		isComment: (body) => documentProblem(body) === undefined,
	});
	app.all("/search", () => problem(410, { errorMessages: [gone] }));
	app.notFound(({ req }) => noSuchPath(req.url));
	return { fetch: async (request) => app.fetch(request), host, token, world: issues };
}

/** So many requests of one kind within a second, and the headers of one too many. Source: developer.atlassian.com, "Rate limiting". */
function throttled(now: () => number): (request: Request) => Response | undefined {
	const used = new Map<string, { readonly second: number; readonly count: number }>();
	return ({ method, url }) => {
		const kind = `${method} ${new URL(url).pathname.replace(/\/issue\/[^/]+/, "/issue/{key}")}`;
		const second = Math.floor(now() / 1000);
		const before = used.get(kind);
		const count = (before?.second === second ? before.count : 0) + 1;
		used.set(kind, { second, count });
		if (count <= requestsPerSecond) return undefined;
		const headers = {
			"retry-after": "1",
			"x-ratelimit-limit": `${requestsPerSecond}`,
			"x-ratelimit-remaining": "0",
			"x-ratelimit-reset": `${new Date((second + 1) * 1000).toISOString().slice(0, 16)}Z`,
			"ratelimit-reason": "jira-burst-based",
		};
		return problem(429, { errorMessages: ["Rate limit exceeded."] }, headers);
	};
}
