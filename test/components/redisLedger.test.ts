import { beforeAll, describe, expect, it } from "vitest";
import type { Declaration, Stack } from "./declared.ts";
import { redisPassword, redisSettings } from "./redisStack.ts";
import { stackOf } from "./stacks.ts";
import { declaredSystem, the } from "./system.ts";

const stackWith = (redis: unknown): Stack => {
	const { config, secretKeys, ...rest } = stackOf("dev");
	return {
		...rest,
		config: { ...config, ledger: { redis }, ...redisPassword },
		secretKeys: [...secretKeys, ...Object.keys(redisPassword)],
	};
};

const secret = "arn:Secret:runbooks-dev/ledger";
const interfaces = [
	"ec2:CreateNetworkInterface",
	"ec2:DescribeNetworkInterfaces",
	"ec2:DescribeSubnets",
	"ec2:DeleteNetworkInterface",
	"ec2:AssignPrivateIpAddresses",
	"ec2:UnassignPrivateIpAddresses",
];

let dev: Declaration;
let usual: Declaration;
beforeAll(async () => {
	dev = await declaredSystem(stackWith(redisSettings));
	usual = await declaredSystem(stackOf("dev"));
});

const functionsOf = ({ resources }: Declaration) => resources.filter(({ type }) => type.endsWith(":lambda/function:Function"));

interface Statement {
	readonly Sid: string;
	readonly Effect: string;
	readonly Action: readonly string[];
	readonly Resource: readonly string[];
	readonly Condition?: unknown;
}

const statementsOf = ({ resources }: Declaration, role: unknown): readonly Statement[] =>
	resources
		.filter(({ type, inputs }) => type.endsWith(":RolePolicy") && `arn:Role:${inputs.role}` === role)
		.flatMap(({ inputs }): readonly Statement[] => JSON.parse(String(inputs.policy)).Statement);

describe("a ledger in Redis", () => {
	it("declares how the server is entered in place of a table, and nothing else that is new", () => {
		const names = (declaration: Declaration) => new Set(declaration.resources.map(({ type, name }) => `${type.split(":").at(-1)} ${name}`));
		expect([...names(dev)].filter((each) => !names(usual).has(each)).toSorted()).toEqual([
			"RedisLedger runbooks-ledger",
			"Secret runbooks-ledger-server",
			"SecretVersion runbooks-ledger-server-value",
			"StoredSecret runbooks-ledger-server",
		]);
		expect([...names(usual)].filter((each) => !names(dev).has(each)).toSorted()).toEqual([
			"IncidentLedger runbooks-ledger",
			"Table runbooks-ledger-table",
		]);
		expect(JSON.stringify(dev.resources)).not.toMatch(/dynamodb|TABLE_NAME/i);
	});

	it("keeps the user and the password in a secret, which is write-only", () => {
		const { inputs, secretInputs } = the(dev, "SecretVersion", "runbooks-ledger-server-value");
		expect(JSON.parse(String(inputs.secretStringWo))).toEqual({ username: "runbooks", password: redisPassword["ledger-redisPassword"] });
		expect(secretInputs).toContain("secretStringWo");
		expect(JSON.stringify(dev.resources.filter(({ type }) => !type.endsWith(":SecretVersion")))).not.toContain("PLANTED-redis");
	});

	it("gives every function the server, the secret and its place in the VPC", () => {
		expect(functionsOf(dev).map(({ name }) => name)).toEqual(functionsOf(usual).map(({ name }) => name));
		for (const { name, inputs } of functionsOf(dev)) {
			expect([name, Object(inputs.environment).variables]).toEqual([
				name,
				expect.objectContaining({ REDIS_URL: redisSettings.address, REDIS_PREFIX: "runbooks-dev-incidents", SECRET_LEDGER: secret }),
			]);
			const { subnetIds, securityGroupIds } = redisSettings;
			expect([name, inputs.vpcConfig]).toEqual([name, { subnetIds, securityGroupIds }]);
		}
		for (const { inputs } of functionsOf(usual)) expect(inputs.vpcConfig).toBeUndefined();
	});

	it("lets each role read that secret, and Lambda, but not the function, make network interfaces with it", () => {
		for (const { name, inputs } of functionsOf(dev)) {
			const own = statementsOf(dev, inputs.role).filter(({ Sid }) => /Ledger$|Network/.test(Sid));
			expect([name, own]).toEqual([
				name,
				[
					{ Sid: "UseLedger", Effect: "Allow", Action: ["secretsmanager:GetSecretValue"], Resource: [secret] },
					{ Sid: "JoinNetwork", Effect: "Allow", Action: interfaces, Resource: ["*"] },
					{
						Sid: "LeaveNetworkToLambda",
						Effect: "Deny",
						Action: interfaces,
						Resource: ["*"],
						Condition: {
							StringEquals: {
								"lambda:SourceFunctionArn": expect.stringMatching(`:function:${inputs.name}$`),
							},
						},
					},
				],
			]);
		}
	});

	it("of a server without a password needs none, and says so in the secret", async () => {
		const { username: _, ...nobody } = redisSettings;
		const { config, secretKeys, ...rest } = stackOf("dev");
		const open = await declaredSystem({ ...rest, config: { ...config, ledger: { redis: { ...nobody, password: false } } }, secretKeys });
		const { inputs } = the(open, "SecretVersion", "runbooks-ledger-server-value");
		expect(JSON.parse(String(inputs.secretStringWo))).toEqual({ username: "", password: "" });
	});
});
