import { describe, expect, test } from "vitest";
import { dispatcherHandler } from "../../../functions/dispatcher.ts";
import { allow, arns, declareFunction, declareQueue, declareTable, doing, type Offline, offline, start, trust } from "./declaredAccount.ts";

const receives = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];

const message = (occurrence: number) => JSON.stringify({ incidentKey: "inc:1:dev:trunk-down:a", occurrence });

interface Records {
	readonly Records: readonly {
		readonly messageId: string;
		readonly body: string;
		readonly attributes: { readonly ApproximateReceiveCount: string };
	}[];
}

/** What a handler under test sees of a batch; the cast is the border to untyped JSON. */
const batch = (event: unknown) => (event as Records).Records;

function mapped(account: Offline, inputs: Readonly<Record<string, unknown>> = {}, actions: readonly string[] = receives): void {
	declareTable(account);
	declareQueue(account);
	declareFunction(account, "dispatcher", { policy: allow({ Action: actions, Resource: arns.queue }) });
	account.aws.create("aws:lambda/eventSourceMapping:EventSourceMapping", "m", {
		functionName: arns.lambda("dispatcher"),
		eventSourceArn: arns.queue,
		batchSize: 2,
		functionResponseTypes: ["ReportBatchItemFailures"],
		...inputs,
	});
}

const queueOf = (account: Offline, name = "runbooks-dev-dispatch") => {
	const queue = account.aws.state.queues.find((candidate) => candidate.name === name)?.queue;
	if (queue === undefined) throw new Error(`expected a queue ${name}`);
	return queue;
};

describe("an event source mapping", () => {
	test("takes messages to the function in batches, at the instant at which they are visible, and deletes them", async () => {
		const seen: string[] = [];
		const account = offline({
			dispatcher: doing(async (_, event) => {
				seen.push(`${(account.clock.now() - start) / 1000}s: ${batch(event).length}`);
				return { batchItemFailures: [] };
			}),
		});
		mapped(account);
		for (const occurrence of [1, 2, 3]) queueOf(account).add(message(occurrence));
		queueOf(account).add(message(4), 90);
		await account.clock.run(start + 600_000);
		expect(seen).toEqual(["0s: 2", "0s: 1", "90s: 1"]);
		expect(queueOf(account).bodies()).toEqual([]);
		expect(account.aws.refusals).toEqual([]);
		const polls = account.aws.grants().filter(({ policy }) => policy === "dispatcher-needs");
		expect(polls.map(({ action, used }) => ({ action, used }))).toEqual(receives.map((action) => ({ action, used: true })));
	});

	test("runs at most maximumConcurrency batches at once", async () => {
		let running = 0;
		const atOnce: number[] = [];
		const account = offline({
			dispatcher: doing(async () => {
				running += 1;
				atOnce.push(running);
				await account.clock.sleep(10_000);
				running -= 1;
				return { batchItemFailures: [] };
			}),
		});
		mapped(account, { batchSize: 1, scalingConfig: { maximumConcurrency: 2 } });
		for (let occurrence = 1; occurrence <= 5; occurrence += 1) queueOf(account).add(message(occurrence));
		await account.clock.run(start + 600_000);
		expect(atOnce).toHaveLength(5);
		expect(Math.max(...atOnce)).toBe(2);
		expect(queueOf(account).bodies()).toEqual([]);
	});

	test("keeps only what the function reports, and delivers it again after the visibility timeout; then it is a dead letter", async () => {
		const seen: string[] = [];
		const failures: unknown[] = [];
		const account = offline(
			{
				dispatcher: doing(async (_, event) => {
					const bad = batch(event).filter(({ body }) => body === message(2));
					for (const { attributes } of bad)
						seen.push(`${(account.clock.now() - start) / 1000}s: receive ${attributes.ApproximateReceiveCount}`);
					return { batchItemFailures: bad.map(({ messageId }) => ({ itemIdentifier: messageId })) };
				}),
			},
			{ batchFailed: (failure) => failures.push(failure) },
		);
		mapped(account);
		queueOf(account).add(message(1));
		queueOf(account).add(message(2));
		await account.clock.run(start + 3_600_000);
		expect(seen).toEqual(["0s: receive 1", "180s: receive 2"]);
		expect(queueOf(account).bodies()).toEqual([]);
		expect(queueOf(account, "runbooks-dev-dispatch-dead").bodies()).toEqual([message(2)]);
		const failed = { queue: "runbooks-dev-dispatch", messageIds: ["message-000002"] };
		expect(failures).toEqual([failed, failed]);
	});

	test.each([
		{ name: "an identifier that was not sent", answer: { batchItemFailures: [{ itemIdentifier: "other" }] } },
		{ name: "no identifier", answer: { batchItemFailures: [{}] } },
		{ name: "something else than a list", answer: { batchItemFailures: "all" } },
	])("takes an answer with $name for a failure of the whole batch", async ({ answer }) => {
		const account = offline({ dispatcher: doing(async () => answer) });
		mapped(account);
		queueOf(account).add(message(1));
		await account.clock.run(start + 1000);
		expect(queueOf(account).bodies()).toEqual([message(1)]);
	});

	test("keeps the whole batch of a function that throws", async () => {
		const errors: unknown[] = [];
		const account = offline(
			{ dispatcher: doing(async () => Promise.reject(new Error("broken"))) },
			{ batchFailed: ({ error }) => errors.push(error) },
		);
		mapped(account);
		queueOf(account).add(message(1));
		await account.clock.run(start + 1000);
		expect(queueOf(account).bodies()).toEqual([message(1)]);
		expect(errors).toMatchObject([{ name: "FunctionFailed", message: "runbooks-dev-dispatcher: broken" }]);
	});

	test("without ReportBatchItemFailures deletes everything that did not throw", async () => {
		const account = offline({
			dispatcher: doing(async (_, event) => ({ batchItemFailures: batch(event).map(({ messageId }) => ({ itemIdentifier: messageId })) })),
		});
		mapped(account, { functionResponseTypes: [] });
		queueOf(account).add(message(1));
		await account.clock.run(start + 1000);
		expect(queueOf(account).bodies()).toEqual([]);
	});

	test.each(receives)("receives nothing without %s, and the refusal is kept", async (missing) => {
		let ran = false;
		const account = offline({
			dispatcher: doing(async () => {
				ran = true;
			}),
		});
		mapped(
			account,
			{},
			receives.filter((action) => action !== missing),
		);
		queueOf(account).add(message(1));
		await account.clock.run(start + 1000);
		expect(ran).toBe(false);
		expect(account.aws.refusals).toEqual([
			{ principal: arns.role("runbooks-dev-dispatcher"), action: missing, resource: arns.queue, function: "runbooks-dev-dispatcher" },
		]);
	});

	test("that is disabled does nothing", async () => {
		const account = offline();
		mapped(account, { enabled: false });
		queueOf(account).add(message(1));
		await account.clock.run(start + 1000);
		expect(queueOf(account).receive(1)).toMatchObject([{ receiveCount: 1 }]);
	});

	test("with the dispatcher itself makes a message that it cannot read wait, longer each time", async () => {
		const account = offline({ dispatcher: dispatcherHandler });
		mapped(account, {}, [...receives, "sqs:ChangeMessageVisibility"]);
		queueOf(account).add("not a message");
		await account.clock.run(start + 29_999);
		expect(queueOf(account).depth()).toEqual({ visible: 0, delayed: 0, inFlight: 1 });
		await account.clock.run(start + 3_600_000);
		expect(queueOf(account, "runbooks-dev-dispatch-dead").bodies()).toEqual(["not a message"]);
		expect(account.aws.refusals).toEqual([]);
	});
});

