import { basic, type DocumentedRequest, like, numberParameter, oneOf, only, text } from "../documented.ts";
import { genieKey, integrationRequests, sorting } from "../opsgenie/genieRequests.ts";

const operations = { page: '"JSM Operations API", developer.atlassian.com', read: "2026-11-28" } as const;

export const requests: readonly DocumentedRequest[] = [
	// The reference has no identifierType; that it is taken is said in JSDCLOUD-14179. The lengths are those of Opsgenie's fields of the same names.
	...integrationRequests("/jsm/ops/integration/v2/alerts", { ...operations, host: "integration", headers: { authorization: genieKey } }),
	{
		...operations,
		method: "GET",
		host: "api",
		path: /\/jsm\/ops\/api\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\/v1\/alerts/,
		headers: { authorization: basic, accept: /^application\/json$/ },
		query: only(
			{},
			{ query: text, offset: numberParameter, size: like("^(?:[1-9]\\d?|100)$"), sort: sorting, order: oneOf("asc", "desc") },
		),
	},
];
