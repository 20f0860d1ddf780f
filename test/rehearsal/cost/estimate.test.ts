import { describe, expect, test } from "vitest";
import { assumptions } from "../../../rehearsal/cost/assumptions.ts";
import { declaredOf } from "../../../rehearsal/cost/declared.ts";
import { type Estimate, estimate, incidentUsage } from "../../../rehearsal/cost/estimate.ts";
import type { Measured } from "../../../rehearsal/cost/measure.ts";
import { knownRegions, priceNames, pricesIn } from "../../../rehearsal/cost/prices.ts";
import { costText } from "../../../rehearsal/cost/text.ts";
import { beyond, type Item, plus, times, type Usage } from "../../../rehearsal/cost/usage.ts";

const usage = (used: Partial<Record<Item, number>>): Usage => new Map(Object.entries(used) as [Item, number][]);
const virginia = pricesIn("us-east-1") ?? expect.fail("Expected prices of us-east-1");

const measured: Measured = {
	declared: {
		functions: [
			{ kind: "poller", megabytes: 1024, architecture: "arm64", everySeconds: 60 },
			{ kind: "dispatcher", megabytes: 512, architecture: "x86_64", everySeconds: undefined },
		],
		secrets: 5,
		keys: 1,
		alarmMetrics: 12,
		dashboards: 1,
		askedQueues: 1,
		rules: 0,
		restorableTables: 1,
		encryptedTables: 1,
		inNetwork: false,
		logDays: 365,
	},
	trunks: 100,
	keptDays: 365,
	idleHour: usage({ "runs:poller": 60, "milliseconds:poller": 30_000, "calls:poller": 600, "write-units": 1000, "metric-hours": 4 }),
	idleBytes: 1e9,
	incidents: {
		first: { pages: 1, bytes: 1000, usage: usage({ "runs:dispatcher": 1, "write-units": 100, "data-actions": 10, "messages:sms": 1 }) },
		whole: { pages: 3, bytes: 2000, usage: usage({ "runs:dispatcher": 1, "write-units": 300, "data-actions": 30, "messages:sms": 5 }) },
	},
};

const lineOf = ({ lines }: Estimate, service: string, what: string) =>
	lines.find((line) => line.service === service && line.what === what) ?? expect.fail(`Expected a line ${what} of ${service}`);

describe("a month", () => {
	const month = estimate(measured, virginia, { incidents: 10, pages: 2 });

	test("counts what is declared once, idle or busy", () => {
		expect(lineOf(month, "Secrets Manager", "secrets")).toMatchObject({ idle: { quantity: 5, usd: 2 }, busy: { quantity: 5, usd: 2 } });
		expect(lineOf(month, "CloudWatch", "alarms").idle.usd).toBeCloseTo(1.2);
		expect(lineOf(month, "KMS", "keys").idle.usd).toBe(1);
		expect(lineOf(month, "CloudWatch", "dashboards").idle.usd).toBe(3);
	});

	test("counts an hour 730 times, and every incident on top", () => {
		const { idle, busy } = lineOf(month, "DynamoDB", "writes");
		expect(idle.quantity).toBe(730_000);
		expect(busy.quantity).toBe(730_000 + 10 * 200);
		expect(idle.usd).toBeCloseTo(0.45625);
	});

	test("bills a function's time by its memory: waiting, computing on a part of a core, cold starts", () => {
		const runs = 60 * 730;
		const computing = (600 * 730 * 2 + runs * 100 * 0.1) / (1024 / 1769);
		const cold = assumptions.coldStartsADay * (730 / 24) * 500;
		expect(lineOf(month, "Lambda", "poller, time").idle.quantity).toBeCloseTo((30_000 * 730 + computing + cold) / 1000);
		// Cold at each incident, at half a gigabyte, by the price of its architecture.
		const dispatcher = lineOf(month, "Lambda", "dispatcher, time");
		expect(dispatcher.busy.quantity).toBeCloseTo(10 * 0.5 * 0.5);
		expect(dispatcher.price).toBe("lambda-x86_64-gigabyte-second");
	});

	test("bills a metric by the hours in which it told something", () => {
		expect(lineOf(month, "CloudWatch", "metrics").idle.quantity).toBeCloseTo(4);
	});

	test("keeps a table's gigabytes twice where it can be set back, and closed incidents as long as the ledger", () => {
		expect(lineOf(month, "DynamoDB", "storage").idle).toEqual({ quantity: 1, usd: 0.25 });
		expect(lineOf(month, "DynamoDB", "point-in-time recovery").idle.usd).toBeCloseTo(0.2);
		expect(lineOf(month, "DynamoDB", "storage").busy.quantity).toBeCloseTo(1 + (10 * 2000 * 12) / 1e9, 5);
		const plain = estimate({ ...measured, declared: { ...measured.declared, restorableTables: 0 } }, virginia, { incidents: 0, pages: 1 });
		expect(lineOf(plain, "DynamoDB", "point-in-time recovery").idle.usd).toBe(0);
	});

	test("is the sum of its lines", () => {
		const sum = (of: "idle" | "busy"): number => month.lines.reduce((all, line) => all + line[of].usd, 0);
		expect([month.idleUsd, month.busyUsd]).toEqual([sum("idle"), sum("busy")]);
		expect(month.busyUsd).toBeGreaterThan(month.idleUsd);
	});

	test("has no price for what Genesys Cloud and the vendors count", () => {
		const of = (what: string) => month.unpriced.find((each) => each.what === what);
		expect(of("data action executions")).toEqual({ of: "Genesys Cloud", what: "data action executions", idle: 0, busy: 200 });
		expect(of("messages by sms")).toEqual({ of: "vendors", what: "messages by sms", idle: 0, busy: 30 });
	});

	test("without incidents is as idle as it is; incidents of a stack that opens none are refused", () => {
		const none = { ...measured, incidents: undefined };
		expect(estimate(none, virginia, { incidents: 0, pages: 1 }).busyUsd).toBe(month.idleUsd);
		expect(() => estimate(none, virginia, { incidents: 1, pages: 1 })).toThrow("Expected a stack that opens incidents");
	});

	test("is told in at most 80 columns, but for an address", () => {
		const text = costText(month, virginia, { stack: "prod", trunks: 100, region: "us-east-1", incidents: 10, pages: 2 });
		const table = text.slice(0, text.indexOf("\nPrices:"));
		expect(table.split("\n").filter((line) => line.length > 80)).toEqual([]);
		expect(text).toContain("Assumed, not read:");
	});
});

