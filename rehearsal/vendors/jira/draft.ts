import type { JiraDraft, JiraIssues } from "./issues.ts";

export type Json = Readonly<Record<string, unknown>>;

/** What a 400 says: in general, and of single fields. */
export interface Problems {
	readonly errorMessages?: readonly string[];
	readonly errors?: Readonly<Record<string, string>>;
}

/** What one kind of Jira wants of an issue. */
export interface IssueRules {
	/** What is wrong with a description that is neither absent nor too long; undefined where nothing is. */
	readonly description: (value: unknown) => Problems | undefined;
	/** What it says of a summary that is too long. */
	readonly longSummary: string;
}

/** The types that a project has. */
const issueTypes: readonly string[] = ["Task", "Bug", "Story"];
const priorities: readonly string[] = ["Highest", "High", "Medium", "Low", "Lowest"];
const longestSummary = 255;
const longestLabel = 255;
/** jira.text.field.character.limit as it is shipped. */
const longestDescription = 32_767;
const known = ["project", "issuetype", "summary", "description", "labels", "priority"];

/** Reads the fields of `POST issue`, or says what the vendor's 400 says of them: every field at once. */
export function readDraft(fields: Json, { projects }: Pick<JiraIssues, "projects">, rules: IssueRules): JiraDraft | Problems {
	const project = String(objectOf(fields.project)?.key ?? "");
	const issueType = String(objectOf(fields.issuetype)?.name ?? "");
	const description = descriptionProblems(fields.description, rules);
	const errors = {
		...Object.fromEntries(unknownFields(fields).map((name) => [name, notOnScreen(name)])),
		...(fields.project === undefined ? { project: "project is required" } : {}),
		...(fields.project === undefined || projects.includes(project) ? {} : { project: "valid project is required" }),
		...(issueTypes.includes(issueType) ? {} : { issuetype: "The issue type selected is invalid." }),
		...summaryProblem(fields.summary, rules),
		...labelsProblem(fields.labels),
		...(fields.priority === undefined || priorities.includes(String(objectOf(fields.priority)?.name))
			? {}
			: { priority: "The priority selected is invalid." }),
		...description.errors,
	};
	if (Object.keys(errors).length > 0 || description.errorMessages !== undefined) return { ...description, errors };
	const labels = Array.isArray(fields.labels) ? fields.labels.map(String) : [];
	// Jira gives labels by the alphabet, whoever put them there.
	return {
		project,
		issueType,
		summary: String(fields.summary),
		description: fields.description,
		labels: [...new Set(labels)].toSorted(),
	};
}

const unknownFields = (fields: Json): readonly string[] => Object.keys(fields).filter((name) => !known.includes(name));

const notOnScreen = (name: string): string => `Field '${name}' cannot be set. It is not on the appropriate screen, or unknown.`;

function summaryProblem(summary: unknown, { longSummary }: IssueRules): { readonly summary?: string } {
	if (summary === undefined || summary === null || summary === "") return { summary: "You must specify a summary of the issue." };
	if (typeof summary !== "string") return { summary: "Operation value must be a string" };
	if (/[\r\n]/.test(summary)) return { summary: "The summary is invalid because it contains newline characters." };
	return summary.length > longestSummary ? { summary: longSummary } : {};
}

function labelsProblem(labels: unknown): { readonly labels?: string } {
	if (labels === undefined) return {};
	if (!Array.isArray(labels)) return { labels: "data was not an array" };
	const texts: readonly unknown[] = labels;
	if (texts.some((label) => typeof label !== "string")) return { labels: "string expected at index 0" };
	const blank = texts.find((label) => /\s/.test(String(label)));
	if (blank !== undefined) return { labels: `The label '${blank}' contains spaces which is invalid.` };
	const long = texts.find((label) => String(label).length > longestLabel);
	if (long === undefined) return {};
	return { labels: `The label '${long}' exceeds the maximum length for a single label of ${longestLabel} characters` };
}

function descriptionProblems(description: unknown, rules: IssueRules): Problems {
	if (description === undefined || description === null) return {};
	if (JSON.stringify(description).length > longestDescription)
		return { errors: { description: "The entered text is too long. It exceeds the allowed limit of 32,767 characters." } };
	return rules.description(description) ?? {};
}

export function objectOf(value: unknown): Json | undefined {
	return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}
