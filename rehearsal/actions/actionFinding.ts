import { type ActionDocument, requestTemplates } from "../genesyscloud/actionSteps.ts";
import type { JsonSchema } from "../genesyscloud/contract.ts";

/** One thing that is wrong with a data action, and what to do about it. */
export interface ActionFinding {
	/** Where in the action: `config.request.requestTemplate`. */
	readonly path: string;
	readonly rule: string;
	readonly severity: "error" | "warning";
	readonly message: string;
	readonly remedy: string;
}

export type Rule = (action: ActionDocument) => readonly ActionFinding[];

export interface Template {
	readonly path: string;
	readonly text: string;
}

export const request = "config.request";
export const response = "config.response";

export const requestTexts = ({ config }: ActionDocument): readonly Template[] =>
	requestTemplates(config.request).map(({ name, template }) => ({ path: `${request}.${name}`, text: template }));
export const successText = ({ config }: ActionDocument): Template => ({
	path: `${response}.successTemplate`,
	text: config.response.successTemplate,
});

export const propertiesOf = ({ properties }: JsonSchema): readonly string[] => Object.keys(properties ?? {});

/** Without comments, and without what #if and #set look at: there a value may be absent. */
export const spoken = (text: string): string =>
	text.replaceAll(/##.*|#\*[\s\S]*?\*#|#(?:if|elseif|set|foreach)\s*\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/g, (all) =>
		" ".repeat(all.length),
	);
