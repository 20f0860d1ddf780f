import { beforeAll, describe, expect, test } from "vitest";
import { play } from "../../rehearsal/play.ts";
import type { Report } from "../../rehearsal/report/report.ts";
import { readScenario } from "../../rehearsal/scenario/read.ts";
import { readStackFile, type StackFile, withSettings } from "../../rehearsal/scenario/stackFile.ts";
import type { DeclaredResource, Tamper } from "../../rehearsal/world/deploy.ts";
import type { OfflineWorld } from "../../rehearsal/world/offlineWorld.ts";
import { redisSettings } from "../components/redisStack.ts";
import { plain } from "./plantedBreakages.ts";

const file: StackFile = withSettings(readStackFile("dev"), { ledger: { redis: redisSettings } });

describe("a stack with its ledger in Redis", () => {
	let report: Report;
	let usual: Report;
	let world: OfflineWorld;
	beforeAll(async () => {
		const scenario = readScenario("trunk-outage");
		({ report, world } = await play({ scenario, file, seed: 1 }));
		({ report: usual } = await play({ scenario, file: readStackFile("dev"), seed: 1 }));
	});

	test("plays an outage as one with DynamoDB does, moment by moment", () => {
		expect(report.verdict).toBe("passed");
		// The number of resources stands in the first.
		expect(report.events.slice(1)).toEqual(usual.events.slice(1));
	});

	test("asks for nothing that its roles may not, and for nothing of DynamoDB", () => {
		expect(world.aws.refusals).toEqual([]);
		expect(world.aws.grants().filter(({ action }) => action.startsWith("dynamodb:"))).toEqual([]);
		expect(world.aws.grants().filter(({ action, used }) => action.startsWith("ec2:") && !used)).toEqual([]);
		const { tables } = world.aws.state;
		expect(tables.map(({ name, arn }) => [name, arn])).toEqual([["runbooks-dev-incidents", redisSettings.address]]);
		expect(tables[0]?.ledger.items().some(({ key }) => key.startsWith("inc:"))).toBe(true);
	});
});

describe("a stack with its ledger in Redis is found broken, with the reason, where", () => {
	const isPolicyOf = ({ type, inputs }: DeclaredResource, name: string) =>
		type.endsWith(":RolePolicy") && inputs.name === `runbooks-dev-${name}`;
	const withPolicy = (resource: DeclaredResource, policy: string) => ({ ...resource, inputs: { ...resource.inputs, policy } });
	const withoutNetwork: Tamper = (resource) => {
		const { vpcConfig: _, ...inputs } = resource.inputs;
		return inputs.name === "runbooks-dev-poller" && resource.type.endsWith(":Function") ? { ...resource, inputs } : resource;
	};
	const withoutSecret: Tamper = (resource) => {
		if (!isPolicyOf(resource, "poller")) return resource;
		const { Statement, ...rest } = JSON.parse(String(resource.inputs.policy));
		const left = Statement.filter(({ Sid }: { Sid: string }) => Sid !== "UseLedger");
		return withPolicy(resource, JSON.stringify({ ...rest, Statement: left }));
	};
	const withoutInterfaces: Tamper = (resource) =>
		isPolicyOf(resource, "dispatcher")
			? withPolicy(resource, String(resource.inputs.policy).replaceAll("ec2:CreateNetworkInterface", "ec2:DescribeVpcs"))
			: resource;

	test.each([
		{ name: "a function is in no VPC", tamper: withoutNetwork, reason: /from its VPC, got runbooks-dev-poller, which is in none/ },
		{
			name: "a role may not read how the server is entered",
			tamper: withoutSecret,
			reason: /runbooks-dev-poller.*secretsmanager:GetSecretValue/,
		},
		{
			name: "Lambda may make no interface with a role",
			tamper: withoutInterfaces,
			reason: /runbooks-dev-dispatcher.*ec2:CreateNetworkInterface/,
		},
	])("$name", async ({ tamper, reason }) => {
		const { report } = await play({ scenario: plain, file, seed: 1, tamper });
		const unmet = report.expectations.flatMap(({ met, what }) => (met ? [] : [what]));
		expect(report.verdict).toBe("failed");
		expect(unmet.filter((what) => reason.test(what))).not.toEqual([]);
	});
});
