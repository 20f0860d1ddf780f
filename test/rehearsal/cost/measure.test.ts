import { readFileSync } from "node:fs";
import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics } from "@aws-lambda-powertools/metrics";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { metricNamespace } from "../../../contracts/metrics.ts";
import { powertoolsJournal } from "../../../functions/edges/journal.ts";
import { memoryLedger } from "../../../functions/edges/memory/ledger.ts";
import type { Entry } from "../../../functions/pipeline/ports.ts";
import { estimate } from "../../../rehearsal/cost/estimate.ts";
import { logBytes } from "../../../rehearsal/cost/logBytes.ts";
import { type Measured, measure } from "../../../rehearsal/cost/measure.ts";
import { pricesIn } from "../../../rehearsal/cost/prices.ts";
import { costBegin, costEnd, costTable, estimateOf, organizations, withCosts } from "../../../rehearsal/cost/readme.ts";
import { usedOf } from "../../../rehearsal/cost/usage.ts";
import { WorldMeter } from "../../../rehearsal/cost/worldMeter.ts";
import { readStackFile, withSettings } from "../../../rehearsal/scenario/stackFile.ts";
import { redisSettings } from "../../components/redisStack.ts";

describe("what the offline world counts", () => {
	let measured: Measured | undefined;
	beforeAll(async () => {
		measured = await measure(readStackFile("dev"), 4);
	});
	const of = (): Measured => measured ?? expect.fail("Expected a measure");

	test("every schedule runs as often as it is declared", () => {
		const { declared, idleHour } = of();
		for (const { kind, everySeconds } of declared.functions)
			expect([kind, usedOf(idleHour, `runs:${kind}`)]).toEqual([kind, everySeconds === undefined ? 0 : 3600 / everySeconds]);
		expect(declared.functions.length).toBeGreaterThanOrEqual(5);
	});

	test("a secret is read once in five minutes at most, and nobody is told anything", () => {
		const { declared, idleHour } = of();
		expect(usedOf(idleHour, "secret-reads")).toBeGreaterThan(0);
		expect(usedOf(idleHour, "secret-reads")).toBeLessThanOrEqual(12 * declared.secrets * declared.functions.length);
		expect([...idleHour].filter(([item, much]) => /messages|data-actions|workflow|queue/.test(item) && much > 0)).toEqual([]);
	});

	test("an incident that ends after its first page uses less than one that nobody answers, in all that grows", () => {
		const { first, whole } = of().incidents ?? expect.fail("Expected incidents");
		expect(first.pages).toBe(1);
		expect(whole.pages).toBeGreaterThan(1);
		for (const item of ["write-units", "data-actions", "runs:ledger", "workflow-minutes", "log-bytes"] as const)
			expect([item, usedOf(whole.usage, item) > usedOf(first.usage, item)]).toEqual([item, true]);
		for (const { usage, bytes } of [first, whole]) {
			expect([usedOf(usage, "queue-messages"), usedOf(usage, "workflow-runs"), usedOf(usage, "runs:dispatcher")]).toEqual([1, 1, 1]);
			expect(bytes).toBeGreaterThan(500);
		}
	});

	test("a ledger in Redis is no table: it has no request units and no bytes, and is named without a price", async () => {
		const inRedis = await measure(withSettings(readStackFile("dev"), { ledger: { redis: redisSettings } }), 4);
		expect(inRedis.declared).toMatchObject({ inNetwork: true, restorableTables: 0, encryptedTables: 0 });
		expect(inRedis.idleBytes).toBe(0);
		expect([...inRedis.idleHour.keys()].filter((item) => item.endsWith("-units"))).toEqual([]);
		const prices = pricesIn("us-east-1") ?? expect.fail("Expected prices of us-east-1");
		const own = (measured: Measured) =>
			estimate(measured, prices, { incidents: 1, pages: 1 }).unpriced.flatMap((each) => (each.of === "your VPC" ? [each.what] : []));
		expect(own(inRedis)).toEqual(["Redis or Valkey server, hours", "NAT gateway, hours"]);
		expect(own(of())).toEqual([]);
	});

	test("a stack without the runbook opens no incident, and none is measured", async () => {
		const file = withSettings(readStackFile("dev"), { runbooks: { "trunk-down": { enabled: false } } });
		expect((await measure(file, 2)).incidents).toBeUndefined();
	});
});

