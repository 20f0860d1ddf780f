import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { genesysActions } from "../../../components/genesys/genesysActions.ts";
import { unknownPermissions } from "../../../rehearsal/genesyscloud/permissions.ts";
import { queryNames } from "../../../rehearsal/genesyscloud/queryNames.ts";
import { createOrganization } from "./organization.ts";
import { type Exchange, everyExchange } from "./vendorExchanges.ts";
import { operationOf, readVendorSdk, typeAt, unknownFields } from "./vendorSdk.ts";

/** Every call that our code can make, below /api/v2. */
const asks = [
	"DELETE /authorization/roles/{roleId}",
	"DELETE /flows/datatables/{datatableId}",
	"DELETE /flows/datatables/{datatableId}/rows/{rowId}",
	"DELETE /flows/{flowId}",
	"DELETE /integrations/actions/{actionId}",
	"DELETE /integrations/credentials/{credentialId}",
	"DELETE /integrations/{integrationId}",
	"DELETE /oauth/clients/{clientId}",
	"GET /architect/emergencygroups/{emergencyGroupId}",
	"GET /authorization/permissions",
	"GET /authorization/products",
	"GET /authorization/roles/{roleId}",
	"GET /flows/datatables/{datatableId}",
	"GET /flows/datatables/{datatableId}/rows",
	"GET /flows/executions/{flowExecutionId}",
	"GET /flows/jobs/{jobId}",
	"GET /flows/{flowId}",
	"GET /integrations/actions/{actionId}",
	"GET /integrations/actions/{actionId}/templates/{fileName}",
	"GET /integrations/credentials/{credentialId}",
	"GET /integrations/{integrationId}",
	"GET /integrations/{integrationId}/config/current",
	"GET /oauth/clients/{clientId}",
	"GET /organizations/me",
	"GET /routing/queues",
	"GET /telephony/providers/edges",
	"GET /telephony/providers/edges/trunks",
	"GET /telephony/providers/edges/trunks/metrics",
	"GET /tokens/me",
	"PATCH /integrations/actions/{actionId}",
	"PATCH /integrations/{integrationId}",
	"POST /analytics/queues/observations/query",
	"POST /authorization/roles",
	"POST /flows/actions/unlock",
	"POST /flows/datatables",
	"POST /flows/datatables/{datatableId}/rows",
	"POST /flows/executions",
	"POST /flows/jobs",
	"POST /integrations",
	"POST /integrations/actions",
	"POST /integrations/credentials",
	"POST /oauth/clients",
	"PUT /architect/emergencygroups/{emergencyGroupId}",
	"PUT /authorization/roles/{roleId}",
	"PUT /flows/datatables/{datatableId}",
	"PUT /flows/datatables/{datatableId}/rows/{rowId}",
	"PUT /integrations/credentials/{credentialId}",
	"PUT /integrations/{integrationId}/config/current",
	"PUT /oauth/clients/{clientId}",
];

const root = new URL("../../../", import.meta.url);
const sdk = readVendorSdk();
let exchanges: readonly Exchange[];

beforeAll(async () => {
	exchanges = await everyExchange();
});

describe("what our code asks of Genesys Cloud is what the vendor's own client asks", () => {
	test("paths and methods", () => {
		const unknown = exchanges.filter(({ method, url }) => operationOf(sdk, method, url.pathname) === undefined);
		expect(unknown.map(lineOf)).toEqual([]);
		const asked = new Set(
			exchanges.map(({ method, url }) => `${method} ${operationOf(sdk, method, url.pathname)?.path.replace("/api/v2", "")}`),
		);
		expect([...asked].toSorted()).toEqual(asks);
	});

	test("query parameters", () => {
		const unknown = exchanges.flatMap((exchange) => {
			const known = operationOf(sdk, exchange.method, exchange.url.pathname)?.query ?? [];
			return [...exchange.url.searchParams.keys()].filter((name) => !known.includes(name)).map((name) => `${lineOf(exchange)}: ${name}`);
		});
		expect(unknown).toEqual([]);
	});

	test("fields of what is sent", () => {
		const unknown = exchanges.flatMap((exchange) => {
			const { method, url, sent } = exchange;
			if (sent === undefined) return [];
			const body = operationOf(sdk, method, url.pathname)?.body;
			const wrong = body === undefined ? ["takes no body"] : unknownFields(sdk, body, sent);
			return wrong.map((place) => `${lineOf(exchange)}: ${place}`);
		});
		expect([...new Set(unknown)]).toEqual([]);
	});

	test("fields of what is answered, so that nothing else can be read", () => {
		const unknown = exchanges.flatMap((exchange) => {
			const { method, url, status, answered } = exchange;
			const answer = operationOf(sdk, method, url.pathname)?.answer;
			if (answer === undefined || status >= 300 || answered === undefined) return [];
			return unknownFields(sdk, answer, answered).map((place) => `${lineOf(exchange)}: ${place}`);
		});
		expect([...new Set(unknown)]).toEqual([]);
	});
});

const lineOf = ({ method, url }: Exchange): string => `${method} ${url.pathname}`;

