import type { Hono } from "hono";
import type { EmulatorClock } from "../world/clock.ts";
import { actionRoutes } from "./actions.ts";
import { authorizationRoutes } from "./authorization.ts";
import { credentialRoutes } from "./credentials.ts";
import { dataTableRoutes } from "./dataTables.ts";
import { emergencyGroupRoutes } from "./emergencyGroups.ts";
import { type Emulator, findFault, type LambdaCall, type Route } from "./emulator.ts";
import type { GenesysEvent, Refusal } from "./events.ts";
import { executionRoutes } from "./executions.ts";
import { flowRoutes, receiveUpload } from "./flows.ts";
import { integrationRoutes } from "./integrations.ts";
import { notificationRoutes } from "./notifications.ts";
import { oauthClientRoutes } from "./oauthClients.ts";
import { organizationRoutes } from "./organization.ts";
import { queueRoutes } from "./queues.ts";
import { createServer } from "./server.ts";
import { createState, type OrganizationFacts } from "./state.ts";
import { telephonyRoutes } from "./telephony.ts";
import { tokenRoutes } from "./tokens.ts";
import { createWorld, type GenesysWorld } from "./world.ts";

export type { LambdaCall } from "./emulator.ts";
export type { GenesysEvent, Refusal } from "./events.ts";
export type { GenesysWorld } from "./world.ts";

export interface GenesysCloudOptions {
	readonly clock: EmulatorClock;
	readonly organization: OrganizationFacts;
	/** What data actions call outside Genesys Cloud. */
	readonly outbound: typeof fetch;
	/** Runs a Lambda function for an AWS Lambda data action; a throw is a call that could not be made. */
	readonly invokeLambda: (call: LambdaCall) => Promise<{ readonly status: number; readonly body: string }>;
	/** Where the presigned URLs of flow uploads point; default: a host of the organization's domain. */
	readonly uploadBase?: () => string;
	readonly observe?: (event: GenesysEvent) => void;
}

export interface GenesysCloud {
	/** Serves `/oauth/token`, `/api/v2/…` and the flow uploads, for whatever host it is called. */
	readonly app: Hono;
	/** Every route below /api/v2. */
	readonly routes: readonly Pick<Route, "method" | "path">[];
	readonly fetch: typeof fetch;
	readonly world: GenesysWorld;
	readonly refusals: readonly Refusal[];
	/** `<client name> <permission>` of every call that a permission allowed. */
	readonly usedPermissions: ReadonlySet<string>;
}

/** One Genesys Cloud organization, empty but for its home division. Everything in it is made through its API, or by its `world`. */
export function createGenesysCloud(options: GenesysCloudOptions): GenesysCloud {
	const emulator: Emulator = {
		state: createState(options.organization, options.clock),
		refusals: [],
		usedPermissions: new Set(),
		faults: new Map(),
		outbound: options.outbound,
		inbound: async (request) => app.fetch(request),
		invokeLambda: options.invokeLambda,
		uploadBase: options.uploadBase ?? (() => `https://fileupload.${options.organization.domain}`),
		emit: options.observe ?? (() => undefined),
	};
	const routes = allRoutes(emulator);
	const app = createServer(emulator, routes, receiveUpload(emulator));
	return {
		app,
		routes,
		fetch: async (input, init) => {
			// As undici reports it, so that clients find the same cause as in production.
			if (findFault(emulator, "unreachable", () => true) !== undefined) {
				const cause = Object.assign(new Error("connect ETIMEDOUT"), { code: "ETIMEDOUT" });
				throw new TypeError("fetch failed", { cause });
			}
			return app.fetch(new Request(input, init));
		},
		world: createWorld(emulator),
		refusals: emulator.refusals,
		usedPermissions: emulator.usedPermissions,
	};
}

function allRoutes(emulator: Emulator) {
	return [
		...tokenRoutes(emulator),
		...organizationRoutes(emulator),
		...authorizationRoutes(emulator),
		...oauthClientRoutes(emulator),
		...notificationRoutes(),
		...telephonyRoutes(emulator),
		...queueRoutes(emulator),
		...emergencyGroupRoutes(emulator),
		...dataTableRoutes(emulator),
		...credentialRoutes(emulator),
		...actionRoutes(emulator),
		...integrationRoutes(emulator),
		...executionRoutes(emulator),
		...flowRoutes(emulator),
	];
}
