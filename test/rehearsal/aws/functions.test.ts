import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import type { Ports } from "../../../functions/edges/ports.ts";
import { EdgeError } from "../../../functions/pipeline/ports.ts";
import { exampleSettings } from "../../functions/edges/runtimeSettings.ts";
import { allow, archive, arns, declareFunction, declareQueue, declareTable, doing, offline, start, trust } from "./declaredAccount.ts";

const name = "runbooks-dev-overseer";
const role = arns.role(name);
const everything = allow(
	{ Sid: "Ledger", Action: ["dynamodb:GetItem", "dynamodb:PutItem"], Resource: arns.table },
	{ Sid: "Due", Action: "dynamodb:Query", Resource: `${arns.table}/index/due` },
	{ Sid: "Send", Action: "sqs:SendMessage", Resource: arns.queue },
	{ Sid: "Wait", Action: "sqs:ChangeMessageVisibility", Resource: arns.queue },
);
const message = { incidentKey: "inc:1:dev:trunk-down:a", occurrence: 1 };

/** An account whose overseer does one thing, with what it is allowed. */
function overseerThat(work: (ports: Ports, event: unknown) => Promise<unknown>, policy: string | undefined = everything, inputs = {}) {
	const account = offline({ overseer: doing(work) });
	declareTable(account);
	declareQueue(account);
	declareFunction(account, "overseer", { ...(policy === undefined ? {} : { policy }), inputs });
	return account;
}

