import { requestTypes } from "../../genesyscloud/actions.ts";
import { expectedUrl } from "../expectedUrl.ts";
import { finding, type Rule } from "./rule.ts";

/** Where the request goes, and by which method. */
export const transport: Rule = ({ action, url }) => {
	const { requestType } = action.written.request;
	const { template, path } = url;
	const expected = expectedUrl(action.integrationType);
	return [
		...(requestTypes.includes(requestType)
			? []
			: [
					finding(
						action.pathOf("config", "request", "requestType"),
						"method",
						`Expected one of ${requestTypes.join(", ")}, got ${requestType || "none"}.`,
						"Write one of them.",
						"error",
					),
				]),
		...(template.trim() === "" ? [finding(path, "url", "Expected a URL, got none.", "Write where the request goes.", "error")] : []),
		...(/^http:/i.test(template)
			? [finding(path, "plain-http", `Expected https, got ${template.slice(0, 60)}.`, "Write https: what is sent can be read on the way.")]
			: []),
		...(expected !== undefined && /^(?:\/|https?:|arn:)/.test(template) && !expected.form.test(template)
			? [
					finding(
						path,
						"url",
						`Expected ${expected.words} for ${action.integrationType}, got ${template.slice(0, 60)}.`,
						"Write the URL so, or import the action into another integration.",
					),
				]
			: []),
	];
};

const secretHeader = /^(?:(?:proxy-)?authorization|cookie|.*(?:key|token|secret|password))$/i;
const secretParameter = /[?&]((?:api|access|auth|subscription)[-_]?(?:key|token)|token|password|secret|sig|code)=([^&$#]{6,})/i;

/** Secrets that everybody can read who may see the action. The value itself is never told. */
export const secrets: Rule = ({ headers, url }) => [
	...headers.flatMap(({ header, template, contents, path }) => {
		const refers = contents === undefined || contents.references.some(({ root }) => root !== "encoding" && root !== "esc");
		if (!secretHeader.test(header) || refers || template.trim() === "") return [];
		return [
			finding(
				path,
				"plain-secret",
				`Expected the header ${header} to be taken from the credential, got a plain text of ${template.length} characters.`,
				"Keep it in the integration's credential, and write $!{credentials.<field>}.",
			),
		];
	}),
	...[secretParameter.exec(url.template)?.[1]].flatMap((name) =>
		name === undefined
			? []
			: [
					finding(
						url.path,
						"plain-secret",
						`Expected the parameter ${name} to be taken from the credential, got a plain text.`,
						"Keep it in the integration's credential, and write $!{credentials.<field>}.",
					),
				],
	),
];

/** A GET has no body, whatever its template says. */
export const bodies: Rule = ({ action }) => {
	const { requestType, requestTemplate } = action.written.request;
	if (requestType !== "GET" || ["", "${input.rawRequest}"].includes(requestTemplate.trim())) return [];
	return [
		finding(
			action.pathOf("config", "request", "requestTemplate"),
			"get-body",
			"Expected no request template for GET, got one: it is never sent.",
			"Put what it says into the URL, or use another method.",
		),
	];
};
