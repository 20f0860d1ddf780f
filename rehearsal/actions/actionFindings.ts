import { parseTemplate, TemplateError } from "../genesyscloud/velocity.ts";
import { type ActionFinding, type Rule, requestTexts, successText } from "./actionFinding.ts";
import { escapes, inputs, plainRequest } from "./requestFindings.ts";
import { paths, successJson, successValues } from "./responseFindings.ts";

/** Everything that is wrong with a data action: an error is what surely fails. Never throws. */
export const lintActionDocument: Rule = (action) => {
	const syntax = templateSyntax(action);
	// Nothing can be said of what a template holds that does not parse.
	const others = syntax.length > 0 ? [plainRequest, paths] : [plainRequest, paths, inputs, escapes, successValues, successJson];
	return [...syntax, ...others.flatMap((rule) => rule(action))];
};

const templateSyntax: Rule = (action) =>
	[...requestTexts(action), successText(action)].flatMap(({ path, text }): readonly ActionFinding[] => {
		try {
			parseTemplate(path, text);
			return [];
		} catch (error) {
			if (!(error instanceof TemplateError)) throw error;
			const message = `Expected a Velocity template, got a text that does not parse: ${error.reason}.`;
			return [
				{
					path,
					rule: "template-syntax",
					severity: "error",
					message,
					remedy: "Close what is open; write a bare # or $ as ${esc.h} or ${esc.d}.",
				},
			];
		}
	});
