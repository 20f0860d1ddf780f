import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { functionNames } from "../../components/functions/bundle.ts";
import { functionTimeouts } from "../../components/functions/functionTimeouts.ts";
import { alarmKinds, alarmRows, descriptionOf } from "../../components/watch/alarmKinds.ts";
import { alarmsOf } from "../../components/watch/alarms.ts";
import { dashboardBody } from "../../components/watch/dashboard.ts";
import type { Declaration, Declared, Stack } from "./declared.ts";
import { stackOf } from "./stacks.ts";
import { declaredSystem, the } from "./system.ts";

const all = Object.fromEntries(functionNames.map((name) => [name, `runbooks-dev-${name}`]));
const watched = { functions: all, queue: "runbooks-dev-dispatch", deadLetters: "runbooks-dev-dispatch-dead" };

const withWatch = (watch: unknown, secrets: Readonly<Record<string, string>> = {}): Stack => {
	const { config, secretKeys, ...rest } = stackOf("dev");
	return { ...rest, config: { ...config, watch, ...secrets }, secretKeys: [...secretKeys, ...Object.keys(secrets)] };
};

let dev: Declaration;
beforeAll(async () => {
	dev = await declaredSystem(stackOf("dev"));
});

const ofType = (declaration: Declaration, type: string): readonly Declared[] =>
	declaration.resources.filter((each) => each.type.endsWith(`:${type}`));

describe("the alarms of a stack", () => {
	it("watch the heartbeats, every function's errors, throttles and long runs, the queues, the journal's errors and allowances", () => {
		expect(alarmsOf(watched).map(({ key }) => key)).toEqual([
			"heartbeat-poller",
			"heartbeat-overseer",
			...functionNames.flatMap((name) => [`errors-${name}`, `throttles-${name}`, `duration-${name}`]),
			"queue-age",
			"dead-letters",
			"error-events",
			"budget-spent",
		]);
	});

	it("miss a heartbeat after three minutes without data, and take no data for well everywhere else", () => {
		const missing = Object.groupBy(alarmsOf(watched), ({ missing: word }) => word);
		expect(missing.breaching).toEqual(
			["poller", "overseer"].map((name) => ({
				key: `heartbeat-${name}`,
				kind: "heartbeat",
				metrics: [{ namespace: "genesyscloud-runbooks", name: "heartbeat", dimensions: { service: `runbooks-dev-${name}` } }],
				statistic: "Sum",
				periodSeconds: 60,
				periods: 3,
				comparison: "LessThanThreshold",
				threshold: 1,
				missing: "breaching",
			})),
		);
	});

	it.each(functionNames)("call a run of the %s long from four fifths of its timeout on", (name) => {
		const alarm = alarmsOf(watched).find(({ key }) => key === `duration-${name}`);
		expect(alarm?.threshold).toBe(functionTimeouts[name].seconds * 800);
	});

	it("are declared for the functions that the stack has, under its names, and tell the topic of their beginning and end", () => {
		const alarms = ofType(dev, "MetricAlarm");
		const here = functionNames.filter((name) => !["remediator", "messenger", "listener"].includes(name));
		const functions = Object.fromEntries(here.map((name) => [name, `runbooks-dev-${name}`]));
		expect(alarms.map(({ inputs }) => inputs.name).toSorted()).toEqual(
			alarmsOf({ ...watched, functions })
				.map(({ key }) => `runbooks-dev-${key}`)
				.toSorted(),
		);
		for (const { inputs, parent } of alarms) {
			expect(parent).toBe("Watch runbooks-watch");
			expect(inputs.alarmActions).toEqual(["arn:Topic:runbooks-dev-alarms"]);
			expect(inputs.okActions).toEqual(inputs.alarmActions);
		}
	});

	it("name nothing that is not there: every function, queue and dimension is one that the stack declares", () => {
		const names = dev.resources.filter(({ type }) => /function:Function|queue:Queue/.test(type)).map(({ inputs }) => inputs.name);
		for (const { inputs } of ofType(dev, "MetricAlarm")) {
			const queries: readonly unknown[] = Array.isArray(inputs.metricQueries) ? inputs.metricQueries : [{ metric: inputs }];
			const dimensions = queries.flatMap((query) => Object.values(Object(Object(Object(query).metric).dimensions)));
			expect(dimensions.length).toBeGreaterThan(0);
			for (const name of dimensions) expect(names).toContain(name);
		}
	});

	it("wait for the schedules, without which they would miss what never began", () => {
		for (const { dependencies } of ofType(dev, "MetricAlarm"))
			expect(dependencies).toEqual(
				expect.arrayContaining(["Schedule runbooks-detector-poller-schedule", "Schedule runbooks-overseer-schedule"]),
			);
	});

	it("add several metrics up", () => {
		const { inputs } = the(dev, "MetricAlarm", "runbooks-watch-budget-spent");
		expect(inputs.metricQueries).toEqual([
			{ id: "sum", expression: "SUM(METRICS())", label: "budget-spent", returnData: true },
			...["poller", "normalizer", "dispatcher", "ledger", "overseer"].map((name, index) => ({
				id: `m${index + 1}`,
				metric: {
					namespace: "genesyscloud-runbooks",
					metricName: "budget-spent",
					dimensions: { service: `runbooks-dev-${name}` },
					stat: "Sum",
					period: 300,
				},
			})),
		]);
	});
});

