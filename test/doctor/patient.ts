import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { parse, stringify } from "yaml";
import { genesysDomains } from "../../components/settings/regions.ts";
import { type AccountFacts, createAccountApi } from "../../rehearsal/aws/accountApi.ts";
import { createGenesysCloud, type GenesysWorld } from "../../rehearsal/genesyscloud/index.ts";
import { pagerduty } from "../../rehearsal/vendors/pagerduty.ts";
import { sms } from "../../rehearsal/vendors/sms.ts";
import { realClock } from "../../rehearsal/world/clock.ts";
import { asForwarded } from "../../rehearsal/world/forwarded.ts";

const host = "127.0.0.1";
const root = new URL("../../", import.meta.url);
const namespace = "genesyscloud-runbooks";

export const organization = { id: "5f2c1a9e-8b7d-4c36-9a10-2e64d0b7f3c8", name: "Contact Centre", domain: genesysDomains["eu-central-1"] };

/** Settings laid over those of the dev stack; `undefined` takes one away. */
export type Overlay = Readonly<Record<string, unknown>>;

const overlaid = (settings: Overlay): Record<string, unknown> => {
	const { config } = parse(readFileSync(new URL("Pulumi.dev.yaml", root), "utf8"));
	const own = Object.fromEntries(Object.entries(settings).map(([key, value]) => [key.includes(":") ? key : `${namespace}:${key}`, value]));
	return { ...config, ...own };
};

/** A stack's configuration: that of the dev stack, for one service and one telephone. */
export function stackText(settings: Overlay = {}): string {
	const channels = [
		{ kind: "pagerduty", service: "primary", serviceId: "PRIMARY1" },
		{ kind: "sms", to: "+15555550101" },
	];
	const policies = { telephony: { tiers: [{ name: "primary", channels }] } };
	const routes = [{ policy: "telephony", mayShare: ["pagerduty-primary", "twilio"] }];
	const config = overlaid({ policies, routes, ...settings });
	return stringify({ config: Object.fromEntries(Object.entries(config).filter(([, value]) => value !== undefined)) });
}

/** What may be wrong with a world before anybody looks at it. */
export interface Plan {
	/** Of the deployer; all when absent. */
	readonly permissions?: readonly string[];
	readonly region?: "us" | "eu";
	readonly aws?: Partial<AccountFacts>;
}

/** One request as it reached a served system. */
export interface Heard {
	readonly system: string;
	readonly method: string;
	readonly path: string;
}

/** A served organization, vendors and account, with everything that the stack names, healthy. */
export async function patient(plan: Plan = {}) {
	const heard: Heard[] = [];
	const servers: ReturnType<typeof serve>[] = [];
	const served = async (system: string, answer: (request: Request) => Response | Promise<Response>) => {
		const server = serve({
			port: 0,
			hostname: host,
			fetch: (request) => {
				heard.push({ system, method: request.method, path: new URL(request.url).pathname });
				return answer(asForwarded(request));
			},
		});
		servers.push(server);
		await once(server, "listening");
		return { host, port: (server.address() as AddressInfo).port };
	};
	const genesys = createGenesysCloud({
		clock: realClock,
		organization,
		outbound: fetch,
		invokeLambda: async () => ({ status: 404, body: "{}" }),
	});
	furnish(genesys.world);
	const client = genesys.world.issueBootstrapClient(plan.permissions === undefined ? {} : { permissions: plan.permissions });
	const pager = pagerduty.open({
		clock: realClock,
		account: { region: plan.region ?? "us" },
		channels: [{ service: "primary", serviceId: "PRIMARY1" }],
	});
	const twilio = sms.open({
		clock: realClock,
		account: { accountSid: "AC0123456789abcdef0123456789abcdef", from: "+15555550100" },
		channels: [{ to: "+15555550101" }],
	});
	const accessKeyId = "AKIATESTTESTTESTTEST";
	const aws = createAccountApi({ accountId: "123456789012", accessKeyId, concurrentExecutions: 1000, ...plan.aws });
	const world = {
		genesys: { ...(await served("genesys", (request) => genesys.app.fetch(request))), ...client },
		vendors: {
			pagerduty: { ...(await served("pagerduty", pager.fetch)), kind: "pagerduty", secrets: pager.secrets },
			twilio: { ...(await served("twilio", twilio.fetch)), kind: "sms", secrets: twilio.secrets },
		},
		aws: { ...(await served("aws", (request) => aws.fetch(request))), accessKeyId, secretAccessKey: "planted-aws-secret" },
	};
	const end = (): void => {
		for (const server of servers) server.close();
	};
	return { world, heard, genesys: genesys.world, pagerduty: pager.world, twilio: twilio.world, end };
}

export type Patient = Awaited<ReturnType<typeof patient>>;

function furnish(world: GenesysWorld): void {
	world.addTrunk({ base: { name: "Frankfurt-1" }, instances: 2 });
	world.addQueue({ name: "Support", waiting: 1 });
	world.addQueue({ name: "Sales" });
}

/** Every secret of a served world. */
export const secretsOf = ({ world }: Patient): readonly string[] => [
	world.genesys.clientSecret,
	world.aws.secretAccessKey,
	...Object.values(world.vendors).flatMap(({ secrets }) => Object.values(secrets)),
];
