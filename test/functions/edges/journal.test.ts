import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics } from "@aws-lambda-powertools/metrics";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { metricNamespace } from "../../../contracts/metrics.ts";
import { powertoolsJournal } from "../../../functions/edges/journal.ts";
import type { Entry } from "../../../functions/pipeline/ports.ts";

const lines: string[] = [];

beforeEach(() => {
	vi.stubEnv("POWERTOOLS_DEV", "true"); // makes both write to the console that we can see
	vi.stubEnv("POWERTOOLS_METRICS_DISABLED", "false");
	lines.length = 0;
	for (const method of ["info", "log", "error", "warn"] as const) {
		vi.spyOn(console, method).mockImplementation((line: unknown) => {
			lines.push(String(line));
		});
	}
});

afterEach(() => {
	vi.unstubAllEnvs();
	vi.restoreAllMocks();
});

function logged(entry: Entry): { log: Record<string, unknown>; metric: Record<string, unknown> } {
	const logger = new Logger({ serviceName: "runbooks-dev-poller" });
	powertoolsJournal({ logger, metrics: new Metrics({ namespace: metricNamespace, serviceName: "runbooks-dev-poller" }) }).log(entry);
	expect(lines).toHaveLength(2);
	const [log, metric] = lines.map((line): Record<string, unknown> => JSON.parse(line));
	return { log: log ?? {}, metric: metric ?? {} };
}

test("an entry is one structured log line with every field of it", () => {
	const entry: Entry = {
		what: "page-failed",
		incident: "inc:1:dev:trunk-down:a",
		occurrence: 1,
		channel: "sms",
		tier: 1,
		attempt: 2,
		outcome: "timeout",
	};
	const { log } = logged(entry);
	expect(log).toMatchObject({ ...entry, message: "page-failed", level: "WARN", service: "runbooks-dev-poller" });
	expect(log).not.toHaveProperty("refusedKeys");
});

test("and one count of the metric named for what happened, by function and outcome", () => {
	const { metric } = logged({ what: "page-failed", outcome: "timeout", incident: "inc:1:dev:trunk-down:a" });
	expect(metric).toMatchObject({ "page-failed": 1, outcome: "timeout", service: "runbooks-dev-poller" });
	expect(metric).not.toHaveProperty("incident");
	expect(metric._aws).toMatchObject({
		CloudWatchMetrics: [
			{ Namespace: "genesyscloud-runbooks", Dimensions: [["service", "outcome"]], Metrics: [{ Name: "page-failed", Unit: "Count" }] },
		],
	});
});

const dimensionsOf = (metric: Record<string, unknown>): unknown =>
	Reflect.get(Object(Reflect.get(Object(metric._aws), "CloudWatchMetrics"))[0], "Dimensions");

test.each([
	{ entry: { what: "error", outcome: "timeout" }, level: "ERROR" },
	{ entry: { what: "taken-over" }, level: "WARN" },
	{ entry: { what: "incident-opened" }, level: "INFO" },
] as const)("$entry.what is told at the level $level", ({ entry, level }) => {
	expect(logged(entry).log).toMatchObject({ message: entry.what, level });
});

test("an error is counted by the function alone, too, because an alarm names every dimension", () => {
	const { metric } = logged({ what: "error", outcome: "timeout" });
	expect(metric).toMatchObject({ error: 1, service: "runbooks-dev-poller", outcome: "timeout" });
	expect(dimensionsOf(metric)).toEqual([["service", "outcome"], ["service"]]);
});

test("a heartbeat is counted and not written", () => {
	const logger = new Logger({ serviceName: "runbooks-dev-poller" });
	powertoolsJournal({ logger, metrics: new Metrics({ namespace: metricNamespace, serviceName: "runbooks-dev-poller" }) }).log({
		what: "heartbeat",
	});
	expect(lines).toHaveLength(1);
	const metric: Record<string, unknown> = JSON.parse(lines[0] ?? "");
	expect(metric).toMatchObject({ heartbeat: 1, service: "runbooks-dev-poller" });
	expect(dimensionsOf(metric)).toEqual([["service", "outcome"], ["service"]]);
});

test("a spent allowance is counted as what it kept from happening, and as itself", () => {
	const logger = new Logger({ serviceName: "runbooks-dev-poller" });
	powertoolsJournal({ logger, metrics: new Metrics({ namespace: metricNamespace, serviceName: "runbooks-dev-poller" }) }).log({
		what: "page-failed",
		outcome: "budget-spent",
	});
	const [, own, spent] = lines.map((line): Record<string, unknown> => JSON.parse(line));
	expect(own).toMatchObject({ "page-failed": 1, outcome: "budget-spent" });
	expect(spent).toMatchObject({ "budget-spent": 1, service: "runbooks-dev-poller" });
	expect(dimensionsOf(spent ?? {})).toEqual([["service"]]);
});

test("without an outcome the dimension says none", () => {
	expect(logged({ what: "observed" }).metric).toMatchObject({ observed: 1, outcome: "none" });
});

test.each(["clientSecret", "apiToken", "authorization", "routingKey", "api_key", "Password", "signature"])(
	"a key named %s is not written, and that is said",
	(key) => {
		const { log } = logged({ what: "observed", detail: "fine", ...{ [key]: "s3cret" } });
		expect(log).toMatchObject({ detail: "fine", refusedKeys: [key] });
		expect(lines.join("\n")).not.toContain("s3cret");
	},
);
