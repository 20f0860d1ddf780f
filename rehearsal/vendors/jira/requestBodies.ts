import { anyList, anyObject, type DocumentedRequest, each, like, listOf, only, type Schema, someText, text } from "../documented.ts";

// What the requests of Jira Cloud and of Jira Data Center have alike.

/** What one of them does in its own way. */
export interface JiraDialect extends Pick<DocumentedRequest, "page" | "read"> {
	/** The path of its REST API, as a pattern. */
	readonly api: string;
	readonly authorization: RegExp;
	/** A text of several lines. */
	readonly prose: Schema;
}

const named = (name: string): Schema => ({ anyOf: [only({ [name]: someText() }), only({ id: like("^\\d+$") })] });

/** Jira refuses a field that it does not know. */
const fields = (prose: Schema): Schema => ({
	...only(
		{ project: named("key"), issuetype: named("name"), summary: { ...someText(255), pattern: "^[^\\r\\n]*$" } },
		{
			...each(prose, "description", "environment"),
			labels: listOf(like("^\\S{1,255}$")),
			priority: named("name"),
			...each(anyObject, "assignee", "reporter", "parent", "security", "timetracking"),
			...each(anyList, "components", "versions", "fixVersions"),
			duedate: like("^\\d{4}-\\d\\d-\\d\\d$"),
		},
	),
	patternProperties: { "^customfield_\\d+$": {} },
});

const comments = (prose: Schema): Schema => ({
	type: "object",
	properties: { comment: listOf(only({ add: only({ body: prose }, { visibility: anyObject }) })) },
	additionalProperties: { type: "array" },
});

/** Creating an issue, moving it on, and asking who one is. */
export const issueRequests = ({ api, authorization, prose, ...read }: JiraDialect): readonly DocumentedRequest[] => {
	const headers = { authorization, accept: /^application\/json$/ };
	const alike = { ...read, host: "api", headers };
	const more = { historyMetadata: anyObject, properties: anyList };
	return [
		{
			...alike,
			method: "POST",
			path: new RegExp(`${api}/issue`),
			body: { json: only({ fields: fields(prose) }, { update: comments(prose), transition: anyObject, ...more }) },
		},
		{
			...alike,
			method: "POST",
			path: new RegExp(`${api}/issue/[A-Z][A-Z0-9_]+-\\d+/transitions`),
			body: { json: only({ transition: only({ id: like("^\\d+$") }) }, { fields: anyObject, update: comments(prose), ...more }) },
		},
		{ ...alike, method: "GET", path: new RegExp(`${api}/myself`), query: only({}, { expand: text }) },
	];
};
