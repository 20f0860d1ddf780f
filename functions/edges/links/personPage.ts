import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from "aws-lambda";
import type { Fact } from "../../pipeline/page/fact.ts";
import type { LinkFacts } from "../../pipeline/ports.ts";
import { style, styleHash } from "./pageStyle.ts";

/** What a page for a person says, all of it as plain text. */
export interface Said {
	readonly status: number;
	/** The question, or the answer. */
	readonly heading: string;
	/** One more sentence or two. */
	readonly text: string;
	/** What it is about, for whoever may know. */
	readonly about?: LinkFacts | undefined;
	/** The words on the one button, which posts to the same address. */
	readonly button?: string;
}

/** What is said above a button: whoever opened the page by accident has to do nothing. */
export const untilPressed = "Nothing happens until you press the button below.";

/** Nobody was reached, or only the answer is lost: what was pressed may have been done. */
export const tryAgain = (press: boolean): Said => ({
	status: 503,
	heading: "This could not be done now",
	...(press
		? {
				text: "A system that it needs did not answer, so your press may have counted or not. Please try again: pressing twice does no harm.",
				button: "Try again",
			}
		: { text: "A system that it needs did not answer. Please open the link again in a moment: looking changes nothing." }),
});

export const wrongMethod: Said = { status: 405, heading: "This is a page to look at", text: "Expected GET, HEAD or POST." };

/** For whoever comes with a browser where no page is; nothing is told of what else is here. */
export const noSuchPage: Said = {
	status: 404,
	heading: "There is no page here",
	text: "The links in pages lead further. This one was cut off on its way, or was typed.",
};

export const isPageMethod = (method: string): boolean => ["GET", "HEAD", "POST"].includes(method);

/** Whether somebody looks at an address with a browser: nothing else asks for HTML. */
export const isLookedAt = ({
	requestContext,
	headers: { accept = "" },
}: Pick<LambdaFunctionURLEvent, "requestContext" | "headers">): boolean =>
	["GET", "HEAD"].includes(requestContext.http.method) && accept.includes("text/html");

type Asked = Pick<LambdaFunctionURLEvent, "requestContext">;
type Page = Exclude<LambdaFunctionURLResult, string>;

/** Kept nowhere, shown in no frame, sends nobody its address, and nothing in it can run. */
const headers = {
	"content-type": "text/html; charset=utf-8",
	"cache-control": "no-store",
	"referrer-policy": "no-referrer",
	"x-content-type-options": "nosniff",
	"x-robots-tag": "noindex",
	"content-security-policy": `default-src 'none'; style-src ${styleHash}; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
};

/** A page for a person who followed a link, or came here by mistake. Whoever asks for its head gets no body. */
export const personPage = ({ requestContext }: Asked, said: Said): Page => ({
	statusCode: said.status,
	headers: said.status === 405 ? { ...headers, allow: "GET, HEAD, POST" } : headers,
	body: requestContext.http.method === "HEAD" ? "" : documentOf(said),
});

const documentOf = ({ heading, text, about, button }: Said): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(heading)} - On-call runbooks</title>
<style>${style}</style>
</head>
<body>
<main${about === undefined ? "" : ` class="${about.severity}"`}>
${about === undefined ? "" : tags(about)}<h1>${escaped(heading)}</h1>
<p>${escaped(text)}</p>
${about === undefined ? "" : `<p class="what" dir="auto">${named(about.what, about.name)}</p>\n${list(about.first, about.name)}`}${button === undefined ? "" : `<form method="post"><button>${escaped(button)}</button></form>\n`}${about === undefined ? "" : rest(about)}</main>
</body>
</html>
`;

const severityWords: Readonly<Record<LinkFacts["severity"], string>> = {
	critical: "Critical",
	high: "High severity",
	medium: "Medium severity",
	low: "Low severity",
};

function tags({ severity, stack }: LinkFacts): string {
	const where = stack === "" ? "" : `<span>${escaped(stack)}: not production</span>`;
	return `<div class="tags"><span class="badge">${severityWords[severity]}</span>${where}</div>\n`;
}

function rest({ terms, more, name }: LinkFacts): string {
	const sentences = terms.length === 0 ? "" : `<p class="terms">${terms.map(escaped).join(" ")}</p>\n`;
	return more.length === 0 ? sentences : `${sentences}<h2>More about it</h2>\n${list(more, name)}`;
}

const list = (facts: readonly Fact[], of: string): string =>
	facts.length === 0 ? "" : `<dl>\n${facts.map((fact) => entry(fact, of)).join("")}</dl>\n`;

/** Each line is a block, so that no sign of a name that turns its direction reaches into the next. */
function entry({ name, text, items = [] }: Fact, of: string): string {
	const lines = items.length === 0 ? "" : `<ul>${items.map((item) => `<li>${named(item, of)}</li>`).join("")}</ul>`;
	const first = text === "" ? "" : `<div>${named(text, of)}</div>`;
	return `<dt>${escaped(name)}</dt><dd>${first}${lines}</dd>\n`;
}

/** A line in which a name keeps its own direction, so that it turns nothing beside it round. */
const named = (line: string, name: string): string =>
	name === ""
		? escaped(line)
		: line
				.split(name)
				.map(escaped)
				.join(`<bdi>${escaped(name)}</bdi>`);

/** A text inside of HTML, whatever a name holds. */
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
