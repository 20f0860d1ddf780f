import { createHash } from "node:crypto";
import { Allowance } from "../../world/allowance.ts";
import type { EmulatorClock } from "../../world/clock.ts";
import { createJiraApp, noSuchPath, unauthenticated } from "./app.ts";
import type { JiraEmulator } from "./cloud.ts";
import { JiraIssues } from "./issues.ts";
import { classicWorkflow } from "./workflow.ts";

export interface JiraDataCenterOptions {
	readonly clock: EmulatorClock;
	/** Where it is installed, with its context path if it has one: `https://jira.example.com/jira`. */
	readonly address: string;
	/** The keys of its projects. */
	readonly projects: readonly string[];
}

/** What this one's administrator allows; none is the default. */
const requestsPerMinute = 300;
const usual = { fields: ["*navigable"], results: 1000 } as const;

/** A Jira Data Center: REST API v2 (docs.atlassian.com, "JIRA REST API 9"), asked with a personal access token. */
export function createJiraDataCenter({ clock, address, projects }: JiraDataCenterOptions): JiraEmulator {
	const issues = new JiraIssues(clock, projects, classicWorkflow);
	const { host, origin, pathname } = new URL(address);
	const path = `${pathname.replace(/\/$/, "")}/rest/api/2`;
	const token = createHash("sha256").update(`personal access token:${host}`).digest("base64").slice(0, 44);
	const allowance = new Allowance(requestsPerMinute);
	const app = createJiraApp({
		issues,
		path,
		seen: { base: `${origin}${path}`, zoneMinutes: 0 },
		search: "/search",
		isKnown: ({ headers }) => !issues.isRevoked && headers.get("authorization") === `Bearer ${token}`,
		toStrangers: unauthenticated,
		throttle: ({ headers }) => tooMany(allowance.take(headers.get("authorization") ?? "", clock.now())),
		usualFields: usual.fields,
		page: (found, total) => ({ expand: "schema,names", startAt: 0, maxResults: found.length, total, issues: found }),
		limits: { results: usual.results },
		longSummary: "Summary must be less than 255 characters.",
		description: (value) => (typeof value === "string" ? undefined : { errors: { description: "Operation value must be a string" } }),
		isComment: (body) => typeof body === "string" && body !== "",
	});
	app.notFound(({ req }) => noSuchPath(req.url));
	return { fetch: async (request) => app.fetch(request), host, token, world: issues };
}

/** The web server itself refuses, in HTML. Source: confluence.atlassian.com, "Adjusting your code for rate limiting"; org-jira #365. */
function tooMany({ granted, limit, remaining, resetSeconds }: ReturnType<Allowance["take"]>): Response | undefined {
	if (granted) return undefined;
	const headers = {
		"content-type": "text/html",
		"x-ratelimit-limit": `${limit}`,
		"x-ratelimit-remaining": `${remaining}`,
		"x-ratelimit-interval-seconds": "60",
		"x-ratelimit-fillrate": `${limit}`,
		"retry-after": `${resetSeconds}`,
	};
	return new Response("<!doctype html><title>HTTP Status 429 – Too Many Requests</title>", { status: 429, headers });
}
