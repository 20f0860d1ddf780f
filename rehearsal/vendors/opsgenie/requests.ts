import { type DocumentedRequest, like, numberParameter, oneOf, only, text } from "../documented.ts";
import { genieKey, integrationRequests, sorting } from "./genieRequests.ts";

const alike = {
	host: "api",
	headers: { authorization: genieKey },
	page: '"Alert API", docs.opsgenie.com; opsgenie/opsgenie-oas',
	read: "2026-11-28",
} as const;

export const requests: readonly DocumentedRequest[] = [
	...integrationRequests("/v2/alerts", alike),
	{
		...alike,
		method: "GET",
		path: /\/v2\/alerts/,
		query: only(
			{},
			{
				query: text,
				searchIdentifier: text,
				searchIdentifierType: oneOf("id", "name"),
				offset: numberParameter,
				limit: like("^(?:[1-9]\\d?|100)$"),
				sort: sorting,
				order: oneOf("asc", "desc"),
			},
		),
	},
];
