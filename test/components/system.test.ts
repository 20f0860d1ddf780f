import { beforeAll, describe, expect, it } from "vitest";
import { type Declaration, label } from "./declared.ts";
import { stackOf } from "./stacks.ts";
import { declaredSystem, the } from "./system.ts";
import { expectedNames, expectedTree } from "./tree.ts";

let dev: Declaration;
beforeAll(async () => {
	dev = await declaredSystem(stackOf("dev"));
});

/** The tree of everything, one line each, indented under its parent. */
function tree({ resources }: Declaration, parent = "", depth = 0): readonly string[] {
	const own = resources.filter((each) => each.parent === parent).map(({ type, name }) => label(type, name));
	return own.toSorted().flatMap((child) => [`${"  ".repeat(depth)}${child}`, ...tree({ resources, outputs: undefined }, child, depth + 1)]);
}

describe("the system", () => {
	it("is exactly this tree", () => {
		expect(tree(dev).join("\n")).toBe(expectedTree);
	});

	it("is exactly these resources, by type", () => {
		const counts: Record<string, number> = {};
		for (const { type, custom } of dev.resources) if (custom) counts[type] = (counts[type] ?? 0) + 1;
		expect(counts).toEqual({
			"aws:cloudwatch/dashboard:Dashboard": 1,
			"aws:cloudwatch/logGroup:LogGroup": 5,
			"aws:cloudwatch/metricAlarm:MetricAlarm": 21,
			"aws:dynamodb/table:Table": 1,
			"aws:iam/role:Role": 8,
			"aws:iam/rolePolicy:RolePolicy": 8,
			"aws:kms/key:Key": 1,
			"aws:lambda/eventSourceMapping:EventSourceMapping": 1,
			"aws:lambda/function:Function": 5,
			"aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": 2,
			"aws:lambda/functionUrl:FunctionUrl": 1,
			"aws:lambda/permission:Permission": 2,
			"aws:scheduler/schedule:Schedule": 2,
			"aws:secretsmanager/secret:Secret": 8,
			"aws:secretsmanager/secretVersion:SecretVersion": 8,
			"aws:sns/topic:Topic": 1,
			"aws:sns/topicPolicy:TopicPolicy": 1,
			"aws:sqs/queue:Queue": 2,
			"genesyscloud:index/authRole:AuthRole": 3,
			"genesyscloud:index/flow:Flow": 2,
			"genesyscloud:index/integration:Integration": 6,
			"genesyscloud:index/integrationAction:IntegrationAction": 14,
			"genesyscloud:index/integrationCredential:IntegrationCredential": 5,
			"genesyscloud:index/oauthClient:OauthClient": 3,
		});
	});

	it("has component types under the project's name, so that they can become a package", () => {
		const components = dev.resources.filter(({ custom }) => !custom);
		expect(components.length).toBeGreaterThan(20);
		for (const { type } of components) expect(type).toMatch(/^genesyscloud-runbooks:index:[A-Z]\w+$/);
	});

	it("gives every resource a parent and a logical name that begins with the system's", () => {
		for (const { name, parent } of dev.resources) {
			expect(name).toMatch(/^runbooks(-|$)/);
			if (name !== "runbooks") expect(parent).toMatch(/^\w+ runbooks/);
		}
	});

	it("names everything from prefix and stack", () => {
		const names = dev.resources
			.filter(({ custom, inputs }) => custom && typeof inputs.name === "string")
			.map(({ inputs }) => String(inputs.name))
			.filter((name) => !/^(Trigger|Read|Send|CheckCredentials|HealthCheckTrigger|Claim|Record|Release) [0-9a-f]{8}$/.test(name));
		expect([...new Set(names)].toSorted()).toEqual(expectedNames);
	});

	it("tags every AWS resource that can be tagged", () => {
		const untaggable = /RolePolicy|FunctionUrl|FunctionEventInvokeConfig|Permission|SecretVersion|Schedule$|TopicPolicy|Dashboard/;
		const taggable = dev.resources.filter(({ type }) => type.startsWith("aws:") && !untaggable.test(type));
		expect(taggable).toHaveLength(53);
		for (const { name, inputs } of taggable) {
			expect([name, inputs.tags]).toEqual([name, { Team: "contact-centre-platform", Project: "genesyscloud-runbooks", Stack: "dev" }]);
		}
	});

	it("lets two stacks share an account and an organization", async () => {
		const prod = await declaredSystem(stackOf("prod"));
		const physical = (declaration: Declaration) =>
			declaration.resources.flatMap(({ type, inputs }) =>
				typeof inputs.name === "string" && !/IntegrationAction|RolePolicy/.test(type) ? [`${type} ${inputs.name}`] : [],
			);
		const shared = physical(dev).filter((name) => physical(prod).includes(name));
		expect(shared).toEqual([]);
	});

	it("lets the dispatcher sign a link only where its one page may hold one", async () => {
		const { config, secretKeys } = stackOf("dev");
		const variables = async (telephony: unknown) => {
			const policies = { ...Object(config.policies), telephony };
			const declared = await declaredSystem({ config: { ...config, policies }, secretKeys });
			return JSON.stringify(the(declared, "Function", "runbooks-dispatcher-function").inputs.environment);
		};
		const tiers = [{ name: "primary", channels: [{ kind: "sms", to: "+15555550101" }] }];
		expect(await variables(Object(config.policies).telephony)).not.toContain("ACKNOWLEDGE");
		expect(await variables({ tiers })).toMatch(/ACKNOWLEDGE_URL.*SECRET_ACKNOWLEDGE/);
		expect(await variables({ tiers, acknowledgeLinks: false })).not.toContain("ACKNOWLEDGE");
	});

	it("has no Twilio where nobody is texted", async () => {
		const { config, secretKeys } = stackOf("dev");
		const channel = { kind: "pagerduty", service: "primary", serviceId: "PRIMARY1" };
		const policies = { ...Object(config.policies), telephony: { tiers: [{ name: "primary", channels: [channel] }] } };
		const quiet = await declaredSystem({ config: { ...config, policies }, secretKeys });
		const systems = quiet.resources.filter(({ parent }) => parent === "IncidentSystems runbooks-systems");
		expect(systems.map(({ name }) => name)).toEqual(["runbooks-systems-pagerduty-primary", "runbooks-systems-pagerduty-it-operations"]);
		expect(JSON.stringify(quiet.resources)).not.toMatch(/runbooks-dev\/twilio|ACKNOWLEDGE/);
	});
});

