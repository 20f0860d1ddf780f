import { beforeAll, describe, expect, it } from "vitest";
import type { Declaration } from "./declared.ts";
import { stackOf } from "./stacks.ts";
import { declaredSystem, the } from "./system.ts";

const organizationId = "5f2c1a9e-8b7d-4c36-9a10-2e64d0b7f3c8";
const sourceName = `aws.partner/genesys.com/cloud/${organizationId}/runbooks-dev`;
const chosen = ["v2.telephony.providers.edges.trunks.{id}", "v2.analytics.queues.{id}.observations"];

const withEvents = (events: unknown) => {
	const dev = stackOf("dev");
	return declaredSystem({ ...dev, config: { ...dev.config, events } });
};

let made: Declaration;
let without: Declaration;
beforeAll(async () => {
	made = await withEvents({ topics: { trunks: {}, "queue-observations": {} } });
	without = await declaredSystem(stackOf("dev"));
});

describe("events by Amazon EventBridge", () => {
	it("are off by default: nothing of them is declared", () => {
		expect(without.resources.filter(({ name }) => name.startsWith("runbooks-events"))).toEqual([]);
		const names = new Set(without.resources.map(({ type, name }) => `${type} ${name}`));
		const own = made.resources
			.filter(({ custom, type, name }) => custom && !names.has(`${type} ${name}`))
			.map(({ type, name }) => [type.split(":").at(-1), name]);
		expect(own.map((each) => each.join(" ")).toSorted()).toEqual([
			"EventBus runbooks-events-bus-bus",
			"EventRule runbooks-events-bus-rule",
			"EventSourceMapping runbooks-events-listener-messages",
			"EventTarget runbooks-events-bus-target",
			"Function runbooks-events-listener-function",
			"Integration runbooks-events-source-integration",
			"LogGroup runbooks-events-listener-logs",
			"MetricAlarm runbooks-watch-duration-listener",
			"MetricAlarm runbooks-watch-errors-listener",
			"MetricAlarm runbooks-watch-events-age",
			"MetricAlarm runbooks-watch-events-dead",
			"MetricAlarm runbooks-watch-throttles-listener",
			"Queue runbooks-events-buffer-dead",
			"Queue runbooks-events-buffer-queue",
			"QueuePolicy runbooks-events-bus-dead-policy",
			"QueuePolicy runbooks-events-bus-queue-policy",
			"Role runbooks-events-listener-role",
			"RolePolicy runbooks-events-listener-policy",
		]);
	});

	it("come from an enabled integration that carries the chosen topics only", () => {
		const { inputs } = the(made, "Integration", "runbooks-events-source-integration");
		const { properties, ...config } = Object(inputs.config);
		expect({ ...inputs, config }).toMatchObject({
			integrationType: "amazon-eventbridge-source",
			intendedState: "ENABLED",
			config: { name: "runbooks-dev events", advanced: "{}", credentials: {} },
		});
		expect(JSON.parse(properties)).toMatchObject({ eventSourceSuffix: "runbooks-dev", eventFilter: chosen });
	});

	it("come to the bus of the event source's name, which waits for the integration", () => {
		const bus = the(made, "EventBus", "runbooks-events-bus-bus");
		expect(bus.inputs).toMatchObject({ name: sourceName, eventSourceName: sourceName });
		expect(bus.dependencies).toContain("Integration runbooks-events-source-integration");
	});

	it("have the suffix that the settings give", async () => {
		const other = await withEvents({ sourceSuffix: "on-call", topics: { trunks: {} } });
		expect(the(other, "EventBus", "runbooks-events-bus-bus").inputs.name).toBe(sourceName.replace("runbooks-dev", "on-call"));
	});

	it("are taken by a rule of these topics, and wait in a queue that only this rule may send to", () => {
		const { inputs } = the(made, "EventRule", "runbooks-events-bus-rule");
		expect(JSON.parse(String(inputs.eventPattern))).toEqual({ source: [{ prefix: "aws.partner/genesys.com" }], "detail-type": chosen });
		for (const [name, queue] of [
			["queue", "runbooks-dev-events"],
			["dead", "runbooks-dev-events-dead"],
		]) {
			const policy = the(made, "QueuePolicy", `runbooks-events-bus-${name}-policy`);
			expect(JSON.parse(String(policy.inputs.policy)).Statement).toEqual([
				{
					Sid: "TakeEvents",
					Effect: "Allow",
					Principal: { Service: "events.amazonaws.com" },
					Action: "sqs:SendMessage",
					Resource: `arn:Queue:${queue}`,
					Condition: { ArnEquals: { "aws:SourceArn": "arn:EventRule:runbooks-dev-events" } },
				},
			]);
		}
		const target = the(made, "EventTarget", "runbooks-events-bus-target");
		expect(target.inputs).toMatchObject({
			arn: "arn:Queue:runbooks-dev-events",
			deadLetterConfig: { arn: "arn:Queue:runbooks-dev-events-dead" },
		});
	});

	it("are encrypted where they wait, and kept for two weeks where nobody could take them", () => {
		const queue = the(made, "Queue", "runbooks-events-buffer-queue").inputs;
		expect(queue).toMatchObject({ sqsManagedSseEnabled: true, visibilityTimeoutSeconds: 360, messageRetentionSeconds: 14_400 });
		expect(JSON.parse(String(queue.redrivePolicy))).toEqual({
			deadLetterTargetArn: "arn:Queue:runbooks-dev-events-dead",
			maxReceiveCount: 3,
		});
		expect(the(made, "Queue", "runbooks-events-buffer-dead").inputs).toMatchObject({
			sqsManagedSseEnabled: true,
			messageRetentionSeconds: 14 * 86_400,
		});
	});

	it("are taken ten at a time, by two runs at most, each event failing by itself", () => {
		expect(the(made, "EventSourceMapping", "runbooks-events-listener-messages").inputs).toMatchObject({
			eventSourceArn: "arn:Queue:runbooks-dev-events",
			batchSize: 10,
			scalingConfig: { maximumConcurrency: 2 },
			functionResponseTypes: ["ReportBatchItemFailures"],
		});
	});

	it("are taken by a function that may use the ledger and the two queues, and holds no secret", () => {
		const { Statement } = JSON.parse(String(the(made, "RolePolicy", "runbooks-events-listener-policy").inputs.policy));
		expect(Statement.map(({ Sid, Action }: { readonly Sid: string; readonly Action: unknown }) => [Sid, Action])).toEqual([
			["WriteOwnLogs", ["logs:CreateLogStream", "logs:PutLogEvents"]],
			["UseLedger", ["dynamodb:GetItem", "dynamodb:PutItem"]],
			["SendToQueue", ["sqs:SendMessage"]],
			["TakeFromQueue", ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]],
		]);
		const { environment } = the(made, "Function", "runbooks-events-listener-function").inputs;
		expect(Object.keys(Object(environment).variables).toSorted()).toEqual(["QUEUE_URL", "TABLE_NAME"]);
	});
});
