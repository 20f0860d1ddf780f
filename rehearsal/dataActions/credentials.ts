import { requestTemplates } from "../genesyscloud/requestTemplates.ts";
import { contentsOf } from "../genesyscloud/templateReferences.ts";
import { TemplateError } from "../genesyscloud/velocity.ts";
import type { DataActionDocument } from "./actionDocument.ts";

/** What stands for a secret wherever it would be shown. */
function standIn(root: string, field: string): string {
	return `<${root}.${field}>`;
}

/** A stand-in for each field: no value of a secret is rendered, so that none is shown. */
export function standIns(root: string, fields: Iterable<string>): Record<string, string> {
	return Object.fromEntries([...fields].map((field) => [field, standIn(root, field)]));
}

/** The fields of `credentials` or `authResponse` that the templates of an action name. */
export function fieldsNamed({ config }: DataActionDocument, root: string): Set<string> {
	const { url, headers, body } = requestTemplates(config);
	return new Set([url, ...headers, ...(body === undefined ? [] : [body])].flatMap(({ name, template }) => fieldsIn(name, template, root)));
}

function fieldsIn(name: string, template: string, root: string): string[] {
	try {
		return contentsOf(name, template).references.flatMap((reference) => (reference.root === root ? reference.members.slice(0, 1) : []));
	} catch (error) {
		// Whoever renders it tells what is wrong with it.
		if (error instanceof TemplateError) return [];
		throw error;
	}
}