describe("order", () => {
	it("makes the workflow wait for every data action that it calls", () => {
		const flow = the(dev, "Flow", "runbooks-response-telephony-flow");
		const other = the(dev, "Flow", "runbooks-response-it-operations-flow");
		const actions = dev.resources.filter(({ type }) => type.endsWith(":IntegrationAction")).map(({ type, name }) => label(type, name));
		expect(actions).toHaveLength(14);
		const [telephonys, itOperations] = [/it-operations/, /pagerduty-(primary|secondary)|twilio/].map((pattern) =>
			actions.filter((action) => !pattern.test(action)),
		);
		expect(flow.dependencies).toEqual(expect.arrayContaining(telephonys ?? []));
		expect(other.dependencies).toEqual(expect.arrayContaining(itOperations ?? []));
	});

	it("gives a function its permissions before it can be started", () => {
		for (const { type, name, dependencies } of dev.resources) {
			if (type !== "aws:lambda/function:Function") continue;
			expect(dependencies).toContain(`RolePolicy ${name.replace(/-function$/, "-policy")}`);
		}
		expect(the(dev, "Schedule", "runbooks-overseer-schedule").dependencies).toContain("RolePolicy runbooks-overseer-scheduler-policy");
		expect(the(dev, "EventSourceMapping", "runbooks-dispatcher-messages").dependencies).toContain("Function runbooks-dispatcher-function");
	});
});

describe("protection", () => {
	it("of a production stack guards ledger and secrets, in Pulumi and in AWS", async () => {
		const prod = await declaredSystem(stackOf("prod"));
		const guarded = prod.resources.filter(({ protect }) => protect).map(({ type }) => type.split(":").at(-1));
		expect([...new Set(guarded)].toSorted()).toEqual(["Secret", "Table"]);
		expect(the(prod, "Table", "runbooks-ledger-table").inputs.deletionProtectionEnabled).toBe(true);
		expect(the(prod, "Secret", "runbooks-launcher-secret").inputs.recoveryWindowInDays).toBe(30);
	});

	it("is off in a development stack, which can be torn down and built again", () => {
		expect(dev.resources.filter(({ protect }) => protect)).toEqual([]);
		expect(the(dev, "Table", "runbooks-ledger-table").inputs.deletionProtectionEnabled).toBe(false);
		expect(the(dev, "Secret", "runbooks-launcher-secret").inputs.recoveryWindowInDays).toBe(0);
	});
});

