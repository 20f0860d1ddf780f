import type { Calls, Header, JsonTemplate, ReadCall, SendCall, Template } from "./call.ts";
import type { Fields } from "./vendor.ts";

/** What the two kinds of Jira do in their own way. */
interface JiraKind {
	/** The path of the REST API. */
	readonly api: Template;
	/** The path of its search behind that. */
	readonly search: Template;
	readonly authorization: Header;
	/** A text of several lines, and one of a single line, as this API takes them. */
	readonly lines: (text: Template) => JsonTemplate;
	readonly line: (text: Template) => JsonTemplate;
}

/** Transitions are named by ids, which each project's workflow has its own of. */
const transitionId = { pattern: /^\d{1,9}$/, expected: 'the id of a transition in quotes, such as "31"' } as const;
const askFor = "`GET rest/api/2/issue/<key>/transitions` lists them. One without fields that have to be filled in";

/** The settings of a channel: a project, its issues, and how they go on. Types, transitions and priorities are each project's own. */
export const issueChannel = {
	project: {
		pattern: /^[A-Z][A-Z0-9_]{1,31}$/,
		expected: "the key of a project (2 to 32 capitals, digits and underscores, beginning with a letter)",
		about: "The project that holds the issues. Jira pages nobody by itself: what is proven here is that an issue is there.",
	},
	issueType: {
		pattern: /^\S(?:.{0,58}\S)?$/,
		expected: "the name of an issue type",
		// Every template for a software or business project has it; an incident is a type of service projects only, there called "[System] Incident".
		usual: "Task",
		about: "The type of the issues, as the project calls it.",
	},
	inProgressTransition: { ...transitionId, about: `The transition to a status of the category "In Progress". ${askFor}.` },
	doneTransition: {
		...transitionId,
		about: `The transition to a status of the category "Done". ${askFor}; with a screen it keeps our comment.`,
	},
} as const satisfies Fields;

/**
 * Issues that are found again by a label, which is the page's key. Jira itself joins nothing: what is there is looked up before each page. Its search
 * hears of an issue seconds after it was made, minutes at worst (developer.atlassian.com, "Search After Write with Search And Reconcile"), so that
 * a page is not proven at once, and that two pages within that time are two issues. An issue could be read at once by its own key; who has only
 * ours, as the overseer has for what a workflow sent, could not, and both have to read alike.
 */
export function issueCalls(kind: JiraKind): Calls {
	const headers = { Authorization: kind.authorization, Accept: "application/json" };
	const asked = { method: "GET", host: "api", headers } as const;
	const post = { method: "POST", host: "api", headers: { ...headers, "Content-Type": "application/json" } } as const;
	return {
		looksUpFirst: true,
		send: { ...post, ...creation(kind) },
		read: { ...asked, ...finding(kind) },
		// From "Done" it would open the issue again; and a workflow refuses what leads nowhere from where the issue is.
		acknowledge: { ...post, verb: "Begin", ...transition(kind, "inProgressTransition"), unless: ["acknowledged", "resolved"] },
		resolve: { ...post, verb: "End", ...transition(kind, "doneTransition"), unless: ["resolved"] },
		// A search answers everybody: to a stranger it is empty. This is not.
		checks: [{ ...asked, words: "the owner of the token", path: `${kind.api}/myself`, inputs: {} }],
	};
}

type Own<Each> = Omit<Each, "method" | "host" | "headers">;

const creation = ({ api, lines }: JiraKind): Own<SendCall> => ({
	verb: "Create",
	words: "the new issue",
	path: `${api}/issue`,
	// No priority: each site has its own, and none is always there.
	body: {
		json: {
			fields: {
				project: { key: "{project}" },
				issuetype: { name: "{issueType}" },
				summary: "{title}",
				description: lines("{body}"),
				labels: ["{key}"],
			},
		},
	},
	inputs: { project: "channel.project", issueType: "channel.issueType", title: "page.title", body: "page.body", key: "page.key" },
	outputs: { issueKey: "key" },
	receipt: "issueKey",
});

const finding = ({ api, search }: JiraKind): Own<ReadCall> => ({
	verb: "Find",
	words: "the list of issues",
	path: `${api}${search}`,
	query: { jql: 'project = "{project}" AND labels = "{key}" ORDER BY created DESC', fields: "labels,status,created,updated,assignee" },
	first: { maxResults: "1" },
	inputs: { project: "channel.project", key: "page.key" },
	list: "issues",
	outputs: { issueKey: "key", labels: "fields.labels[]", status: "fields.status.statusCategory.key", createdAt: "fields.created" },
	reading: {
		matches: { labels: "key" },
		createdAt: "createdAt",
		createdIn: "zone-without-colon",
		changedAt: "fields.updated",
		status: "status",
		// The keys of categories are the same everywhere, unlike the names of statuses.
		states: { new: "delivered", indeterminate: "acknowledged", done: "resolved" },
		// A status without a category: the issue is there, and nobody said that anything became of it.
		otherwise: "delivered",
		receipt: "issueKey",
		// A search does not say who moved an issue on; whom it is assigned to answers for it.
		by: "fields.assignee.displayName",
	},
});

/** Jira answers 204. It drops the comment, and says nothing of that, where the transition has no screen. */
const transition = ({ api, line }: JiraKind, setting: "inProgressTransition" | "doneTransition"): Omit<Own<SendCall>, "verb"> => ({
	words: "the transition of the issue",
	path: `${api}/issue/{issue}/transitions`,
	body: { json: { transition: { id: "{transition}" }, update: { comment: [{ add: { body: line("Runbooks: {note}") } }] } } },
	inputs: { issue: "page.receipt", transition: `channel.${setting}`, note: "page.note" },
	answersNothing: true,
	outputs: {},
	receipt: "issue",
	receiptOtherwise: "issue",
});
