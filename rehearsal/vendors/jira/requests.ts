import { basic, type DocumentedRequest, flagParameter, like, only, type Schema, someText, text, textUpTo } from "../documented.ts";
import { issueRequests, type JiraDialect } from "./requestBodies.ts";

const words = only({ type: { const: "text" }, text: someText() }, { marks: { type: "array" } });

/** The Atlassian Document Format, as far as a page needs it: a text node is not empty. */
const node = (type: string): Schema =>
	only({ type: { const: type } }, { content: { type: "array", items: words }, attrs: { type: "object" } });
const atlassianDocument = only({
	type: { const: "doc" },
	version: { const: 1 },
	content: { type: "array", items: { anyOf: [node("paragraph"), node("codeBlock")] } },
});

const cloud: JiraDialect = {
	api: "/rest/api/3",
	authorization: basic,
	prose: atlassianDocument,
	page: '"The Jira Cloud platform REST API" version 3 and "Atlassian Document Format", developer.atlassian.com',
};

const dataCenter: JiraDialect = {
	// Behind a context path, where it has one.
	api: "(?:/[\\w.-]+)*/rest/api/2",
	authorization: /^Bearer \S+$/,
	prose: textUpTo(32_767),
	page: '"JIRA REST API 9", docs.atlassian.com',
};

const searched = { jql: someText(), fields: text, expand: text, properties: text, fieldsByKeys: flagParameter };

/** Neither search takes the parameters of the other. */
const search = ({ api, authorization, page }: JiraDialect, path: string, more: Readonly<Record<string, Schema>>): DocumentedRequest => ({
	method: "GET",
	host: "api",
	path: new RegExp(`${api}${path}`),
	headers: { authorization, accept: /^application\/json$/ },
	query: only({ jql: searched.jql }, { ...searched, maxResults: like("^\\d{1,4}$"), ...more }),
	page,
});

export const cloudRequests: readonly DocumentedRequest[] = [
	...issueRequests(cloud),
	search(cloud, "/search/jql", { nextPageToken: text, failFast: flagParameter, reconcileIssues: like("^\\d+$") }),
];

export const dataCenterRequests: readonly DocumentedRequest[] = [
	...issueRequests(dataCenter),
	search(dataCenter, "/search", { startAt: like("^\\d+$"), validateQuery: flagParameter }),
];
