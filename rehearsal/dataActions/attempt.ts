import type { RequestTemplate } from "../genesyscloud/requestTemplates.ts";
import { renderTemplate, TemplateError, type TemplatePlace } from "../genesyscloud/velocity.ts";

/** Why the action would fail. */
export interface AttemptFailure {
	/** What is wrong: `input`, `headers.Accept`, `translationMap.id`, `successTemplate`, `output`, … */
	readonly part: string;
	readonly place?: TemplatePlace;
	readonly message: string;
}

/** What a template renders to; a failure is added to the others. */
export function renderedOr(
	failures: AttemptFailure[],
	{ name, template }: RequestTemplate,
	values: Readonly<Record<string, unknown>>,
): string | undefined {
	try {
		return renderTemplate(name, template, values);
	} catch (error) {
		if (!(error instanceof TemplateError)) throw error;
		failures.push(...reasonsOf(error).map(({ place, message }) => ({ part: name, ...(place === undefined ? {} : { place }), message })));
		return undefined;
	}
}

function reasonsOf({ missing, reason, place }: TemplateError): { readonly place: TemplatePlace | undefined; readonly message: string }[] {
	if (missing.length === 0) return [{ place, message: worded(reason) }];
	return missing.map(({ text, place: at }) => ({
		place: at,
		message: `Expected ${text} to have a value, got none (write $!{…} where it may be absent).`,
	}));
}

/** Words of the engine as a sentence: `expected …, got …`. */
export function worded(reason: string): string {
	const [, path, expected] = /^(\$\S*): (.*)$/s.exec(reason) ?? [];
	if (expected === "required, got nothing") return `Expected ${path} (it is required), got nothing.`;
	if (expected === "not in the contract") return `Expected only what the contract has, got ${path} as well.`;
	if (expected !== undefined) return `Expected ${path} to be ${expected.replace(/^expected /, "")}.`;
	return `${reason.slice(0, 1).toUpperCase()}${reason.slice(1)}.`;
}
