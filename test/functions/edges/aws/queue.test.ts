import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { type FauxqsServer, startFauxqs } from "fauxqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sqsQueue } from "../../../../functions/edges/aws/sqs.ts";
import { backOffSeconds } from "../../../../functions/edges/http/backOff.ts";
import { MemoryQueue, memoryQueue } from "../../../../functions/edges/memory/queue.ts";
import { loopback } from "../loopback.ts";
import { standingClock } from "./ledgerContract.ts";
import { type QueueUnderTest, queueContract } from "./queueContract.ts";

let server: FauxqsServer;
let client: SQSClient;
let queues = 0;

beforeAll(async () => {
	server = await startFauxqs({ port: 0, logger: false });
	client = new SQSClient(loopback(server.port));
});

afterAll(async () => {
	client.destroy();
	await server.stop();
});

async function onFauxqs(): Promise<QueueUnderTest> {
	queues += 1;
	const { QueueUrl: queueUrl = "" } = await client.send(new CreateQueueCommand({ QueueName: `dispatch-${queues}` }));
	return {
		queue: sqsQueue({ client, queueUrl }),
		receive: async () => {
			const asked = { QueueUrl: queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 0, MessageSystemAttributeNames: ["All" as const] };
			const { Messages: messages = [] } = await client.send(new ReceiveMessageCommand(asked));
			return messages.map(({ Body: body = "", ReceiptHandle: receiptHandle = "", Attributes: attributes }) => ({
				body,
				receiptHandle,
				receiveCount: Number(attributes?.ApproximateReceiveCount),
			}));
		},
		depth: async () => {
			const { Attributes: attributes = {} } = await client.send(
				new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ["All"] }),
			);
			return {
				visible: Number(attributes.ApproximateNumberOfMessages),
				delayed: Number(attributes.ApproximateNumberOfMessagesDelayed),
				inFlight: Number(attributes.ApproximateNumberOfMessagesNotVisible),
			};
		},
	};
}

async function inMemory(): Promise<QueueUnderTest> {
	const queue = memoryQueue(standingClock());
	return { queue, receive: async () => queue.receive(10), depth: async () => queue.depth() };
}

queueContract("sqsQueue", onFauxqs);
queueContract("memoryQueue", inMemory);

describe("sqsQueue: failures", () => {
	test("a queue that does not exist is not-found, without a retry", async () => {
		const queue = sqsQueue({ client, queueUrl: `http://127.0.0.1:${server.port}/000000000000/none` });
		const send = queue.send({ incidentKey: "inc:1:dev:trunk-down:a", occurrence: 1 }, 0);
		await expect(send).rejects.toMatchObject({ name: "EdgeError", reason: "not-found", retry: false });
	});
});

describe("MemoryQueue: what AWS does in time", () => {
	const body = "a message";

	test("a delayed message is there at the end of its delay, not before", () => {
		const clock = standingClock();
		const queue = memoryQueue(clock);
		queue.add(body, 60);
		clock.move(59_999);
		expect(queue.receive(10)).toEqual([]);
		clock.move(1);
		expect(queue.receive(10)).toHaveLength(1);
	});

	test("a message that is not deleted comes back after the visibility timeout, with a higher receive count", () => {
		const clock = standingClock();
		const queue = memoryQueue(clock, { visibilityTimeoutSeconds: 180 });
		queue.add(body);
		const [first] = queue.receive(10);
		clock.move(180_000);
		const [second] = queue.receive(10);
		expect([first?.receiveCount, second?.receiveCount]).toEqual([1, 2]);
		expect(second?.messageId).toBe(first?.messageId);
	});

	test("the receipt handle of an earlier delivery deletes nothing", () => {
		const clock = standingClock();
		const queue = memoryQueue(clock);
		queue.add(body);
		const [first] = queue.receive(10);
		clock.move(30_000);
		const [second] = queue.receive(10);
		queue.delete(first?.receiptHandle ?? "");
		expect(queue.bodies()).toEqual([body]);
		queue.delete(second?.receiptHandle ?? "");
		expect(queue.bodies()).toEqual([]);
	});

	test("after maxReceiveCount receives a message goes to the dead letters", () => {
		const clock = standingClock();
		const deadLetters = memoryQueue(clock);
		const queue = memoryQueue(clock, { maxReceiveCount: 2, deadLetters });
		queue.add(body);
		for (const expected of [1, 1, 0]) {
			expect(queue.receive(10)).toHaveLength(expected);
			clock.move(30_000);
		}
		expect(queue.bodies()).toEqual([]);
		expect(deadLetters.bodies()).toEqual([body]);
	});

	test("says when a message will be visible: at once, after a delay, after a receive, after a back-off", async () => {
		const clock = standingClock();
		const seen: number[] = [];
		const queue = new MemoryQueue({ clock, visibilityTimeoutSeconds: 180, visible: (at) => seen.push((at - clock.now()) / 1000) });
		queue.add(body);
		queue.add(body, 45);
		const [first] = queue.receive(1);
		await queue.backOff({ receiptHandle: first?.receiptHandle ?? "", receiveCount: 3 });
		expect(seen).toEqual([0, 45, 180, 120]);
	});
});

test.each([
	{ asked: 45, seconds: 60 },
	{ asked: 240, seconds: 240 },
	{ asked: 86_400, seconds: 900 },
])("a system that asks for $asked s is given them, up to a quarter of an hour", ({ asked, seconds }) => {
	expect(backOffSeconds({ receiveCount: 2, retryAfterSeconds: asked })).toBe(seconds);
});

test.each([
	[1, 30],
	[2, 60],
	[3, 120],
	[4, 240],
	[5, 480],
	[6, 900],
	[50, 900],
])("a message that failed for the %i. time waits %i seconds", (receiveCount, seconds) => {
	expect(backOffSeconds({ receiveCount })).toBe(seconds);
});
