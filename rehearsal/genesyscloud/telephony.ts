import type { Emulator, Route } from "./emulator.ts";
import { badRequest, notFound } from "./errors.ts";
import { page } from "./paging.ts";
import { type Edge, homeDivision, isoTime, type State, type Trunk } from "./state.ts";
import { isConnected, mismatchesOf } from "./telephonyWorld.ts";

const edges = "/api/v2/telephony/providers/edges";
const permissions = ["telephony:plugin:all"];
/** The documented most of the sibling call for edges; assumed for trunks. */
const mostIds = 100;

/** Trunks, their metrics, and edges. All need `telephony:plugin:all`. */
export function telephonyRoutes({ state }: Emulator): Route[] {
	return [...trunkRoutes(state), ...edgeRoutes(state)];
}

function trunkRoutes(state: State): Route[] {
	const find = (id: string | undefined): Trunk => state.trunks.get(id ?? "") ?? fail("trunk", id);
	return [
		{
			method: "GET",
			path: `${edges}/trunks`,
			permissions,
			handle: ({ query }) => ({
				body: page(
					select(state, query).map((trunk) => describeTrunk(state, trunk)),
					query,
					`${edges}/trunks`,
				),
			}),
		},
		{
			method: "GET",
			path: `${edges}/trunks/metrics`,
			permissions,
			handle: ({ query }) => ({ body: metricsOf(state, ids(query, "trunkIds")) }),
		},
		{ method: "GET", path: `${edges}/trunks/:id`, permissions, handle: ({ params }) => ({ body: describeTrunk(state, find(params.id)) }) },
		{
			method: "GET",
			path: `${edges}/trunks/:id/metrics`,
			permissions,
			handle: ({ params }) => ({ body: describeMetrics(find(params.id), state.clock.now()) }),
		},
	];
}

function edgeRoutes(state: State): Route[] {
	const all = (): Edge[] => [...state.edges.values()];
	return [
		{
			method: "GET",
			path: edges,
			permissions,
			handle: ({ query }) => ({
				body: page(
					all().map((edge) => describeEdge(state, edge)),
					query,
					edges,
				),
			}),
		},
		{
			method: "GET",
			path: `${edges}/metrics`,
			permissions,
			handle: ({ query }) => ({
				body: ids(query, "edgeIds").flatMap((id) => {
					const edge = state.edges.get(id);
					return edge === undefined ? [] : [{ edge: { id, name: edge.name }, eventTime: isoTime(state.clock.now()), upTimeMsec: 0 }];
				}),
			}),
		},
		{
			method: "GET",
			path: `${edges}/:id`,
			permissions,
			handle: ({ params }) => ({ body: describeEdge(state, state.edges.get(params.id ?? "") ?? fail("edge", params.id)) }),
		},
	];
}

function fail(what: string, id: string | undefined): never {
	throw notFound(what, id ?? "");
}

function ids(query: URLSearchParams, name: string): string[] {
	const list = (query.get(name) ?? "").split(",").filter((id) => id !== "");
	if (list.length === 0) throw badRequest(`${name}: required`, [name]);
	if (list.length > mostIds) throw badRequest(`${name}: expected at most ${mostIds}, got ${list.length}`, [name]);
	return list;
}

/** By the names on the wire, which are not those of the SDK's arguments: those are refused (`queryNames.ts`). */
function select(state: State, query: URLSearchParams): Trunk[] {
	const base = query.get("trunkBase.id");
	const edge = query.get("edge.id");
	const type = query.get("trunkType");
	const chosen = [...state.trunks.values()].filter(
		(trunk) =>
			(base === null || trunk.base.id === base) && (edge === null || trunk.edge.id === edge) && (type === null || type === "EXTERNAL"),
	);
	const sign = query.get("sortOrder")?.toUpperCase() === "DESC" ? -1 : 1;
	return chosen.sort((a, b) => sign * byName.compare(a.base.name, b.base.name));
}

/** As `localeCompare`, and made once. */
const byName = new Intl.Collator();

export function describeTrunk(state: State, trunk: Trunk): Record<string, unknown> {
	const connected = isConnected(state, trunk);
	const time = isoTime(trunk.since);
	const proxies = Array.from({ length: trunk.proxies }, (_, index) => proxyAddress(trunk, index));
	return {
		id: trunk.id,
		name: trunk.base.name,
		division: trunk.division ?? homeDivision(state),
		state: "active",
		version: 1,
		trunkType: "EXTERNAL",
		edge: { id: trunk.edge.id, name: trunk.edge.name },
		trunkBase: { id: trunk.base.id, name: trunk.base.name },
		inService: trunk.inService,
		enabled: trunk.enabled,
		connectedStatus: { connected, connectedStateTime: time },
		optionsStatus: proxies.map((proxy, index) => optionsOf(proxy, connected && index >= trunk.proxiesFailing, time)),
		optionsEnabledStatus: "ENABLED",
		registersEnabledStatus: "DISABLED",
		proxyAddressList: proxies,
		selfUri: `${edges}/trunks/${trunk.id}`,
	};
}

const proxyAddress = ({ base }: Trunk, index: number): string =>
	`${base.name.toLowerCase()}${index === 0 ? "" : `-${index + 1}`}.carrier.example:5061`;

function optionsOf(proxyAddress: string, optionState: boolean, optionStateTime: string): Record<string, unknown> {
	const details = { code: "408", message: "no answer to OPTIONS", hostname: proxyAddress };
	const errorInfo = { text: "Request Timeout", code: "408", details };
	return { proxyAddress, optionState, optionStateTime, ...(optionState ? {} : { errorInfo }) };
}

/** Unknown ids are left out, as far as is known. */
function metricsOf(state: State, wanted: readonly string[]): Record<string, unknown>[] {
	return wanted.flatMap((id) => {
		const trunk = state.trunks.get(id);
		return trunk === undefined ? [] : [describeMetrics(trunk, state.clock.now())];
	});
}

export function describeMetrics(trunk: Trunk, now: number): Record<string, unknown> {
	return {
		eventTime: isoTime(now),
		trunk: { id: trunk.id, name: trunk.base.name, selfUri: `${edges}/trunks/${trunk.id}` },
		calls: { inboundCallCount: trunk.inboundCalls, outboundCallCount: trunk.outboundCalls },
		qos: { mismatchCount: mismatchesOf(trunk, now) },
	};
}

function describeEdge(state: State, edge: Edge): Record<string, unknown> {
	return {
		id: edge.id,
		name: edge.name,
		site: { ...edge.site, selfUri: `/api/v2/telephony/providers/edges/sites/${edge.site.id}` },
		division: homeDivision(state),
		state: "active",
		// Offline is not out of service: nobody has taken it out.
		statusCode: "ACTIVE",
		onlineStatus: edge.online ? "ONLINE" : "OFFLINE",
		selfUri: `${edges}/${edge.id}`,
	};
}
