import { describe, expect, test } from "vitest";
import { Iam } from "../../../rehearsal/aws/iam.ts";
import { covers, readGrants, readTrust } from "../../../rehearsal/aws/policy.ts";
import { allow, trust } from "./declaredAccount.ts";

const table = "arn:aws:dynamodb:eu-central-1:123456789012:table/incidents";

describe("a policy document", () => {
	test("grants each of its actions on each of its resources, by statement", () => {
		const document = allow(
			{ Sid: "Ledger", Action: ["dynamodb:GetItem", "dynamodb:PutItem"], Resource: table },
			{ Action: "logs:*", Resource: ["a", "b:*"] },
		);
		const grant = { roleName: "poller", policy: "needs", effect: "Allow", conditions: {} };
		expect(readGrants("poller", "needs", document)).toEqual([
			{ ...grant, statement: "Ledger", action: "dynamodb:GetItem", resource: table },
			{ ...grant, statement: "Ledger", action: "dynamodb:PutItem", resource: table },
			{ ...grant, statement: "2", action: "logs:*", resource: "a" },
			{ ...grant, statement: "2", action: "logs:*", resource: "b:*" },
		]);
	});

	test.each([
		{
			name: "another effect",
			statement: { Effect: "Log", Action: "a:B", Resource: "r" },
			problem: 'expected Effect Allow or Deny, got "Log"',
		},
		{ name: "NotAction", statement: { NotAction: "a:B", Action: "a:B", Resource: "r" }, problem: "got NotAction" },
		{
			name: "another condition",
			statement: { Action: "a:B", Resource: "r", Condition: { StringLike: { "a:b": "c*" } } },
			problem: "expected StringEquals conditions only, got StringLike",
		},
		{ name: "an inner wildcard", statement: { Action: "a:B", Resource: "arn:aws:sqs:*:1:q" }, problem: "got arn:aws:sqs:*:1:q" },
		{ name: "a question mark", statement: { Action: "a:Get?tem", Resource: "r" }, problem: "got a:Get?tem" },
		{ name: "no action", statement: { Action: [], Resource: "r" }, problem: "expected Action to name at least one, got none" },
		{ name: "a resource that is no text", statement: { Action: "a:B", Resource: [1] }, problem: "expected Resource to name at least one" },
	])("with $name is refused by name", ({ statement, problem }) => {
		expect(() => readGrants("poller", "needs", allow(statement))).toThrow(`policy needs of role poller, statement 1: `);
		expect(() => readGrants("poller", "needs", allow(statement))).toThrow(problem);
	});

	test("that is not JSON is refused", () => {
		expect(() => readGrants("poller", "needs", "{")).toThrow("policy needs of role poller: expected a JSON document");
	});

	test.each([
		["dynamodb:GetItem", "dynamodb:GetItem", true],
		["dynamodb:GetItem", "dynamodb:PutItem", false],
		["dynamodb:*", "dynamodb:PutItem", true],
		["dynamodb:*", "sqs:SendMessage", false],
		["*", "anything", true],
		[table, `${table}/index/due`, false],
	])("%s covers %s: %s", (pattern, value, expected) => {
		expect(covers(pattern, value)).toBe(expected);
	});
});

describe("a trust policy", () => {
	test("names principals and conditions", () => {
		const document = trust({ AWS: "arn:aws:iam::765628985471:root" }, { StringEquals: { "sts:ExternalId": "org" } });
		expect(readTrust("ledger", document)).toEqual([
			{ principals: ["arn:aws:iam::765628985471:root"], conditions: { "sts:ExternalId": ["org"] } },
		]);
	});

	test.each([
		{
			name: "another operator",
			document: trust({ Service: "s" }, { StringLike: {} }),
			problem: "expected StringEquals conditions only, got StringLike",
		},
		{
			name: "another kind of principal",
			document: trust({ Federated: "f" }),
			problem: "expected a Service or AWS principal, got Federated",
		},
	])("with $name is refused by name", ({ document, problem }) => {
		expect(() => readTrust("ledger", document)).toThrow(`trust policy of role ledger, statement 1: ${problem}`);
	});
});