describe("an invocation", () => {
	test("hands the event to the handler and its answer back, by name or by ARN", async () => {
		const account = overseerThat(async (_, event) => ({ got: event }));
		expect(await account.run(() => account.aws.invoke(name, { a: 1 }))).toEqual({ got: { a: 1 } });
		expect(await account.run(() => account.aws.invoke(arns.lambda("overseer"), { a: 2 }))).toEqual({ got: { a: 2 } });
	});

	test("gives the handler its settings out of the declared archive, also as Pulumi itself makes one", async () => {
		const code = new pulumi.asset.AssetArchive({
			"index.mjs": new pulumi.asset.StringAsset("export {}"),
			"settings.json": new pulumi.asset.StringAsset(JSON.stringify({ ...exampleSettings(), environment: "prod" })),
		});
		const account = overseerThat(async ({ settings }) => settings.environment, everything, { code });
		expect(await account.run(() => account.aws.invoke(name, {}))).toBe("prod");
	});

	test("uses every grant that its work needs, and no other", async () => {
		const account = overseerThat(async ({ ledger, queue, journal }) => {
			await ledger.write("k", 1, 0);
			await ledger.due(start, 1);
			await queue.send(message, 0);
			journal.log({ what: "observed" });
		});
		await account.run(() => account.aws.invoke(name, {}));
		expect(account.aws.grants().flatMap(({ action, used }) => (used ? [] : [action]))).toEqual([
			"dynamodb:GetItem",
			"sqs:ChangeMessageVisibility",
		]);
		expect(account.aws.refusals).toEqual([]);
		expect(account.logged).toEqual([{ what: "observed", by: "overseer" }]);
	});

	test.each([
		{ action: "dynamodb:GetItem", resource: arns.table, work: (ports: Ports) => ports.ledger.read("k") },
		{ action: "dynamodb:PutItem", resource: arns.table, work: (ports: Ports) => ports.ledger.write("k", 1, 0) },
		{ action: "dynamodb:Query", resource: `${arns.table}/index/due`, work: (ports: Ports) => ports.ledger.due(0, 1) },
		{ action: "sqs:SendMessage", resource: arns.queue, work: (ports: Ports) => ports.queue.send(message, 0) },
		{
			action: "sqs:ChangeMessageVisibility",
			resource: arns.queue,
			work: (ports: Ports) => ports.queue.backOff({ receiptHandle: "r", receiveCount: 1 }),
		},
	])("without $action in its role is refused, and the refusal is kept", async ({ action, resource, work }) => {
		const account = overseerThat(work, allow());
		await expect(account.run(() => account.aws.invoke(name, {}))).rejects.toMatchObject({
			name: "FunctionFailed",
			cause: { name: "EdgeError", reason: "forbidden", retry: false },
		});
		expect(account.aws.refusals).toEqual([{ principal: role, action, resource, function: name }]);
	});

	test("reads a secret that its role names, once in five minutes", async () => {
		const account = offline({ overseer: doing(async ({ webhookSecrets }) => webhookSecrets()) });
		const secret = account.aws.create("aws:secretsmanager/secret:Secret", "webhook", { name: "runbooks-dev/webhook" });
		account.aws.create("aws:secretsmanager/secretVersion:SecretVersion", "webhook", {
			secretId: secret.id,
			secretStringWo: JSON.stringify({ signingSecrets: ["s"] }),
		});
		const policy = allow({ Action: "secretsmanager:GetSecretValue", Resource: secret.id });
		const inputs = { environment: { variables: { SECRET_WEBHOOK: secret.id } } };
		declareFunction(account, "overseer", { policy, inputs });
		expect(await account.run(() => account.aws.invoke(name, {}))).toEqual(["s"]);
		expect(account.aws.grants().find(({ action }) => action === "secretsmanager:GetSecretValue")?.used).toBe(true);
	});

	test.each([
		{ name: "a table", work: (ports: Ports) => ports.ledger.read("k"), variable: "TABLE_NAME", value: "other-table", service: "DynamoDB" },
		{
			name: "a queue",
			work: (ports: Ports) => ports.queue.send(message, 0),
			variable: "QUEUE_URL",
			value: "https://sqs.test/other",
			service: "SQS",
		},
		{
			name: "a secret",
			work: (ports: Ports) => ports.webhookSecrets(),
			variable: "SECRET_WEBHOOK",
			value: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:other",
			service: "Secrets Manager",
		},
	])("whose environment names $name that is not declared fails as AWS would", async ({ work, variable, value, service }) => {
		const policy = allow({ Action: "*", Resource: "*" });
		const account = overseerThat(async (ports) => work(ports), policy, { environment: { variables: { [variable]: value } } });
		await expect(account.run(() => account.aws.invoke(name, {}))).rejects.toMatchObject({
			cause: {
				name: "EdgeError",
				reason: "not-found",
				message: expect.stringMatching(new RegExp(`^${service}: expected a declared .*, got ${value}$`)),
			},
		});
	});

	test("of a table without the index due cannot ask what is due", async () => {
		const account = offline({ overseer: doing(({ ledger }) => ledger.due(0, 1)) });
		account.aws.create("aws:dynamodb/table:Table", "t", {
			name: "runbooks-dev-incidents",
			hashKey: "pk",
			ttl: { attributeName: "exp", enabled: true },
		});
		declareFunction(account, "overseer", { policy: everything });
		await expect(account.run(() => account.aws.invoke(name, {}))).rejects.toMatchObject({ cause: { reason: "rejected" } });
	});

	test.each([
		{ name: "without settings", files: { "settings.json": undefined }, problem: "expected settings.json in its archive" },
		{ name: "without code", files: { "index.mjs": undefined }, problem: "expected index.mjs in its archive" },
		{ name: "with malformed settings", files: { "settings.json": "{}" }, problem: "settings.json: environment: " },
	])("of an archive $name fails at its cold start, each time", async ({ files, problem }) => {
		const { assets } = archive();
		const account = overseerThat(async () => "ran", everything, {
			code: {
				assets: assets.then((all) => ({ ...all, ...Object.fromEntries(Object.entries(files).map(([file, text]) => [file, { text }])) })),
			},
		});
		for (let time = 0; time < 2; time += 1) await expect(account.run(() => account.aws.invoke(name, {}))).rejects.toThrow(problem);
	});

	test("of a function that is not declared is not-found", async () => {
		const account = offline();
		const invoke = account.run(() => account.aws.invoke("none", {}));
		await expect(invoke).rejects.toMatchObject({
			name: "EdgeError",
			reason: "not-found",
			message: "Lambda: expected a declared function, got none",
		});
	});

	test("of a function whose role does not trust Lambda is refused", async () => {
		const account = offline();
		account.aws.create("aws:iam/role:Role", "other", { name: "other", assumeRolePolicy: trust({ Service: "ec2.amazonaws.com" }) });
		declareFunction(account, "overseer", { inputs: { role: arns.role("other") } });
		await expect(account.run(() => account.aws.invoke(name, {}))).rejects.toMatchObject({ name: "EdgeError", reason: "forbidden" });
		expect(account.aws.refusals).toEqual([
			{ principal: "lambda.amazonaws.com", action: "sts:AssumeRole", resource: arns.role("other"), function: name },
		]);
	});

	test("that throws fails with what it threw as the cause", async () => {
		const cause = new Error("broken");
		const account = overseerThat(async () => Promise.reject(cause));
		await expect(account.run(() => account.aws.invoke(name, {}))).rejects.toMatchObject({
			name: "FunctionFailed",
			message: `${name}: broken`,
			cause,
		});
	});
});