describe("what an alarm says", () => {
	const docs = readFileSync(new URL("../../docs/operations.md", import.meta.url), "utf8");

	it("stands in docs/operations.md in the same words, and nothing else does", () => {
		const section = /^### Alarms\n([\s\S]*?)(?=^#)/m.exec(docs)?.[1] ?? "";
		const rows = section.split("\n").filter((line) => line.startsWith("| `"));
		expect(rows).toEqual(alarmRows());
	});

	it("fits what AWS takes, and leads to that table", () => {
		for (const kind of Object.keys(alarmKinds) as (keyof typeof alarmKinds)[]) {
			expect(descriptionOf(kind)).toContain("docs/operations.md#alarms");
			expect(descriptionOf(kind).length).toBeLessThanOrEqual(1024);
		}
	});
});

describe("the topic", () => {
	const policyOf = (name: string, type: string): { readonly Statement: readonly unknown[] } =>
		JSON.parse(String(the(dev, type, name).inputs.policy));

	it("takes messages of this stack's alarms in this account, and of nobody else", () => {
		expect(policyOf("runbooks-watch-alarms-policy", "TopicPolicy").Statement).toEqual([
			{
				Effect: "Allow",
				Sid: "PublishAlarms",
				Principal: { Service: "cloudwatch.amazonaws.com" },
				Action: "sns:Publish",
				Resource: "arn:Topic:runbooks-dev-alarms",
				Condition: {
					StringEquals: { "aws:SourceAccount": "" },
					ArnLike: { "aws:SourceArn": "arn:Queue:cloudwatch:*::alarm:runbooks-dev-*" },
				},
			},
		]);
	});

	it("is encrypted by a key of its own, which CloudWatch may use", () => {
		expect(the(dev, "Topic", "runbooks-watch-alarms-topic").inputs.kmsMasterKeyId).toBe("arn:Key:runbooks-watch-alarms-key");
		expect(policyOf("runbooks-watch-alarms-key", "Key").Statement).toEqual([
			expect.objectContaining({ Sid: "Administer", Action: "kms:*" }),
			{
				Effect: "Allow",
				Sid: "EncryptAlarms",
				Principal: { Service: "cloudwatch.amazonaws.com" },
				Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
				Resource: "*",
			},
		]);
		expect(the(dev, "Key", "runbooks-watch-alarms-key").inputs.enableKeyRotation).toBe(true);
	});

	it("tells nobody without settings", () => {
		expect(ofType(dev, "TopicSubscription")).toEqual([]);
	});

	it("tells the addresses of the settings, and the incident system whose address is a secret", async () => {
		const pager = "https://pager.example/integration/PLANTED-pager/enqueue";
		const emails = ["on-call@customer.example", "Second.Line@customer.example"];
		const declared = await declaredSystem(withWatch({ emails, pager: true }, { "watch-pagerUrl": pager }));
		expect(ofType(declared, "TopicSubscription").map(({ name, inputs, secretInputs }) => ({ name, inputs, secretInputs }))).toEqual([
			...[
				["on-call-customer-example", emails[0]],
				["second-line-customer-example", emails[1]],
			].map(([name, endpoint]) => ({
				name: `runbooks-watch-alarms-email-${name}`,
				inputs: { topic: "arn:Topic:runbooks-dev-alarms", protocol: "email", endpoint },
				secretInputs: [],
			})),
			{
				name: "runbooks-watch-alarms-pager",
				inputs: { topic: "arn:Topic:runbooks-dev-alarms", protocol: "https", endpoint: pager, endpointAutoConfirms: true },
				secretInputs: ["endpoint"],
			},
		]);
	});
});

