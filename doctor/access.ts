import * as z from "zod";
import { genesysDomains } from "../components/settings/regions.ts";
import { type StackFile, StackFileError } from "../rehearsal/scenario/stackFile.ts";
import type { AwsAccess } from "./aws/read.ts";
import type { Access } from "./examine.ts";
import type { GenesysAccess } from "./genesys/connection.ts";

export type Env = Readonly<Record<string, string | undefined>>;

/** What the environment and the stack file give, as the deployment itself would take it. */
export function accessOf(file: StackFile, env: Env, secrets: Access["secrets"]): Access {
	const genesys = genesysAccess(file, env);
	const genesysRegion = file.config["genesyscloud:awsRegion"] ?? env.GENESYSCLOUD_REGION;
	return {
		...(genesys === undefined ? {} : { genesys }),
		...(genesysRegion ? { genesysRegion } : {}),
		secrets,
		vendorFetch: () => fetch,
		aws: awsAccess(file, env),
		awsAccounts: accountsOf(file.config["aws:allowedAccountIds"]),
	};
}

/** Ids in quotes, or numbers, which have lost what they began with. */
function accountsOf(text: string | undefined): readonly string[] {
	const list = text === undefined ? [] : fromJson(text);
	return Array.isArray(list) ? list.map((id) => String(id).padStart(12, "0")) : [];
}

/** By the names that the provider reads. */
function genesysAccess({ config, settings }: StackFile, env: Env): GenesysAccess | undefined {
	const { GENESYSCLOUD_OAUTHCLIENT_ID: clientId, GENESYSCLOUD_OAUTHCLIENT_SECRET: clientSecret } = env;
	if (!clientId || !clientSecret) return undefined;
	const gateway = gatewayOf(config["genesyscloud:gateways"]);
	const domain = genesysDomains[settings.genesys.region];
	return { domain, clientId, clientSecret, fetch, ...(gateway === undefined ? {} : { gateway }) };
}

const gateways = z.array(
	z.object({ host: z.string(), port: z.union([z.string(), z.number()]).optional(), protocol: z.string().default("https") }),
);

/** The provider takes the first one. Throws StackFileError. */
function gatewayOf(text: string | undefined): string | undefined {
	const parsed = gateways.safeParse(text === undefined ? [] : fromJson(text));
	if (!parsed.success) throw new StackFileError("genesyscloud:gateways: expected a list of host, port and protocol, got something else");
	const [gateway] = parsed.data;
	if (gateway === undefined) return undefined;
	const { protocol, host, port } = gateway;
	return `${protocol}://${host}${port === undefined ? "" : `:${port}`}`;
}

/** A value as Pulumi keeps it: JSON where it is a list, else the text itself. */
function fromJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

/** Keys that make the provider somebody else than AWS's own clients find. */
const otherIdentities = ["aws:accessKey", "aws:secretKey", "aws:token", "aws:assumeRoles", "aws:assumeRoleWithWebIdentity"];

function awsAccess({ config }: StackFile, env: Env): AwsAccess | { readonly none: string } {
	const other = otherIdentities.find((key) => key in config);
	if (other !== undefined) return { none: `the stack deploys by ${other}, which is not followed here` };
	const profile = config["aws:profile"];
	return { region: config["aws:region"] ?? env.AWS_REGION ?? env.AWS_DEFAULT_REGION ?? "", ...(profile === undefined ? {} : { profile }) };
}
