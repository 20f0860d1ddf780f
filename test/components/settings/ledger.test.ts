import { describe, expect, it } from "vitest";
import { ledgerWarnings } from "../../../components/settings/ledger.ts";
import { report } from "../../../components/settings/problems.ts";
import { readSettings } from "../../../components/settings/settings.ts";
import { redisPassword, redisSettings } from "../redisStack.ts";
import { secretValues, settingsOf } from "../stacks.ts";
import { type Given, prefix, problems, source } from "./givenSettings.ts";

const given = (redis: unknown, more: Partial<Given> = {}): Given => ({
	plain: { ...settingsOf("dev"), ledger: { redis } },
	secrets: { ...secretValues, ...redisPassword },
	...more,
});
const withSettings = (change: Readonly<Record<string, unknown>>) => ({ ...redisSettings, ...change });
const anId = "an id such as subnet-0123456789abcdef0";

describe("a ledger in Redis", () => {
	it("is right with an address, subnets, security groups and a password; TLS is the default", () => {
		expect(problems(given(redisSettings))).toEqual([]);
		expect(readSettings(source(given(redisSettings))).redis).toEqual({ ...redisSettings, tls: true, password: true });
		expect(readSettings(source({})).redis).toBeUndefined();
	});

	it.each([
		{ name: "no port", change: { address: "rediss://cache.customer.example" } },
		{ name: "no TLS, with consent", change: { address: "redis://10.0.0.7:6379", tls: false } },
		{ name: "old short ids", change: { subnetIds: ["subnet-0a1b2c3d"], securityGroupIds: ["sg-0a1b2c3d"] } },
	])("may have $name", ({ change }) => {
		expect(problems(given(withSettings(change)))).toEqual([]);
	});

	it.each([
		{
			name: "TLS left out unasked",
			change: { address: "redis://cache:6379" },
			path: "address",
			expected: /^rediss:\/\/, or tls: false beside it/,
			got: '"redis://cache:6379"',
		},
		{ name: "TLS that contradicts itself", change: { tls: false }, path: "tls", expected: /^true, or an address of redis/, got: "false" },
		{
			name: "another protocol",
			change: { address: "https://cache:6379" },
			path: "address",
			expected: /such as rediss:\/\/host:6379$/,
			got: '"https://cache:6379"',
		},
		{
			name: "a port that is none",
			change: { address: "rediss://cache:70000" },
			path: "address",
			expected: /such as/,
			got: '"rediss://cache:70000"',
		},
		{ name: "a path", change: { address: "rediss://cache:6379/1" }, path: "address", expected: /such as/, got: '"rediss://cache:6379/1"' },
		{ name: "no address", change: { address: undefined }, path: "address", expected: /such as/, got: "nothing" },
		{
			name: "a user without a password",
			change: { password: false },
			path: "username",
			expected: /^none where password/,
			got: '"runbooks"',
		},
		{ name: "no subnet", change: { subnetIds: [] }, path: "subnetIds", expected: /^a list of 1 to 16 ids of subnets/, got: "[]" },
		{
			name: "a VPC for a subnet",
			change: { subnetIds: ["vpc-0a1b2c3d"] },
			path: "subnetIds[0]",
			expected: new RegExp(`^${anId}$`),
			got: '"vpc-0a1b2c3d"',
		},
		{
			name: "too many security groups",
			change: { securityGroupIds: Array.from({ length: 6 }, (_, index) => `sg-0a1b2c3${index}`) },
			path: "securityGroupIds",
			expected: /^a list of 1 to 5 ids/,
			got: expect.stringContaining("sg-0a1b2c30"),
		},
	])("may not have $name", ({ change, path, expected, got }) => {
		expect(problems(given(withSettings(change)))).toEqual([
			{ path: `${prefix}ledger.redis.${path}`, expected: expect.stringMatching(expected), got },
		]);
	});

	it("may not have a password in its address, and does not repeat it", () => {
		const found = problems(given(withSettings({ address: "rediss://runbooks:PLANTED-in-address@cache:6379" })));
		expect(found).toMatchObject([{ path: `${prefix}ledger.redis.address`, got: "one with @" }]);
		expect(report("dev", found)).not.toContain("PLANTED");
	});

	it("needs its password as a secret, unless there is said to be none", () => {
		const missing = given(redisSettings, { secrets: secretValues });
		expect(problems(missing)).toMatchObject([
			{ path: `${prefix}ledger-redisPassword`, got: "nothing", remedy: `pulumi config set --secret ${prefix}ledger-redisPassword` },
		]);
		const plain = given(redisSettings, { secrets: secretValues, exposed: redisPassword });
		expect(problems(plain)).toMatchObject([{ path: `${prefix}ledger-redisPassword`, expected: "a secret" }]);
		expect(report("dev", problems(plain))).not.toContain("PLANTED");
		const { username: _, ...nobody } = redisSettings;
		expect(problems(given({ ...nobody, password: false }, { secrets: secretValues }))).toEqual([]);
	});

	it("is warned of: the way out, and the one zone", () => {
		const settings = readSettings(source(given(redisSettings)));
		expect(ledgerWarnings(settings.redis)).toEqual([expect.stringContaining("NAT gateway")]);
		const single = readSettings(source(given(withSettings({ subnetIds: redisSettings.subnetIds.slice(0, 1) }))));
		expect(ledgerWarnings(single.redis)).toEqual([expect.stringContaining("NAT gateway"), expect.stringContaining("two zones")]);
		expect(ledgerWarnings(undefined)).toEqual([]);
	});
});
