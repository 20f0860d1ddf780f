import { type ServerType, serve } from "@hono/node-server";
import type { RuntimeSettings } from "../../functions/pipeline/settings.ts";
import { accountOf, settingOf } from "../../vendors/settings.ts";
import { createAccountApi } from "../aws/accountApi.ts";
import { createGenesysCloud, type GenesysCloud } from "../genesyscloud/index.ts";
import type { Emulator, VendorAccount } from "../vendors/emulator.ts";
import { type EmulatedKind, emulatedKinds, emulatorOf } from "../vendors/emulators.ts";
import { realClock } from "./clock.ts";
import { asForwarded } from "./forwarded.ts";
import { everyChannelOf } from "./vendorAccounts.ts";

const host = "127.0.0.1";
const organization = { id: "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d", name: "Demo Contact Centre", domain: "mypurecloud.de" };

/** An AWS account that only tells who asks, and its limits. */
const account = { accountId: "123456789012", accessKeyId: "AKIADEMODEMODEMODEMO", concurrentExecutions: 1000 };

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
	/** By their system. */
	readonly vendors: Readonly<Record<string, ServedVendor>>;
	readonly aws: Address & { readonly accountId: string; readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** A vendor, its account as a stack file would have it, and the stack's secrets by their keys. */
interface ServedVendor extends Address {
	readonly name: string;
	/** Of its channels. */
	readonly kind: EmulatedKind;
	readonly account: Readonly<Record<string, string>>;
	readonly channels: readonly Readonly<Record<string, string>>[];
	readonly secrets: Readonly<Record<string, string>>;
	/** A second credential of its first place, for npm run rotate, where it takes two at once. */
	readonly next?: Readonly<Record<string, string>>;
}

/** Serves the emulators on free loopback ports in real time: a demo organization with trunks and queues and no resources. */
export async function serveDemo(runtime?: RuntimeSettings): Promise<ServedWorld> {
	const vendors = emulatedKinds.map((kind) => {
		const setup = runtime === undefined ? emulatorOf(kind).demo : setupOf(runtime, kind);
		const account: VendorAccount = emulatorOf(kind).open({ clock: realClock, ...setup });
		return { kind, emulator: emulatorOf(kind), setup, account };
	});
	let uploadBase = "";
	const genesys = createGenesysCloud({
		clock: realClock,
		organization,
		uploadBase: () => uploadBase,
		outbound: toVendors(vendors.map(({ account }) => account)),
		// No AWS account is served: a Lambda data action takes its failure path.
		invokeLambda: async ({ functionArn }) => ({ status: 404, body: JSON.stringify({ Message: `Function not found: ${functionArn}` }) }),
	});
	const address = await listen((request) => genesys.app.fetch(request));
	uploadBase = `http://${host}:${address.port}`;
	const aws = createAccountApi(account);
	const served = vendors.map(async ({ kind, emulator: { name, system }, setup, account }) => {
		const { fetch, secrets } = account;
		const own = { name, kind, ...setup, secrets, ...(runtime === undefined ? {} : secondOf(account, kind, setup.channels)) };
		const vendor: ServedVendor = { ...(await listen((request) => fetch(asForwarded(request)))), ...own };
		return [system, vendor] as const;
	});
	return {
		genesys: { ...address, ...furnish(genesys), organizationId: organization.id, organizationName: organization.name },
		vendors: Object.fromEntries(await Promise.all(served)),
		aws: {
			...(await listen((request) => aws.fetch(request))),
			accountId: account.accountId,
			accessKeyId: account.accessKeyId,
			secretAccessKey: "demo",
		},
	};
}

/** The stack's account at a vendor; what is served to look around where it has none. */
function setupOf(runtime: RuntimeSettings, kind: EmulatedKind): Emulator["demo"] {
	const account = accountOf(runtime, kind);
	const own = everyChannelOf(runtime).flatMap(({ channel }) => (channel.kind === kind ? [channel] : []));
	if (account === undefined || own.length === 0) return emulatorOf(kind).demo;
	const channels = own.map((channel) => Object.fromEntries(Object.keys(channel).map((name) => [name, settingOf(channel, name)])));
	return { account: { ...account }, channels };
}

function secondOf({ renew }: VendorAccount, kind: EmulatedKind, [first]: Emulator["demo"]["channels"]): Pick<ServedVendor, "next"> {
	const place = first?.[emulatorOf(kind).place.setting];
	return renew === undefined || place === undefined ? {} : { next: renew(place).secrets };
}

function furnish({ world }: GenesysCloud) {
	const frankfurt = world.addTrunk({ base: { name: "Frankfurt-1" }, instances: 2 });
	const berlin = world.addTrunk({ base: { name: "Berlin-1" }, instances: 1 });
	world.addQueue({ name: "Support", waiting: 2, interacting: 5 });
	world.addQueue({ name: "Sales" });
	return { ...world.issueBootstrapClient(), trunkBases: { "Frankfurt-1": frankfurt, "Berlin-1": berlin } };
}

/** What data actions call: the vendors' emulators by their own host names, everything else cannot be reached. */
function toVendors(vendors: readonly Pick<VendorAccount, "hosts" | "fetch">[]): typeof fetch {
	return async (input, init) => {
		const request = new Request(input, init);
		const vendor = vendors.find(({ hosts }) => Object.values(hosts).includes(new URL(request.url).host));
		if (vendor === undefined)
			throw new TypeError("fetch failed", { cause: Object.assign(new Error("not served here"), { code: "ENOTFOUND" }) });
		return vendor.fetch(request);
	};
}

function listen(fetch: (request: Request) => Response | Promise<Response>): Promise<Address> {
	return new Promise((resolve, reject) => {
		const server: ServerType = serve({ fetch, port: 0, hostname: host }, ({ port }) => resolve({ host, port }));
		server.once("error", reject);
	});
}
