import { type ServerType, serve } from "@hono/node-server";
import { createGenesysCloud, type GenesysWorld } from "../genesyscloud/index.ts";
import { type AccountOptions, MemoryAccount } from "../provider/aws/account.ts";
import { serveVerbs } from "../provider/aws/remoteAccount.ts";
import type { StackFile } from "../scenario/stackFile.ts";
import { realClock } from "../world/clock.ts";
import type { StackOptions } from "./stack.ts";

/** An organization and an AWS account on loopback ports, empty but for the deployer's client: what outlives each process of the engine. */
export interface EngineWorld extends Pick<StackOptions, "genesys" | "awsUrl"> {
	readonly organization: GenesysWorld;
	readonly account: MemoryAccount;
	/** Every call of Genesys Cloud's API, `METHOD /path`, in order. */
	readonly calls: readonly string[];
	/** Answers or changes a request in the organization's place; hands it on where it gives nothing back. */
	intercept(by: ((request: Request) => Promise<Request | Response | undefined>) | undefined): void;
	close(): Promise<void>;
}

/** The account that the stand-in for AWS knows when it stands alone, too. */
const accountId = "111122223333";

/** Serves what a stack is deployed to. `fault`: what AWS refuses now. */
export async function serveForEngine({ settings, config }: StackFile, fault?: AccountOptions["fault"]): Promise<EngineWorld> {
	const { domain } = settings.runtime.genesys;
	const { organizationId } = settings.genesys;
	const region = config["aws:region"] ?? "eu-central-1";
	const calls: string[] = [];
	let by: Parameters<EngineWorld["intercept"]>[0];
	let base = "";
	const genesys = createGenesysCloud({
		clock: realClock,
		organization: { id: organizationId, name: "Engine", domain },
		uploadBase: () => base,
		// A deployment runs nothing.
		outbound: () => Promise.reject(new TypeError("fetch failed")),
		invokeLambda: async () => ({ status: 404, body: "{}" }),
	});
	const answer = async (request: Request): Promise<Response> => {
		calls.push(`${request.method} ${new URL(request.url).pathname}`);
		const other = await by?.(request);
		return other instanceof Response ? other : genesys.app.fetch(other ?? request);
	};
	const { port, server } = await listen(answer);
	base = `http://127.0.0.1:${port}`;
	const account = new MemoryAccount({
		region,
		accountId,
		partnerSources: () => genesys.world.eventSources({ region, accountId }),
		...(fault === undefined ? {} : { fault }),
	});
	const verbs = await serveVerbs(account);
	return {
		genesys: { host: "127.0.0.1", port, ...genesys.world.issueBootstrapClient() },
		awsUrl: verbs.url,
		organization: genesys.world,
		account,
		calls,
		intercept: (next) => {
			by = next;
		},
		close: async () => {
			await verbs.close();
			if ("closeAllConnections" in server) server.closeAllConnections();
			await new Promise((closed) => server.close(closed));
		},
	};
}

function listen(fetch: (request: Request) => Promise<Response>): Promise<{ readonly port: number; readonly server: ServerType }> {
	return new Promise((resolve) => {
		const server = serve({ fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) => resolve({ port, server }));
	});
}
