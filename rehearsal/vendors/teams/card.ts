/** A message as the workflow's action posts it: text, and one or more cards. */
export interface TeamsMessage {
	readonly text: string;
	/** What the cards' buttons open. */
	readonly links: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);
const objects = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isObject) : []);

const cardType = "application/vnd.microsoft.card.adaptive";

/** adaptivecards.io, "Schema Explorer": Teams shows no card of a later version. */
const latestVersion = 1.5;

/** learn.microsoft.com, "Microsoft Teams connector", "Known issues and limitations with actions": about 28 KB with everything in it. */
const largestBytes = 28 * 1024;

/**
 * The message that a body is, or why nothing is posted. The trigger takes any JSON object; what the flow then makes of it is seen in its run history
 * only (learn.microsoft.com, "Create incoming webhooks with Workflows for Microsoft Teams").
 */
export function readMessage(body: Json): TeamsMessage | { readonly problem: string } {
	if (!Array.isArray(body.attachments)) return { problem: "The result of the evaluation of 'foreach' expression is of type 'Null'." };
	if (Buffer.byteLength(JSON.stringify(body)) > largestBytes) return { problem: "Request Entity too large" };
	const attachments = objects(body.attachments);
	const problem = attachments.map(attachmentProblem).find((each) => each !== undefined);
	if (body.type !== "message" || attachments.length === 0 || problem !== undefined) return { problem: problem ?? "No message." };
	const cards = attachments.flatMap(({ content }) => (isObject(content) ? [content] : []));
	return { text: cards.flatMap(({ body: elements }) => objects(elements).map(textOf)).join("\n"), links: cards.flatMap(linksOf) };
}

function attachmentProblem({ contentType, content }: Json): string | undefined {
	if (contentType !== cardType) return `Expected an attachment of type ${cardType}.`;
	if (!isObject(content) || content.type !== "AdaptiveCard") return "The property 'type' must be 'AdaptiveCard'.";
	if (typeof content.version !== "string" || !/^1\.\d$/.test(content.version) || Number(content.version) > latestVersion)
		return "The property 'version' is not supported.";
	const elements = objects(content.body);
	if (elements.length === 0) return "A card needs a body.";
	return elements.map(elementProblem).find((each) => each !== undefined);
}

function elementProblem(element: Json): string | undefined {
	switch (element.type) {
		case "TextBlock":
			return typeof element.text === "string" ? undefined : "The property 'text' of a TextBlock is required.";
		case "FactSet":
			return objects(element.facts).length > 0 ? undefined : "The property 'facts' of a FactSet is required.";
		default:
			return `The element '${String(element.type)}' is not supported.`;
	}
}

function textOf(element: Json): string {
	if (element.type === "TextBlock") return String(element.text);
	return objects(element.facts)
		.map(({ title, value }) => `${String(title)}: ${String(value)}`)
		.join("\n");
}

const linksOf = ({ actions }: Json): readonly string[] =>
	objects(actions).flatMap(({ type, url }) => (type === "Action.OpenUrl" && typeof url === "string" ? [url] : []));
