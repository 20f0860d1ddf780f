import { beforeAll, describe, expect, test } from "vitest";
import { documentsOf } from "../../policy/documents.ts";
import { exceptions } from "../../policy/exceptions.ts";
import { type Resource, recordOf } from "../../policy/resource.ts";
import { rules, violationsIn } from "../../policy/rules/index.ts";
import { declaredFor, everyStack } from "../components/everyStack.ts";

type Name = keyof typeof everyStack;

/** Ended by hand in `beforeAll`: one program runs at a time. */
const stacks = new Map<Name, { readonly resources: readonly Resource[]; readonly protect: boolean }>();
const names: readonly Name[] = ["dev", "prod", "everything", "redis"];

beforeAll(async () => {
	for (const name of names) {
		const file = everyStack[name]();
		const { resources } = await declaredFor(file);
		stacks.set(name, { resources: resources.map(withArns), protect: file.settings.protect });
	}
});

/** The mocks' ARNs of secrets, as AWS writes them. */
const withArns = (resource: Resource): Resource => ({ ...resource, inputs: recordOf(withArn(resource.inputs)) });

function withArn(value: unknown): unknown {
	if (typeof value === "string") return value.replaceAll("arn:Secret:", "arn:aws:secretsmanager:eu-central-1:111122223333:secret:");
	if (Array.isArray(value)) return value.map(withArn);
	if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
	return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withArn(inner)]));
}

function stack(name: Name) {
	const found = stacks.get(name);
	if (found === undefined) throw new Error(`Expected the stack ${name} to be declared, got ${[...stacks.keys()].join(", ")}`);
	return found;
}

const told = (name: Name, resources: readonly Resource[]): readonly string[] =>
	violationsIn(resources, stack(name)).map(({ rule, resource, message }) => `${rule}: ${resource.name}: ${message}`);

describe("what the program declares", () => {
	test.each(names)("for %s violates no rule", (name) => {
		expect(stack(name).resources.length).toBeGreaterThan(80);
		expect(told(name, stack(name).resources)).toEqual([]);
	});

	test("is of every type that a rule looks at", () => {
		const types = new Set(names.flatMap((name) => stack(name).resources.map(({ type }) => type)));
		const judged = [
			"aws:cloudwatch/eventTarget:EventTarget",
			"aws:cloudwatch/logGroup:LogGroup",
			"aws:dynamodb/table:Table",
			"aws:kms/key:Key",
			"aws:lambda/eventSourceMapping:EventSourceMapping",
			"aws:lambda/function:Function",
			"aws:lambda/functionUrl:FunctionUrl",
			"aws:lambda/permission:Permission",
			"aws:scheduler/schedule:Schedule",
			"aws:secretsmanager/secret:Secret",
			"aws:secretsmanager/secretVersion:SecretVersion",
			"aws:sns/topic:Topic",
			"aws:sqs/queue:Queue",
			"genesyscloud:index/authRole:AuthRole",
			"genesyscloud:index/flow:Flow",
		];
		expect(judged.filter((type) => !types.has(type))).toEqual([]);
		const statements = stack("everything").resources.flatMap((resource) => documentsOf(resource).statements);
		expect(statements.length).toBeGreaterThan(40);
	});

	test("uses every exception, and each says why", () => {
		for (const exception of exceptions) {
			const others = stack("everything").resources.filter(({ type, inputs }) => type === exception.type && exception.only(inputs));
			expect(others.length, exception.what).toBeGreaterThan(0);
			expect(exception.why.length).toBeGreaterThan(40);
		}
	});
});

/** A change of the first resource of a type whose name has this in it. */
function broken(name: Name, type: string, part: string, change: Partial<Resource> | ((resource: Resource) => Partial<Resource>)) {
	const { resources } = stack(name);
	const at = resources.findIndex((each) => each.type === type && each.name.includes(part));
	const found = resources[at];
	if (found === undefined) throw new Error(`Expected a ${type} with ${part} in its name, got none`);
	return resources.with(at, { ...found, ...(typeof change === "function" ? change(found) : change) });
}