describe("the limits of a function", () => {
	test("one that may run once at a time refuses the second, and takes a third after the first", async () => {
		const account = offline({ overseer: doing(async () => account.clock.sleep(5000)) });
		declareFunction(account, "overseer", { inputs: { reservedConcurrentExecutions: 1 } });
		const results: string[] = [];
		for (const at of [0, 1000, 6000]) {
			account.clock.at(start + at, "work", async () => {
				results.push(
					await account.aws.invoke(name, {}).then(
						() => `${at} ran`,
						(error: EdgeError) => `${at} ${error.reason}`,
					),
				);
			});
		}
		await account.clock.run(start + 60_000);
		expect(results).toEqual(["1000 rate-limited", "0 ran", "6000 ran"]);
	});

	test("one that takes longer than its timeout can do nothing after it, and fails", async () => {
		const after: string[] = [];
		const account = offline({
			overseer: doing(async ({ ledger }) => {
				await ledger.write("before", 1, 0);
				await account.clock.sleep(31_000);
				await ledger.write("after", 1, 0).finally(() => after.push("answered"));
			}),
		});
		declareTable(account);
		declareFunction(account, "overseer", { policy: everything });
		await expect(account.run(() => account.aws.invoke(name, {}))).rejects.toMatchObject({
			cause: { name: "EdgeError", reason: "timeout" },
		});
		expect(after).toEqual([]);
		expect(account.aws.state.tables[0]?.ledger.items().map(({ key }) => key)).toEqual(["before"]);
	});

	test("what is made at the cold start is kept, launch ids count on", async () => {
		const seen: Ports[] = [];
		const account = overseerThat(async (ports) => {
			seen.push(ports);
			return ports.newId();
		});
		expect(await account.run(() => account.aws.invoke(name, {}))).toBe("launch-1");
		expect(await account.run(() => account.aws.invoke(name, {}))).toBe("launch-2");
		expect(seen[0]).toBe(seen[1]);
	});
});

describe("what a function tells", () => {
	const tells = doing(async ({ journal }) => {
		journal.log({ what: "observed" });
		return "ran";
	});

	test("is lost, and the refusal kept, when it may not write its log; the function runs all the same", async () => {
		const account = offline({ poller: tells });
		account.aws.create("aws:cloudwatch/logGroup:LogGroup", "l", { name: "/aws/lambda/runbooks-dev-poller" });
		account.aws.create("aws:iam/role:Role", "r", { name: "silent", assumeRolePolicy: trust({ Service: "lambda.amazonaws.com" }) });
		account.aws.create("aws:lambda/function:Function", "f", {
			name: "runbooks-dev-poller",
			role: arns.role("silent"),
			handler: "index.handler",
			code: archive(),
		});
		expect(await account.run(() => account.aws.invoke("runbooks-dev-poller", {}))).toBe("ran");
		expect(account.logged).toEqual([]);
		expect(account.aws.refusals).toEqual([
			{
				principal: arns.role("silent"),
				action: "logs:CreateLogStream",
				resource: `${arns.logs("poller")}:log-stream:1`,
				function: "runbooks-dev-poller",
			},
		]);
	});

	test("is lost when its log group is not declared", async () => {
		const account = offline({ poller: tells });
		declareFunction(account, "poller", { inputs: { loggingConfig: { logFormat: "JSON", logGroup: "/elsewhere" } } });
		await account.run(() => account.aws.invoke("runbooks-dev-poller", {}));
		expect(account.logged).toEqual([]);
		expect(account.aws.refusals).toMatchObject([{ action: "logs:CreateLogGroup", resource: "/elsewhere" }]);
	});
});

describe("a fault of a service", () => {
	test("makes its calls fail with the reason until it is over", async () => {
		const account = overseerThat(async ({ ledger }) =>
			ledger.read("k").then(
				() => "read",
				(error: EdgeError) => error.reason,
			),
		);
		account.aws.setFault("dynamodb", "unavailable");
		expect(await account.run(() => account.aws.invoke(name, {}))).toBe("unavailable");
		account.aws.setFault("dynamodb");
		expect(await account.run(() => account.aws.invoke(name, {}))).toBe("read");
	});

	test("of Lambda makes invocations fail", async () => {
		const account = overseerThat(async () => "ran");
		account.aws.setFault("lambda", "unavailable");
		await expect(account.run(() => account.aws.invoke(name, {}))).rejects.toBeInstanceOf(EdgeError);
	});
});
