import type { EmulatorClock } from "../../world/clock.ts";
import type { PersonAct } from "../emulator.ts";
import { Held } from "../held.ts";
import { matches, type Query } from "./jql.ts";
import { type Status, type Transition, transitionsFrom, type Workflow } from "./workflow.ts";

export interface JiraIssue {
	readonly id: string;
	readonly key: string;
	readonly project: string;
	readonly issueType: string;
	readonly summary: string;
	/** A document at Cloud, a text at Data Center. */
	readonly description: unknown;
	readonly labels: readonly string[];
	readonly status: Status;
	readonly assignee?: string;
	/** As they were written, the first one first. */
	readonly comments: readonly unknown[];
	readonly createdAt: number;
	readonly updatedAt: number;
	/** When a person moved it on first; absent once that was taken back. */
	readonly answeredAt?: number;
	readonly resolvedAt?: number;
	readonly isDeleted?: true;
}

export type JiraDraft = Pick<JiraIssue, "project" | "issueType" | "summary" | "description" | "labels">;

/** What a scenario can do to a Jira, and see of it. */
export interface JiraWorld {
	/** From now on every request is answered with this status; returns the function that ends it. */
	addFault(status: number): () => void;
	/** The credential is taken no longer; returns the function that ends it. */
	revoke(): () => void;
	/** How long after a change the search knows of it, in milliseconds. */
	delayIndex(milliseconds: number): void;
	/** A person moves everything new of a project on, and takes it over; returns those issues. */
	acknowledge(project: string, by: string): readonly JiraIssue[];
	/** A person moves everything that is in progress back; returns those issues. */
	unacknowledge(project: string): readonly JiraIssue[];
	/** A person does something with everything that is not done. Throws Error for what nobody can do at Jira. */
	act(what: PersonAct, project: string, by: string): readonly JiraIssue[];
	/** A person puts a label on everything of a project. */
	label(project: string, label: string): void;
	/** In the order of their creation, also those that somebody deleted. */
	issues(): readonly JiraIssue[];
}

/** "The majority of modifications are shown within seconds." Source: developer.atlassian.com, "Search After Write with Search And Reconcile". */
const indexMilliseconds = 2_000;

/** The issues of one Jira, and the index that its search reads: it hears of a change a little later. */
export class JiraIssues implements JiraWorld {
	readonly projects: readonly string[];
	readonly workflow: Workflow;
	readonly #clock: EmulatorClock;
	readonly #issues: JiraIssue[] = [];
	readonly #index = new Map<string, JiraIssue>();
	readonly #faults = new Held<number>();
	readonly #revoked = new Held<"credential">();
	#indexMilliseconds = indexMilliseconds;

	constructor(clock: EmulatorClock, projects: readonly string[], workflow: Workflow) {
		this.#clock = clock;
		this.projects = [...new Set(projects)];
		this.workflow = workflow;
	}

	addFault(status: number): () => void {
		return this.#faults.hold(status);
	}

	revoke(): () => void {
		return this.#revoked.hold("credential");
	}

	delayIndex(milliseconds: number): void {
		this.#indexMilliseconds = milliseconds;
	}

	issues(): readonly JiraIssue[] {
		return [...this.#issues];
	}

	get fault(): number | undefined {
		return this.#faults.items()[0];
	}

	get isRevoked(): boolean {
		return this.#revoked.items().length > 0;
	}

	now(): number {
		return this.#clock.now();
	}

	find(idOrKey: string): JiraIssue | undefined {
		return this.#issues.find(({ id, key, isDeleted }) => !isDeleted && (id === idOrKey || key === idOrKey.toUpperCase()));
	}

	/** What the index knows, in the order of the query. */
	search(query: Query): readonly JiraIssue[] {
		const { by, descending } = query.order;
		const found = [...this.#index.values()].filter((issue) => matches(query, issue));
		return found.toSorted((one, other) => (descending ? other[by] - one[by] || Number(other.id) - Number(one.id) : one[by] - other[by]));
	}

	create(draft: JiraDraft): JiraIssue {
		const number = this.#issues.filter(({ project }) => project === draft.project).length + 1;
		const now = this.now();
		const own = { id: `${10_000 + this.#issues.length}`, key: `${draft.project}-${number}`, status: this.workflow.first, comments: [] };
		const issue = { ...draft, ...own, createdAt: now, updatedAt: now };
		this.#issues.push(issue);
		this.#reindex(issue);
		return issue;
	}

	/** Moves an issue on. A comment is kept where the transition has a screen. */
	move(issue: JiraIssue, { to, hasScreen = false }: Transition, comments: readonly unknown[], by?: string): JiraIssue {
		const now = this.now();
		const { answeredAt, resolvedAt: _end, ...rest } = issue;
		const isAnswered = by !== undefined && to.category !== "new";
		const answered = isAnswered ? (answeredAt ?? now) : to.category === "new" ? undefined : answeredAt;
		return this.#replace({
			...rest,
			status: to,
			comments: hasScreen ? [...issue.comments, ...comments] : issue.comments,
			...(answered === undefined ? {} : { answeredAt: answered }),
			...(to.category === "done" ? { resolvedAt: now } : {}),
		});
	}

	acknowledge(project: string, by: string): readonly JiraIssue[] {
		const moved = this.#each(project, ["new"], (issue) => this.#moveTo(issue, "indeterminate", by));
		return moved.map((issue) => this.#replace({ ...issue, assignee: by }));
	}

	unacknowledge(project: string): readonly JiraIssue[] {
		return this.#each(project, ["indeterminate"], (issue) => this.#moveTo(issue, "new"));
	}

	act(what: PersonAct, project: string, by: string): readonly JiraIssue[] {
		return this.#each(project, ["new", "indeterminate"], (issue) => {
			switch (what) {
				case "resolve":
					return this.#moveTo(issue, "done", by);
				case "reassign":
					return this.#replace({ ...issue, assignee: by });
				case "delete":
					return this.#replace({ ...issue, isDeleted: true, resolvedAt: this.now() });
				default:
					throw new Error(`Jira: expected resolve, reassign or delete, got ${what}`);
			}
		});
	}

	label(project: string, label: string): void {
		const add = (issue: JiraIssue) => this.#replace({ ...issue, labels: [...new Set([...issue.labels, label])].toSorted() });
		this.#each(project, ["new", "indeterminate", "done"], add);
	}

	#each(project: string, categories: readonly Status["category"][], change: (issue: JiraIssue) => JiraIssue): readonly JiraIssue[] {
		const found = this.#issues.filter(
			(issue) => issue.project === project && !issue.isDeleted && categories.includes(issue.status.category),
		);
		return found.map(change);
	}

	#moveTo(issue: JiraIssue, category: Status["category"], by?: string): JiraIssue {
		const transition = transitionsFrom(this.workflow, issue.status).find(({ to }) => to.category === category);
		if (transition === undefined) throw new Error(`${issue.key}: expected a transition to ${category}, got none`);
		return this.move(issue, transition, [], by);
	}

	#replace(changed: JiraIssue): JiraIssue {
		const issue = { ...changed, updatedAt: this.now() };
		this.#issues.splice(
			this.#issues.findIndex(({ id }) => id === issue.id),
			1,
			issue,
		);
		this.#reindex(issue);
		return issue;
	}

	#reindex(issue: JiraIssue): void {
		this.#clock.spawn(async () => {
			await this.#clock.sleep(this.#indexMilliseconds);
			if (issue.isDeleted) this.#index.delete(issue.id);
			else this.#index.set(issue.id, issue);
		});
	}
}
