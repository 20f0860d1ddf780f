import type { TemplateContents, TemplateReference } from "../../genesyscloud/templateReferences.ts";
import type { TemplatePlace } from "../../genesyscloud/velocity.ts";
import type { DataActionDocument } from "../actionDocument.ts";

/** What is wrong with a data action; `path` leads to it in the document, line and column stand in the template there. */
export interface ActionFinding {
	readonly file: string;
	readonly path: string;
	readonly line?: number;
	readonly column?: number;
	readonly rule: string;
	readonly severity: "error" | "warning";
	readonly message: string;
	readonly remedy: string;
}

/** A finding before it knows its file. */
export type RuleFinding = Omit<ActionFinding, "file">;

/** A template with what it refers to; no contents where it cannot be read. */
export interface ReadTemplate {
	readonly template: string;
	readonly path: string;
	readonly contents: TemplateContents | undefined;
}

/** What a rule looks at. */
export interface Subject {
	readonly action: DataActionDocument;
	readonly url: ReadTemplate;
	readonly headers: readonly (ReadTemplate & { readonly header: string })[];
	/** None for a GET. */
	readonly body: ReadTemplate | undefined;
	readonly success: ReadTemplate;
}

/** One rule: everything that it has against a data action. */
export type Rule = (subject: Subject) => readonly RuleFinding[];

export function finding(
	path: string,
	rule: string,
	message: string,
	remedy: string,
	severity: ActionFinding["severity"] = "warning",
	place?: TemplatePlace,
): RuleFinding {
	return { path, ...(place === undefined ? {} : place), rule, severity, message, remedy };
}

/** The templates of the request. */
export function requestOf({ url, headers, body }: Subject): readonly ReadTemplate[] {
	return [url, ...headers, ...(body === undefined ? [] : [body])];
}

/** The references of templates, each with the template where it stands. */
export function referencesOf(templates: readonly ReadTemplate[]): readonly (TemplateReference & { readonly template: ReadTemplate })[] {
	return templates.flatMap((template) => (template.contents?.references ?? []).map((reference) => ({ ...reference, template })));
}