describe("an incident of so many pages", () => {
	const incidents = measured.incidents ?? expect.fail("Expected incidents");
	test.each([
		{ pages: 1, writes: 100 },
		{ pages: 2, writes: 200 },
		{ pages: 3, writes: 300 },
		{ pages: 5, writes: 500 },
	])("of $pages uses $writes writes", ({ pages, writes }) => {
		expect(incidentUsage(incidents, pages).get("write-units")).toBeCloseTo(writes);
	});
	test("is so many times the first where the policy pages nobody else", () => {
		const { first } = incidents;
		expect(incidentUsage({ first, whole: first }, 4).get("write-units")).toBe(400);
	});
	test("never uses less than nothing", () => {
		const falling = { first: { ...incidents.first, usage: usage({ "read-units": 10 }) }, whole: incidents.whole };
		expect(incidentUsage(falling, 9).get("read-units")).toBe(0);
	});
});

describe("prices", () => {
	test.each(knownRegions)("of %s are all there, each with its page and the day on which it was looked at", (region) => {
		const prices = pricesIn(region);
		for (const name of priceNames)
			expect(prices?.[name]).toMatchObject({
				usd: expect.any(Number),
				page: expect.stringMatching(/^https:\/\/aws\.amazon\.com\/[\w/-]+\/pricing\/$/),
				read: expect.stringMatching(/^20\d\d-\d\d-\d\d$/),
			});
	});
	test("of another region are not known, and with a factor are those of Northern Virginia times it, assumed", () => {
		expect(pricesIn("mars-1")).toBeUndefined();
		const scaled = pricesIn("mars-1", 1.5) ?? expect.fail("Expected prices");
		expect(scaled["write-unit"].usd).toBeCloseTo(1.5 * virginia["write-unit"].usd);
		expect(priceNames.every((name) => scaled[name].isAssumed)).toBe(true);
	});
});

describe("what is declared", () => {
	const functionOf = (name: string) => ({
		type: "aws:lambda/function:Function",
		name,
		inputs: { name, memorySize: 512, architectures: ["arm64"] },
	});
	const scheduleOf = (name: string, scheduleExpression: string) => ({
		type: "aws:scheduler/schedule:Schedule",
		name,
		inputs: { name, scheduleExpression },
	});
	test("a function is started by the schedule of its name", () => {
		const { functions } = declaredOf([functionOf("a-poller"), functionOf("a-ledger"), scheduleOf("a-poller", "rate(5 minutes)")]);
		expect(functions.map(({ kind, everySeconds }) => [kind, everySeconds])).toEqual([
			["poller", 300],
			["ledger", undefined],
		]);
	});
	test("an alarm on several metrics counts for each, and nothing that is not there counts", () => {
		const queries = { metricQueries: [{ expression: "SUM(METRICS())" }, { metric: {} }, { metric: {} }] };
		const alarm = (inputs: Record<string, unknown>) => ({ type: "aws:cloudwatch/metricAlarm:MetricAlarm", name: "a", inputs });
		expect(declaredOf([alarm(queries), alarm({ metricName: "Errors" })])).toMatchObject({ alarmMetrics: 3, secrets: 0, logDays: 0 });
	});
	test.each([
		{ name: "a function that nobody knows", resource: functionOf("a-baker"), says: "ends in one of poller" },
		{ name: "a schedule by the calendar", resource: scheduleOf("a-poller", "cron(0 12 * * ? *)"), says: "such as rate(1 minute)" },
	])("refuses $name", ({ resource, says }) => {
		expect(() => declaredOf([functionOf("a-poller"), resource])).toThrow(says);
	});
});

test("usages are added, multiplied and compared item by item", () => {
	const [one, other] = [usage({ "read-units": 3, "write-units": 1 }), usage({ "read-units": 5, notices: 1 })];
	expect(plus(one, other)).toEqual(usage({ "read-units": 8, "write-units": 1, notices: 1 }));
	expect(times(one, 2)).toEqual(usage({ "read-units": 6, "write-units": 2 }));
	expect(beyond(one, other)).toEqual(usage({ "read-units": 0, "write-units": 1 }));
});
