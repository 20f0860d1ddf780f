import { contentsOf, type TemplateContents } from "../genesyscloud/templateReferences.ts";
import { TemplateError } from "../genesyscloud/velocity.ts";
import { type DataActionDocument, readActions } from "./actionDocument.ts";
import { escapes, inputs, optionalInputs } from "./rules/inputs.ts";
import { contracts, limits } from "./rules/limits.ts";
import { output } from "./rules/output.ts";
import { defaults, paths, unusedNames } from "./rules/paths.ts";
import { type ActionFinding, finding, type ReadTemplate, type Rule, type RuleFinding, type Subject } from "./rules/rule.ts";
import { answerNames, quotedValues } from "./rules/success.ts";
import { bodies, secrets, transport } from "./rules/transport.ts";

const rules: readonly Rule[] = [
	limits,
	contracts,
	transport,
	secrets,
	bodies,
	inputs,
	optionalInputs,
	escapes,
	paths,
	unusedNames,
	defaults,
	answerNames,
	quotedValues,
	output,
];

/**
 * Everything that is wrong with the data actions of a document: errors for what surely fails, warnings for the rest. Throws DocumentError for
 * what is no data action.
 */
export function lintActions(text: string, file: string): ActionFinding[] {
	const { actions, problems } = readActions(text);
	const shapes = problems.map(({ path, rule, message, remedy }) => finding(path, rule, message, remedy, "error"));
	return [...shapes, ...actions.flatMap(lintAction)].map((each) => ({ file, ...each }));
}

function lintAction(action: DataActionDocument): RuleFinding[] {
	const found: RuleFinding[] = [];
	const { config, pathOf } = action;
	const read = (template: string, ...steps: readonly string[]): ReadTemplate => {
		const path = pathOf("config", ...steps);
		return { template, path, contents: contentsOr(found, template, path) };
	};
	const { request, response } = config;
	const subject: Subject = {
		action,
		url: read(request.requestUrlTemplate, "request", "requestUrlTemplate"),
		headers: Object.entries(request.headers).map(([header, template]) => ({ header, ...read(template, "request", "headers", header) })),
		body: request.requestType === "GET" ? undefined : read(request.requestTemplate, "request", "requestTemplate"),
		success: read(response.successTemplate, "response", "successTemplate"),
	};
	return [...found, ...rules.flatMap((rule) => rule(subject))];
}

/** Forms that Velocity takes, and the engine here does not. */
const onlyVelocity = /\$!?\{[^A-Za-z_]|\$!?\{[^}]*\||=\s*-\s*\$|in\s+"|#@/;

function contentsOr(found: RuleFinding[], template: string, path: string): TemplateContents | undefined {
	try {
		return contentsOf(path, template);
	} catch (error) {
		if (!(error instanceof TemplateError)) throw error;
		const reason = error.reason.replace("not a Velocity template: ", "");
		const message = reason.startsWith("expected") ? `E${reason.slice(1)}.` : `Expected a Velocity template, got another text: ${reason}`;
		const severity = onlyVelocity.test(template) ? "warning" : "error";
		found.push(finding(path, "template-syntax", message, "Mend the template there.", severity, error.place));
		return undefined;
	}
}
