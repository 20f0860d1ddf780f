import * as z from "zod";
import { section, text } from "../../functions/schemas/builders.ts";
import { part, record } from "./parts.ts";
import { configPath, type Problem, shown } from "./problems.ts";

/** Of a function: https://docs.aws.amazon.com/lambda/latest/api/API_VpcConfig.html */
const most = { subnets: 16, securityGroups: 5 };

const ids = (kind: "subnet" | "sg", largest: number, words: string) => {
	const error = `a list of 1 to ${largest} ids of ${words} such as ${kind}-0123456789abcdef0`;
	return z
		.array(text(new RegExp(`^${kind}-(?:[0-9a-f]{8}|[0-9a-f]{17})$`), `an id such as ${kind}-0123456789abcdef0`), { error })
		.min(1, { error })
		.max(largest, { error });
};

const redisServer = section({
	address: z
		.string({ error: "an address such as rediss://host:6379" })
		.describe("The server's primary endpoint: `rediss://` with TLS, `redis://` without. Never a cluster's configuration endpoint."),
	tls: z
		.boolean({ error: "true or false" })
		.default(true)
		.describe("Whether the connection is encrypted; false is the consent that an address of redis:// needs."),
	username: text(/^[^\s:@/]{1,128}$/, "a user name without spaces")
		.exactOptional()
		.describe("The user of the server's access control list; by default its default user."),
	password: z
		.boolean({ error: "true or false" })
		.default(true)
		.describe("Whether the server asks for a password, which is the secret ledger-redisPassword; false says that there is none."),
	subnetIds: ids("subnet", most.subnets, "subnets").describe(
		"Where the functions are, so that they reach the server: private subnets whose way out is a NAT gateway.",
	),
	securityGroupIds: ids("sg", most.securityGroups, "security groups").describe(
		"Of the functions; the server's own has to let them in, and they have to be let out to the server and by HTTPS.",
	),
}).describe("A Redis or Valkey server of yours, instead of a DynamoDB table: one primary, of one shard.");

/** Where a stack keeps its ledger, if not in DynamoDB. */
export const ledgerSettings = section({ redis: redisServer }).describe(
	"Where the ledger is kept; without this section in a DynamoDB table of its own.",
);

export type RedisServer = z.infer<typeof redisServer>;

/** Whether the password of a server is needed; false for a malformed section. */
export const asksPassword = (ledger: unknown): boolean => part(ledgerSettings, ledger)?.redis.password ?? false;

const path = (name: string): string => configPath(["ledger", "redis", name]);

/** An address that is none, or holds what belongs into a secret, or travels unencrypted unasked; a user that has no password. */
export function ledgerProblems({ ledger }: Readonly<Record<string, unknown>>): readonly Problem[] {
	const { address, tls = true, username, password = true } = record(record(ledger).redis);
	const nobody = { path: path("username"), expected: "none where password is false", got: shown(username) };
	return [...addressProblems(address, tls), ...(username !== undefined && password === false ? [nobody] : [])];
}

function addressProblems(address: unknown, tls: unknown): readonly Problem[] {
	if (typeof address !== "string") return [];
	// What stands there may be a password: it is not repeated.
	if (address.includes("@"))
		return [
			{
				path: path("address"),
				expected: "an address without a user and a password (they are username and the secret ledger-redisPassword)",
				got: "one with @",
			},
		];
	const [, scheme, host = "", port = "6379"] = /^(rediss?):\/\/([A-Za-z0-9.-]+)(?::(\d{1,5}))?$/.exec(address) ?? [];
	if (scheme === undefined || host.startsWith(".") || Number(port) < 1 || Number(port) > 65_535)
		return [{ path: path("address"), expected: "an address such as rediss://host:6379", got: shown(address) }];
	if (scheme === "redis" && tls !== false)
		return [
			{
				path: path("address"),
				expected: "rediss://, or tls: false beside it: redis:// sends the password and every page unencrypted",
				got: shown(address),
			},
		];
	if (scheme === "rediss" && tls === false) return [{ path: path("tls"), expected: "true, or an address of redis://", got: "false" }];
	return [];
}

/** What a person should know before the functions move into a VPC. */
export function ledgerWarnings(redis: RedisServer | undefined): readonly string[] {
	if (redis === undefined) return [];
	const way = `${path("subnetIds")}: every function is in these subnets, and reaches Genesys Cloud, the vendors and AWS only by their NAT gateway: without one nothing is detected and nobody is paged`;
	const single = `${path("subnetIds")}: expected subnets of two zones, got one subnet: nobody is paged while its zone fails`;
	return [way, ...(redis.subnetIds.length === 1 ? [single] : [])];
}