const inputs =
	(change: Readonly<Record<string, unknown>>) =>
	(resource: Resource): Partial<Resource> => ({ inputs: { ...resource.inputs, ...change } });

const allow = (statement: object): string => JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });

const breakages: readonly (readonly [string, Name, string, string, Partial<Resource> | ((resource: Resource) => Partial<Resource>)])[] = [
	["no-wildcard-actions", "dev", "aws:iam/rolePolicy:RolePolicy", "poller", inputs({ policy: allow({ Action: "dynamodb:*" }) })],
	["no-wildcard-actions", "dev", "aws:kms/key:Key", "", inputs({ policy: allow({ Sid: "Administer", Action: "kms:*", Principal: "*" }) })],
	[
		"no-wildcard-principals",
		"dev",
		"aws:sns/topicPolicy:TopicPolicy",
		"",
		inputs({ policy: allow({ Principal: "*", Action: "sns:Publish" }) }),
	],
	["no-wildcard-principals", "dev", "aws:lambda/permission:Permission", "url", inputs({ functionUrlAuthType: undefined })],
	[
		"no-secrets-in-environment",
		"dev",
		"aws:lambda/function:Function",
		"poller",
		inputs({ environment: { variables: { SECRET_X: "hunter" } } }),
	],
	["log-retention", "dev", "aws:cloudwatch/logGroup:LogGroup", "overseer", inputs({ retentionInDays: 0 })],
	["encrypted-stores", "everything", "aws:sqs/queue:Queue", "events", inputs({ sqsManagedSseEnabled: false })],
	["encrypted-stores", "dev", "aws:sns/topic:Topic", "", inputs({ kmsMasterKeyId: undefined })],
	["protected-stores", "prod", "aws:dynamodb/table:Table", "ledger", { protect: false }],
	["protected-stores", "prod", "aws:dynamodb/table:Table", "ledger", inputs({ deletionProtectionEnabled: false })],
	["retained-secrets", "prod", "aws:secretsmanager/secret:Secret", "", inputs({ recoveryWindowInDays: 0 })],
	["dead-letters", "dev", "aws:sqs/queue:Queue", "dispatch-queue", inputs({ redrivePolicy: undefined })],
	["dead-letters", "everything", "aws:cloudwatch/eventTarget:EventTarget", "", inputs({ deadLetterConfig: undefined })],
	["bounded-concurrency", "dev", "aws:lambda/function:Function", "normalizer", inputs({ reservedConcurrentExecutions: undefined })],
	["bounded-concurrency", "dev", "aws:lambda/function:Function", "overseer", inputs({ reservedConcurrentExecutions: -1 })],
	[
		"bounded-concurrency",
		"everything",
		"aws:lambda/eventSourceMapping:EventSourceMapping",
		"listener",
		inputs({ scalingConfig: undefined }),
	],
	["known-genesys-permissions", "dev", "genesyscloud:index/authRole:AuthRole", "launcher", inputs({ permissions: ["architect:flow:*"] })],
	["pinned-flows", "dev", "genesyscloud:index/flow:Flow", "telephony", inputs({ filepath: "/elsewhere/response.yaml" })],
];

describe("a breakage that is planted in it is found", () => {
	test.each(breakages)("by %s in %s: %s %s", (rule, name, type, part, change) => {
		const found = violationsIn(broken(name, type, part, change), stack(name));
		expect([...new Set(found.map((each) => each.rule))]).toContain(rule);
		expect(found.filter(({ resource }) => resource.type !== type)).toEqual([]);
	});

	test("at least once for every rule", () => {
		expect(new Set(breakages.map(([rule]) => rule))).toEqual(new Set(rules.map(({ name }) => name)));
	});
});