describe("DynamoDB's units", () => {
	const metered = () => {
		const meter = new WorldMeter(() => 0);
		return { meter, ledger: meter.ledger(memoryLedger({ now: () => 0 })) };
	};
	test("a write counts by the kilobyte of the larger side, a read by four, one of nothing as one", async () => {
		const { meter, ledger } = metered();
		await ledger.read("a");
		await ledger.write("a", "x".repeat(5000), 0);
		await ledger.read("a");
		await ledger.write("a", "x", 1);
		expect(meter.take()).toEqual(
			new Map([
				["read-units", 1 + 2],
				["write-units", 6 + 6],
			]),
		);
	});
	test("a transaction counts double, what is due has a line on the index, and a look at an empty index is half a read", async () => {
		const { meter, ledger } = metered();
		await ledger.due(0, 10);
		await ledger.transact([
			{ key: "a", value: 1, expectedVersion: 0 },
			{ key: "b", value: 1, expectedVersion: 0, options: { dueAt: 0 } },
		]);
		expect(meter.take()).toEqual(
			new Map([
				["read-units", 0.5],
				["write-units", 2 + 2 * 3],
			]),
		);
		expect(meter.take()).toEqual(new Map());
	});
	test("a time series counts once in an hour", () => {
		let hour = 0;
		const meter = new WorldMeter(() => hour);
		for (const at of [0, 0, 1]) {
			hour = at;
			meter.told("poller", { what: "queued" });
		}
		expect(meter.take().get("metric-hours")).toBe(2);
	});
});

test.each([
	{ what: "queued", incident: "inc:1:prod:trunk-down:0b1e4c52-6f3a-4d0e-9a57-3c1f2d7e8b90" },
	{ what: "page-sent", channel: "pagerduty", tier: 1, attempt: 1, outcome: "accepted" },
	{ what: "error", outcome: "timeout", detail: "PagerDuty: expected an answer within 5 s, got none" },
] satisfies Entry[])("an entry takes as many bytes of the log as the real logger writes, within a fifth: $what", (entry) => {
	const written: string[] = [];
	// Both write by a console of their own.
	const spies = [process.stdout, process.stderr].map((stream) =>
		vi.spyOn(stream, "write").mockImplementation((line) => {
			written.push(String(line));
			return true;
		}),
	);
	const logger = new Logger({ serviceName: "runbooks-prod-poller" });
	const metrics = new Metrics({ namespace: metricNamespace, serviceName: "runbooks-prod-poller" });
	powertoolsJournal({ logger, metrics }).log(entry);
	for (const spy of spies) spy.mockRestore();
	const real = written.reduce((sum, line) => sum + Buffer.byteLength(line) + 26, 0);
	expect(written).toHaveLength(2);
	expect(logBytes(entry, true) / real).toBeGreaterThan(0.8);
	expect(logBytes(entry, true) / real).toBeLessThan(1.2);
});

describe("the README's costs", () => {
	const readme = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");
	const shown = readme.slice(readme.indexOf(costBegin) + costBegin.length, readme.indexOf(costEnd)).trim();
	const cells = (table: string): readonly (readonly string[])[] =>
		table.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
	const numberOf = (cell: string): number => Number(cell.replaceAll(/[*,]/g, "").replace("–", "0"));

	test("are what npm run docs:costs finds, within a tenth or 30 cents", { timeout: 120_000 }, async () => {
		const estimates = [];
		for (const organization of organizations) estimates.push(await estimateOf(organization));
		const [found, told] = [cells(costTable(estimates)), cells(shown)];
		expect(told.map(([, name]) => name)).toEqual(found.map(([, name]) => name));
		expect(told.slice(0, 2)).toEqual(found.slice(0, 2));
		for (const [index, row] of found.slice(2).entries())
			for (const [column, cell] of row.slice(2, -1).entries()) {
				const is = numberOf(told[index + 2]?.[column + 2] ?? "");
				expect(Math.abs(is - numberOf(cell)), `${row[1]}: README ${is}, found ${cell}`).toBeLessThanOrEqual(
					Math.max(0.3, numberOf(cell) / 10),
				);
			}
	});

	test("stand between their markers", () => {
		expect(withCosts("no place", "new")).toBeUndefined();
		expect(withCosts(`a ${costBegin} old ${costEnd} b`, "new")).toBe(`a ${costBegin}\nnew\n${costEnd} b`);
	});
});
