/** The three that every status belongs to, by their keys. Source: developer.atlassian.com, "Workflow status categories". */
export type Category = "new" | "indeterminate" | "done";

export interface Status {
	readonly id: string;
	readonly name: string;
	readonly category: Category;
}

export interface Transition {
	readonly id: string;
	readonly name: string;
	readonly to: Status;
	/** The names of the statuses that it leads from; absent: from every one. */
	readonly from?: readonly string[];
	/** Whether it has a screen. Without one a comment that comes with it is dropped, and the answer does not say so (jira-cli #1024, measured). */
	readonly hasScreen?: boolean;
}

export interface Workflow {
	/** What a new issue is in. */
	readonly first: Status;
	readonly transitions: readonly Transition[];
}

const categories = {
	new: { id: 2, name: "To Do", colorName: "blue-gray" },
	indeterminate: { id: 4, name: "In Progress", colorName: "yellow" },
	done: { id: 3, name: "Done", colorName: "green" },
} as const;

/** What JQL calls a category. */
export const categoryName = (category: Category): string => categories[category].name;

export const statusBody = ({ id, name, category }: Status) => ({ id, name, statusCategory: { key: category, ...categories[category] } });

const toDo: Status = { id: "10000", name: "To Do", category: "new" };
const inProgress: Status = { id: "10001", name: "In Progress", category: "indeterminate" };
const done: Status = { id: "10002", name: "Done", category: "done" };

/** What a new project at Jira Cloud has: every transition leads from everywhere, and none has a screen. */
export const simplifiedWorkflow: Workflow = {
	first: toDo,
	transitions: [
		{ id: "11", name: "To Do", to: toDo },
		{ id: "21", name: "In Progress", to: inProgress },
		{ id: "31", name: "Done", to: done },
	],
};

const open: Status = { id: "1", name: "Open", category: "new" };
const started: Status = { id: "3", name: "In Progress", category: "indeterminate" };
const reopened: Status = { id: "4", name: "Reopened", category: "new" };
const resolved: Status = { id: "5", name: "Resolved", category: "done" };
const closed: Status = { id: "6", name: "Closed", category: "done" };
const unresolved = ["Open", "In Progress", "Reopened"];

/**
 * The "jira" workflow that every Data Center comes with, whose transitions depend on the status. Its screens ask for a resolution; that the
 * site's own default stands where none is given is an assumption.
 */
export const classicWorkflow: Workflow = {
	first: open,
	transitions: [
		{ id: "4", name: "Start Progress", to: started, from: ["Open", "Reopened"] },
		{ id: "301", name: "Stop Progress", to: open, from: ["In Progress"] },
		{ id: "5", name: "Resolve Issue", to: resolved, from: unresolved, hasScreen: true },
		{ id: "2", name: "Close Issue", to: closed, from: [...unresolved, "Resolved"], hasScreen: true },
		{ id: "3", name: "Reopen Issue", to: reopened, from: ["Resolved", "Closed"], hasScreen: true },
	],
};

/** What can be done with an issue in this status. */
export const transitionsFrom = ({ transitions }: Workflow, { name }: Status): readonly Transition[] =>
	transitions.filter(({ from }) => from?.includes(name) ?? true);