describe("Genesys Cloud", () => {
	it("always gets a name from us, never an invented one", () => {
		const vendor = dev.resources.filter(({ type }) => type.startsWith("genesyscloud:"));
		const names = vendor.map(({ type, inputs }) =>
			type.endsWith(":Integration") ? Reflect.get(Object(inputs.config), "name") : inputs.name,
		);
		expect(vendor).toHaveLength(33);
		for (const name of names) expect(name).toEqual(expect.stringMatching(/\S/));
	});

	it("grants exactly the permissions that are used, one role and client for each purpose", () => {
		const roles = dev.resources.filter(({ type }) => type.endsWith(":AuthRole"));
		const granted = Object.fromEntries(roles.map(({ inputs }) => [String(inputs.name), inputs.permissionPolicies]));
		const trunks = { domain: "telephony", entityName: "plugin", actionSets: ["all"] };
		expect(granted).toEqual({
			"runbooks-dev detector": [
				trunks,
				{ domain: "routing", entityName: "queue", actionSets: ["view"] },
				{ domain: "analytics", entityName: "queueObservation", actionSets: ["view"] },
			],
			"runbooks-dev responder": [trunks],
			"runbooks-dev launcher": [
				{ domain: "architect", entityName: "flow", actionSets: ["launch"] },
				{ domain: "architect", entityName: "flowExecution", actionSets: ["view"] },
			],
		});
	});

	it("exposes only the secrets of the functions' clients; the responder's never leaves the organization", () => {
		const clients = dev.resources.filter(({ type }) => type === "genesyscloud:index/oauthClient:OauthClient");
		const secrecy = clients.map(({ inputs }) => [inputs.name, inputs.exposeClientSecret, inputs.integrationCredentialName]);
		expect(secrecy.toSorted()).toEqual([
			["runbooks-dev detector", true, undefined],
			["runbooks-dev launcher", true, undefined],
			["runbooks-dev responder", undefined, "runbooks-dev responder"],
		]);
	});

	it("is replaced where an update would lose a credential's secret, or leave a flow behind under its old name", () => {
		const replaced = dev.resources.filter(({ replaceOnChanges }) => replaceOnChanges.length > 0);
		expect(replaced.map(({ type, name, replaceOnChanges }) => [label(type, name), replaceOnChanges])).toEqual([
			["OauthClient runbooks-genesys-responder-client", ["*"]],
			["Flow runbooks-response-it-operations-flow", ["name"]],
			["Flow runbooks-response-telephony-flow", ["name"]],
		]);
	});

	it("has enabled integrations, each with its credential in the vendor's slot", () => {
		const integrations = dev.resources.filter(({ type }) => type.endsWith(":Integration"));
		const shape = integrations.map(({ inputs }) => [
			Reflect.get(Object(inputs.config), "name"),
			inputs.integrationType,
			inputs.intendedState,
			Reflect.get(Object(inputs.config), "credentials"),
		]);
		expect(shape.toSorted()).toEqual([
			[
				"runbooks-dev Genesys Cloud",
				"purecloud-data-actions",
				"ENABLED",
				{ pureCloudOAuthClient: "runbooks-genesys-responder-client-credential" },
			],
			[
				"runbooks-dev Ledger",
				"aws-lambda-data-actions",
				"ENABLED",
				{ AmazonWebServicesARN: "runbooks-ledger-service-genesys-credential-id" },
			],
			[
				"runbooks-dev PagerDuty it-operations",
				"custom-rest-actions",
				"ENABLED",
				{ basicAuth: "runbooks-systems-pagerduty-it-operations-credential-id" },
			],
			[
				"runbooks-dev PagerDuty primary",
				"custom-rest-actions",
				"ENABLED",
				{ basicAuth: "runbooks-systems-pagerduty-primary-credential-id" },
			],
			[
				"runbooks-dev PagerDuty secondary",
				"custom-rest-actions",
				"ENABLED",
				{ basicAuth: "runbooks-systems-pagerduty-secondary-credential-id" },
			],
			["runbooks-dev Twilio", "custom-rest-actions", "ENABLED", { basicAuth: "runbooks-systems-twilio-credential-id" }],
		]);
	});

	it("calls the ledger's function by its ARN", () => {
		const claim = the(dev, "IntegrationAction", "runbooks-ledger-service-genesys-actions-claim");
		expect(claim.inputs.configRequest).toEqual({
			requestType: "POST",
			requestUrlTemplate: "arn:Function:runbooks-dev-ledger",
			requestTemplate: '{"operation":"claim","input":${input.rawRequest}}',
			headers: {},
		});
		expect(claim.inputs.configTimeoutSeconds).toBe(15);
		expect(claim.inputs.category).toBe("runbooks-dev Ledger");
	});
});
