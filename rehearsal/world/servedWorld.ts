import { type ServerType, serve } from "@hono/node-server";
import type { Hono } from "hono";
import { createGenesysCloud, type GenesysCloud } from "../genesyscloud/index.ts";
import { createPagerDuty } from "../vendors/pagerduty.ts";
import { createTwilio } from "../vendors/twilio.ts";
import { realClock } from "./clock.ts";

const host = "127.0.0.1";
const organization = { id: "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d", name: "Demo Contact Centre", domain: "mypurecloud.de" };
const accountSid = "AC00000000000000000000000000000001";

interface Address {
	readonly host: string;
	readonly port: number;
}

/** Where the served emulators are and what to log in with. The secrets are theirs alone and end with the process. */
export interface ServedWorld {
	readonly genesys: Address & {
		readonly clientId: string;
		readonly clientSecret: string;
		readonly organizationId: string;
		readonly organizationName: string;
		readonly trunkBases: Readonly<Record<string, string>>;
	};
	readonly pagerduty: Address & {
		readonly services: readonly { readonly id: string; readonly name: string; readonly routingKey: string; readonly apiToken: string }[];
	};
	readonly twilio: Address & { readonly accountSid: string; readonly authToken: string };
}

/** Serves the emulators on free loopback ports in real time: a demo organization with trunks and queues and no resources. */
export async function serveDemo(): Promise<ServedWorld> {
	const pagerDuty = createPagerDuty({ clock: realClock, region: "us" });
	const twilio = createTwilio({ clock: realClock });
	let uploadBase = "";
	const genesys = createGenesysCloud({
		clock: realClock,
		organization,
		uploadBase: () => uploadBase,
		outbound: toVendors([pagerDuty, twilio]),
		// No AWS account is served: a Lambda data action takes its failure path.
		invokeLambda: async ({ functionArn }) => ({ status: 404, body: JSON.stringify({ Message: `Function not found: ${functionArn}` }) }),
	});
	const addresses = {
		genesys: await listen(genesys.app),
		pagerduty: await listen(pagerDuty.app),
		twilio: await listen(twilio.app),
	};
	uploadBase = `http://${host}:${addresses.genesys.port}`;
	const services = [
		{ id: "PPRIMARY", name: "primary" },
		{ id: "PSECOND", name: "secondary" },
	].map((service) => ({ ...service, ...pagerDuty.world.addService(service) }));
	return {
		genesys: { ...addresses.genesys, ...furnish(genesys), organizationId: organization.id, organizationName: organization.name },
		pagerduty: { ...addresses.pagerduty, services },
		twilio: { ...addresses.twilio, accountSid, ...twilio.world.addAccount({ accountSid }) },
	};
}

function furnish({ world }: GenesysCloud) {
	const frankfurt = world.addTrunk({ base: { name: "Frankfurt-1" }, instances: 2 });
	const berlin = world.addTrunk({ base: { name: "Berlin-1" }, instances: 1 });
	world.addQueue({ name: "Support", waiting: 2, interacting: 5 });
	world.addQueue({ name: "Sales" });
	return { ...world.issueBootstrapClient(), trunkBases: { "Frankfurt-1": frankfurt, "Berlin-1": berlin } };
}

/** What data actions call: the vendors' emulators by their own host names, everything else cannot be reached. */
function toVendors(
	vendors: readonly { readonly hosts: readonly string[]; readonly fetch: (request: Request) => Promise<Response> }[],
): typeof fetch {
	return async (input, init) => {
		const request = new Request(input, init);
		const vendor = vendors.find(({ hosts }) => hosts.includes(new URL(request.url).host));
		if (vendor === undefined)
			throw new TypeError("fetch failed", { cause: Object.assign(new Error("not served here"), { code: "ENOTFOUND" }) });
		return vendor.fetch(request);
	};
}

function listen(app: Hono): Promise<Address> {
	return new Promise((resolve, reject) => {
		const server: ServerType = serve({ fetch: app.fetch, port: 0, hostname: host }, ({ port }) => resolve({ host, port }));
		server.once("error", reject);
	});
}