test("every path that stands in the functions, the components and the doctor is one of the vendor's", () => {
	const paths = ["functions", "components", "doctor"].flatMap((folder) =>
		sourcesOf(folder).flatMap((source) => [...source.matchAll(/["'`](\/api\/v2\/[^"'`?\s]+)/g)].map(([, path = ""]) => path)),
	);
	const asked = [...new Set(paths.map((path) => path.replaceAll(/\$\{[^}]*\}/g, "id")))];
	expect(asked).toContain("/api/v2/flows/executions/id");
	expect(asked.filter((path) => !["GET", "POST", "PUT"].some((method) => operationOf(sdk, method, path)))).toEqual([]);
});

describe("the query names that the emulator takes", () => {
	const { routes } = createOrganization({ outbound: async () => new Response() }).cloud;
	const listed = routes.map(({ method, path }) => ({ method, path, names: queryNames[`${method} ${path}`] ?? [] }));

	test.each(listed)("$method $path: those of the vendor's own client, no more and no fewer", ({ method, path, names }) => {
		// Paths of the emulator have no capitals: the real API does not look at them either.
		const operation = operationOf(sdk, method, path.replaceAll(/:\w+/g, "id"), "i");
		expect(operation).toBeDefined();
		expect(names).toEqual(operation?.query);
	});

	test("stand beside routes that exist", () => {
		const lines = routes.map(({ method, path }) => `${method} ${path}`);
		expect(Object.keys(queryNames).filter((line) => !lines.includes(line))).toEqual([]);
	});
});

describe("a name that the vendor does not have is found", () => {
	const trunk = { id: "1", edge: { id: "2", nam: "A" }, optionsStatus: [{ optionState: true }, { state: true }] };

	test("in a path, in a field, in a list, in a JSON path", () => {
		expect(operationOf(sdk, "GET", "/api/v2/trunks")).toBeUndefined();
		expect(operationOf(sdk, "PATCH", "/api/v2/telephony/providers/edges/trunks/metrics")).toBeUndefined();
		expect(unknownFields(sdk, "Models.Trunk", trunk)).toEqual(["$.edge.nam", "$.optionsStatus[1].state"]);
		expect(unknownFields(sdk, "Array<Models.Trunk>", trunk)).toEqual(["$ is no array"]);
		expect(typeAt(sdk, "Models.TrunkEntityListing", "$.entities[*].status")).toBeUndefined();
		expect(typeAt(sdk, "Models.TrunkEntityListing", "$.entities[*].name")).toBe("string");
	});

	test("of two operations that fit a path, the one that names more of it is meant", () => {
		expect(operationOf(sdk, "GET", "/api/v2/telephony/providers/edges/trunks/metrics")?.query).toEqual(["trunkIds"]);
	});
});

describe("permissions", () => {
	const folders = ["components", "doctor", "functions", "rehearsal/genesyscloud", "rehearsal/provider"];
	const named = folders.flatMap((folder) => permissionsIn(folder));

	test("every one that the code names is one that the vendor names", () => {
		expect(unknownPermissions(named)).toEqual([]);
		expect(named).toContain("telephony:plugin:all");
	});

	test("so is every one that the README asks for the deployer", () => {
		const readme = readFileSync(new URL("README.md", root), "utf8");
		const spans = [...readme.matchAll(/`([a-z]+:[A-Za-z]+:(?:[A-Za-z]+|\*|\{[A-Za-z,]+\}))`/g)].map(([, span = ""]) => span);
		const asked = spans.flatMap(unfolded);
		expect(asked).toContain("architect:flow:launch");
		expect(unknownPermissions(asked)).toEqual([]);
	});
});

function sourcesOf(folder: string): readonly string[] {
	const files = readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
	return files.map((file) => readFileSync(new URL(`${folder}/${file}`, root), "utf8"));
}

/** Texts of three parts that stand in the code as permissions do. */
const permissionsIn = (folder: string): readonly string[] =>
	sourcesOf(folder).flatMap((source) => [...source.matchAll(/"([a-z]+:[A-Za-z]+:[A-Za-z*]+)"/g)].map(([, name = ""]) => name));

/** `a:b:{c,d}` as `a:b:c` and `a:b:d`. */
function unfolded(span: string): readonly string[] {
	const [, stem = "", actions = ""] = /^(.*:)\{(.*)\}$/.exec(span) ?? [];
	return stem === "" ? [span] : actions.split(",").map((action) => `${stem}${action}`);
}

describe("what the workflow asks of Genesys Cloud is what the vendor's own client asks", () => {
	const actions = Object.values(genesysActions("runbooks").actions);
	test.each(actions)("$verb", ({ request, response }) => {
		const [path = "", query = ""] = request.url?.split("?") ?? [];
		const operation = operationOf(sdk, request.type, path);
		expect(operation).toBeDefined();
		const names = query === "" ? [] : query.split("&").map((pair) => pair.split("=")[0]);
		expect(names.filter((name) => !operation?.query.includes(name ?? ""))).toEqual([]);
		const places = Object.values(response.translationMap ?? {}).filter(
			(place) => typeAt(sdk, operation?.answer ?? "", place) === undefined,
		);
		expect(places).toEqual([]);
	});
});
