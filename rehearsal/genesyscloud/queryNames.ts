import { badRequest } from "./errors.ts";

/**
 * The query names of each route, as they stand on the wire: all that the vendor's SDK sends there, whether this emulator heeds them or not.
 * A route that is not listed takes none. `test/rehearsal/genesyscloud/vendorNames.test.ts` compares every route with the SDK.
 */
export const queryNames: Readonly<Record<string, readonly string[]>> = {
	"GET /api/v2/tokens/me": ["preserveIdleTTL"],
	"GET /api/v2/authorization/roles": [
		"pageSize",
		"pageNumber",
		"sortBy",
		"expand",
		"nextPage",
		"previousPage",
		"name",
		"permission",
		"defaultRoleId",
		"userCount",
		"id",
	],
	"GET /api/v2/authorization/roles/:id": ["userCount", "expand"],
	"GET /api/v2/authorization/permissions": ["pageSize", "pageNumber", "queryType", "query"],
	"GET /api/v2/authorization/divisions": [
		"pageSize",
		"pageNumber",
		"sortBy",
		"expand",
		"nextPage",
		"previousPage",
		"objectCount",
		"id",
		"name",
	],
	"GET /api/v2/notifications/availabletopics": ["expand", "includePreview"],
	"GET /api/v2/telephony/providers/edges/trunks": ["pageNumber", "pageSize", "sortBy", "sortOrder", "edge.id", "trunkBase.id", "trunkType"],
	"GET /api/v2/telephony/providers/edges/trunks/metrics": ["trunkIds"],
	"GET /api/v2/telephony/providers/edges": [
		"pageSize",
		"pageNumber",
		"name",
		"site.id",
		"edgeGroup.id",
		"sortBy",
		"managed",
		"showCloudMedia",
	],
	"GET /api/v2/telephony/providers/edges/metrics": ["edgeIds"],
	"GET /api/v2/telephony/providers/edges/:id": ["expand"],
	"GET /api/v2/routing/queues": [
		"pageNumber",
		"pageSize",
		"sortOrder",
		"name",
		"id",
		"divisionId",
		"peerId",
		"cannedResponseLibraryId",
		"hasPeer",
		"expand",
	],
	"GET /api/v2/integrations/credentials/listing": ["before", "after", "pageSize"],
	"GET /api/v2/integrations/actions": [
		"pageSize",
		"pageNumber",
		"nextPage",
		"previousPage",
		"sortBy",
		"sortOrder",
		"category",
		"name",
		"ids",
		"secure",
		"includeAuthActions",
		"includeConfig",
	],
	"GET /api/v2/integrations/actions/:id": ["expand", "flatten", "includeConfig"],
	"GET /api/v2/integrations/actions/:id/draft": ["expand", "flatten", "includeConfig"],
	"POST /api/v2/integrations/actions/:id/execute": ["flatten"],
	"POST /api/v2/integrations/actions/:id/test": ["flatten"],
	"GET /api/v2/integrations/types": ["pageSize", "pageNumber", "sortBy", "expand", "nextPage", "previousPage"],
	"GET /api/v2/integrations": [
		"pageSize",
		"pageNumber",
		"sortBy",
		"expand",
		"nextPage",
		"previousPage",
		"ids",
		"integrationType",
		"reportedState",
		"credentialId",
	],
	"GET /api/v2/integrations/:id": ["pageSize", "pageNumber", "sortBy", "expand", "nextPage", "previousPage"],
	"PATCH /api/v2/integrations/:id": ["pageSize", "pageNumber", "sortBy", "expand", "nextPage", "previousPage"],
	"GET /api/v2/flows/datatables": ["expand", "pageNumber", "pageSize", "sortBy", "sortOrder", "divisionId", "name"],
	"GET /api/v2/flows/datatables/:id": ["expand"],
	"PUT /api/v2/flows/datatables/:id": ["expand"],
	"DELETE /api/v2/flows/datatables/:id": ["force"],
	"GET /api/v2/flows/datatables/:id/rows": ["pageNumber", "pageSize", "showbrief", "sortOrder"],
	"GET /api/v2/flows/datatables/:id/rows/:row": ["showbrief"],
	"GET /api/v2/flows/jobs/:id": ["expand"],
	"POST /api/v2/flows/actions/unlock": ["flow"],
	"GET /api/v2/flows": [
		"type",
		"pageNumber",
		"pageSize",
		"sortBy",
		"sortOrder",
		"id",
		"name",
		"description",
		"nameOrDescription",
		"publishVersionId",
		"editableBy",
		"lockedBy",
		"lockedByClientId",
		"secure",
		"deleted",
		"includeSchemas",
		"virtualAgentEnabled",
		"publishedAfter",
		"publishedBefore",
		"divisionId",
	],
	"GET /api/v2/flows/:id": ["deleted"],
};

/**
 * Refuses a query name that the vendor's SDK does not know. Stricter than the vendor, as far as is known: a listing ignores such a name, and
 * what was meant as a filter is then silently none.
 */
export function refuseUnknownQuery(method: string, path: string, query: URLSearchParams): void {
	const known = queryNames[`${method} ${path}`] ?? [];
	const unknown = [...new Set(query.keys())].filter((name) => !known.includes(name));
	if (unknown.length === 0) return;
	const allowed = known.length === 0 ? "none" : known.join(", ");
	throw badRequest(`Unknown query parameter ${unknown.join(", ")}; allowed: ${allowed}`, unknown);
}