describe("a schedule", () => {
	function scheduled(account: Offline, options: { policy?: string; service?: string; inputs?: Readonly<Record<string, unknown>> } = {}) {
		declareFunction(account, "poller");
		const assumeRolePolicy = trust(
			{ Service: options.service ?? "scheduler.amazonaws.com" },
			{ StringEquals: { "aws:SourceAccount": "123456789012" } },
		);
		const role = account.aws.create("aws:iam/role:Role", "s", { name: "runbooks-dev-poller-schedule", assumeRolePolicy });
		const policy = options.policy ?? allow({ Action: "lambda:InvokeFunction", Resource: arns.lambda("poller") });
		account.aws.create("aws:iam/rolePolicy:RolePolicy", "s", { name: "invoke", role: "runbooks-dev-poller-schedule", policy });
		account.aws.create("aws:scheduler/schedule:Schedule", "s", {
			name: "runbooks-dev-poller",
			scheduleExpression: "rate(1 minute)",
			flexibleTimeWindow: { mode: "OFF" },
			target: { arn: arns.lambda("poller"), roleArn: role.outputs.arn },
			...options.inputs,
		});
		const [schedule] = account.aws.schedules();
		if (schedule === undefined) throw new Error("expected a schedule");
		return schedule;
	}

	test("says which function, how often, as whom", () => {
		expect(scheduled(offline())).toMatchObject({
			functionName: "runbooks-dev-poller",
			everySeconds: 60,
			roleArn: arns.role("runbooks-dev-poller-schedule"),
			enabled: true,
		});
		expect(scheduled(offline(), { inputs: { state: "DISABLED", scheduleExpression: "rate(2 hours)" } })).toMatchObject({
			everySeconds: 7200,
			enabled: false,
		});
	});

	test("runs its function with the scheduler's event", async () => {
		const account = offline({ poller: doing(async (_, event) => event) });
		const schedule = scheduled(account);
		expect(await account.run(() => account.aws.runSchedule(schedule))).toMatchObject({
			source: "aws.scheduler",
			time: "2026-11-24T09:00:00.000Z",
			resources: ["arn:aws:scheduler:eu-central-1:123456789012:schedule/default/runbooks-dev-poller"],
		});
	});

	test("whose role may not invoke the function is refused", async () => {
		const account = offline();
		const schedule = scheduled(account, { policy: allow({ Action: "lambda:InvokeFunction", Resource: arns.lambda("overseer") }) });
		await expect(account.run(() => account.aws.runSchedule(schedule))).rejects.toMatchObject({ name: "EdgeError", reason: "forbidden" });
		expect(account.aws.refusals).toEqual([
			{
				principal: arns.role("runbooks-dev-poller-schedule"),
				action: "lambda:InvokeFunction",
				resource: arns.lambda("poller"),
				function: "runbooks-dev-poller",
			},
		]);
	});

	test("whose role does not trust the scheduler is refused", async () => {
		const account = offline();
		const schedule = scheduled(account, { service: "lambda.amazonaws.com" });
		await expect(account.run(() => account.aws.runSchedule(schedule))).rejects.toThrow(
			"scheduler.amazonaws.com is not authorized to perform sts:AssumeRole",
		);
	});
});