describe("the dead-man's switch", () => {
	it("is no part of a stack that does not want one", () => {
		expect(JSON.stringify(dev.resources)).not.toContain("SECRET_HEARTBEAT");
	});

	it("gives the overseer its address as a secret, and no other function", async () => {
		const url = "https://heartbeat.example/PLANTED-heartbeat";
		const declared = await declaredSystem(withWatch({ heartbeat: true }, { "watch-heartbeatUrl": url }));
		const version = the(declared, "SecretVersion", "runbooks-overseer-heartbeat-value");
		expect(JSON.parse(String(version.inputs.secretStringWo))).toEqual({ url });
		expect(version.secretInputs).toContain("secretStringWo");
		const arn = "arn:Secret:runbooks-dev/heartbeat";
		const holders = declared.resources.filter(
			({ type, inputs }) => /:Function$|:RolePolicy$/.test(type) && JSON.stringify(inputs).includes(arn),
		);
		expect(holders.map(({ name }) => name).toSorted()).toEqual(["runbooks-overseer-function", "runbooks-overseer-policy"]);
	});
});

describe("the dashboard", () => {
	const parts = { ...watched, region: "eu-central-1" };
	const body: unknown = JSON.parse(dashboardBody(parts));
	const widgets = Object(body).widgets as readonly {
		readonly properties: Record<string, unknown>;
		readonly x: number;
		readonly y: number;
	}[];

	it("shows these graphs in this order, two side by side, each in a place of its own", () => {
		expect(widgets.map(({ properties }) => properties.title)).toEqual([
			"Heartbeats",
			"Incidents",
			"Pages",
			"Error events",
			"Errors",
			"Throttles",
			"Longest runs",
			"Queue",
			"Budget spent",
		]);
		expect(new Set(widgets.map(({ x, y }) => `${x} ${y}`)).size).toBe(widgets.length);
		for (const { properties } of widgets) expect(properties.region).toBe("eu-central-1");
	});

	it("shows every metric that an alarm watches", () => {
		const shown = new Set(
			widgets.flatMap(({ properties }) => (properties.metrics as readonly unknown[][]).map((line) => JSON.stringify(line.slice(0, -1)))),
		);
		for (const { metrics } of alarmsOf(watched))
			for (const { namespace, name, dimensions } of metrics)
				expect(shown).toContain(JSON.stringify([namespace, name, ...Object.entries(dimensions).flat()]));
	});

	it("adds events up over this stack's functions only, whatever their outcome", () => {
		const incidents = widgets.find(({ properties }) => properties.title === "Incidents");
		const [opened] = Object(incidents?.properties).metrics as readonly unknown[];
		expect(Object(Object(opened)[0]).expression).toBe(
			`SUM(SEARCH('{"genesyscloud-runbooks",service,outcome} MetricName="incident-opened" AND (${functionNames.map((name) => `service="runbooks-dev-${name}"`).join(" OR ")})', 'Sum', 60))`,
		);
	});

	it("is the same text for the same stack, and stands under the stack's name", () => {
		expect(dashboardBody(parts)).toBe(dashboardBody({ ...parts }));
		const { inputs } = the(dev, "Dashboard", "runbooks-watch-dashboard");
		expect(inputs.dashboardName).toBe("runbooks-dev");
		expect(() => JSON.parse(String(inputs.dashboardBody))).not.toThrow();
	});
});