describe("IAM", () => {
	const role = "arn:aws:iam::123456789012:role/poller";

	function iamWith(policy: string): Iam {
		const iam = new Iam();
		iam.addRole(role, "poller", trust({ Service: "lambda.amazonaws.com" }, { StringEquals: { "aws:SourceAccount": "123456789012" } }));
		iam.addPolicy("poller", "needs", policy);
		return iam;
	}

	test("knows which grant a call needed, and which none did", () => {
		const iam = iamWith(allow({ Action: ["dynamodb:GetItem", "dynamodb:PutItem"], Resource: table }));
		iam.authorize(role, "dynamodb:PutItem", table);
		expect(iam.grants().map(({ action, used }) => ({ action, used }))).toEqual([
			{ action: "dynamodb:GetItem", used: false },
			{ action: "dynamodb:PutItem", used: true },
		]);
		expect(iam.refusals).toEqual([]);
	});

	test("counts only the first of two statements that allow the same", () => {
		const iam = iamWith(allow({ Action: "dynamodb:*", Resource: table }, { Action: "dynamodb:GetItem", Resource: table }));
		iam.authorize(role, "dynamodb:GetItem", table);
		expect(iam.grants().map(({ used }) => used)).toEqual([true, false]);
	});

	test("refuses what no statement allows, with all there is to say", () => {
		const iam = iamWith(allow({ Action: "dynamodb:GetItem", Resource: table }));
		expect(() => iam.authorize(role, "dynamodb:PutItem", table, "poller")).toThrow(
			expect.objectContaining({
				name: "EdgeError",
				reason: "forbidden",
				retry: false,
				message: `${role} is not authorized to perform dynamodb:PutItem on ${table}: no declared statement allows it`,
			}),
		);
		expect(iam.refusals).toEqual([{ principal: role, action: "dynamodb:PutItem", resource: table, function: "poller" }]);
	});

	test("allows what has a condition only to a request that fulfils it", () => {
		const service = { "iam:PassedToService": "ssm.amazonaws.com" };
		const iam = iamWith(allow({ Action: "iam:PassRole", Resource: table, Condition: { StringEquals: service } }));
		for (const context of [undefined, {}, { "iam:PassedToService": "ec2.amazonaws.com" }])
			expect(() => iam.authorize(role, "iam:PassRole", table, "poller", context)).toThrow("no declared statement allows it");
		iam.authorize(role, "iam:PassRole", table, "poller", service);
		expect(iam.grants()).toMatchObject([{ used: true, conditions: { "iam:PassedToService": ["ssm.amazonaws.com"] } }]);
	});

	test("denies what a statement denies, whatever allows it, where its condition holds", () => {
		const source = { "lambda:SourceFunctionArn": "arn:aws:lambda:eu-central-1:123456789012:function:poller" };
		const all = { Action: "ec2:CreateNetworkInterface", Resource: "*" };
		const iam = iamWith(allow(all, { ...all, Effect: "Deny", Condition: { StringEquals: source } }));
		iam.authorize(role, "ec2:CreateNetworkInterface", "*");
		expect(() => iam.authorize(role, "ec2:CreateNetworkInterface", "*", "poller", source)).toThrow(
			"is not authorized to perform ec2:Create",
		);
		expect(iam.grants()).toMatchObject([{ effect: "Allow", used: true }]);
	});

	test("takes no more of all policies of one role than AWS does", () => {
		const statement = { Action: "dynamodb:GetItem", Resource: [table.padEnd(6000, "x")] };
		const iam = iamWith(allow(statement));
		expect(() => iam.addPolicy("poller", "more", allow(statement))).toThrow(
			"expected at most 10240 characters of policies for role poller, got 12",
		);
	});

	test("a role that does not exist may do nothing", () => {
		const iam = new Iam();
		expect(() => iam.authorize(role, "dynamodb:GetItem", table)).toThrow("is not authorized to perform dynamodb:GetItem");
		expect(() => iam.addPolicy("poller", "needs", allow())).toThrow("policy needs: expected role poller to be declared, got no such role");
	});

	test.each([
		{ name: "the trusted service in the trusted account", principal: "lambda.amazonaws.com", account: "123456789012", trusted: true },
		{ name: "another service", principal: "scheduler.amazonaws.com", account: "123456789012", trusted: false },
		{ name: "another account", principal: "lambda.amazonaws.com", account: "210987654321", trusted: false },
	])("lets $name assume the role: $trusted", ({ principal, account, trusted }) => {
		const iam = iamWith(allow());
		const caller = { principal, context: { "aws:SourceAccount": account } };
		expect(iam.trusts(role, caller)).toBe(trusted);
		if (trusted) iam.assume(role, caller);
		else expect(() => iam.assume(role, caller)).toThrow(`${principal} is not authorized to perform sts:AssumeRole on ${role}`);
		expect(iam.refusals).toHaveLength(trusted ? 0 : 1);
	});
});
