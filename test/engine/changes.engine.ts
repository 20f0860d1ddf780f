import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Outcome } from "../../rehearsal/engine/outcome.ts";
import { Deployment } from "./deployment.ts";

let stack: Deployment;

beforeAll(async () => {
	stack = await Deployment.open("dev");
	await stack.run("up");
});
afterAll(() => stack.close());

const functions = ["detector-poller", "dispatcher", "intake-normalizer", "ledger-service", "overseer"];
const codeOf = (names: readonly string[]): readonly string[] => names.map((name) => `update runbooks-${name}-function`);
const flows = ["it-operations", "telephony"].map((policy) => `update runbooks-response-${policy}-flow`);
const logs = functions.map((name) => `update runbooks-${name}-logs`);
const replaced = ({ steps }: Outcome): readonly string[] => steps.flatMap(({ op, name }) => (/replace/.test(op) ? [name] : []));

describe("each kind of setting changes exactly what it is about, and replaces nothing", () => {
	test.each<readonly [string, Readonly<Record<string, unknown>>, readonly string[]]>([
		["how long logs are kept", { logRetentionDays: 60 }, logs],
		["when a runbook opens an incident", { runbooks: { "trunk-down": { breachesToOpen: 3 } } }, codeOf(functions)],
		["how long a tier has", { policies: { telephony: { acknowledgeSeconds: 240 } } }, [...codeOf(functions), flows[1] ?? ""]],
		["how many incidents are in response", { limits: { incidentsInResponse: 5 } }, [...codeOf(functions), ...flows]],
	])("%s", async (_, settings, expected) => {
		const preview = await stack.run("preview", settings);
		expect(preview.changes).toEqual(expected.toSorted());
	});

	test("a tag is an update of what has tags", async () => {
		const preview = await stack.run("preview", { tags: { Team: "somebody-else" } });
		expect(new Set(preview.steps.map(({ op, diffs }) => `${op} ${diffs.join(",")}`))).toEqual(new Set(["update tags"]));
		expect(preview.steps.length).toBeGreaterThan(30);
	});

	test("another name of everything is another of everything that has a name", async () => {
		const preview = await stack.run("preview", { names: { prefix: "pager" } });
		expect(replaced(preview)).toContain("runbooks-ledger-table");
		expect(preview.steps.filter(({ op, name }) => op === "update" && name.startsWith("runbooks-ledger-table"))).toEqual([]);
	});
});

test("what somebody changed or deleted by hand is found by a refresh, and mended by the next up", async () => {
	const { account } = stack.world;
	const queue = account.held.find(({ name }) => name === "runbooks-dispatch-queue");
	const logGroup = account.held.find(({ name }) => name === "runbooks-overseer-logs");
	if (queue === undefined || logGroup === undefined) throw new Error("expected a queue and a log group");
	await account.update(queue.type, queue.id, { ...queue.inputs, visibilityTimeoutSeconds: 31 });
	await account.delete(logGroup.type, logGroup.id);
	await stack.run("refresh");
	const up = await stack.run("up");
	expect(up.changes).toEqual(["create runbooks-overseer-logs", "update runbooks-dispatch-queue"]);
	expect((await account.read(queue.type, queue.id))?.inputs).toEqual(queue.inputs);
});

test("a changed contract: the new actions first, then the workflows with them, the old actions last", async () => {
	stack.edit("vendors/pagerduty.ts", (text) =>
		text.replace(
			'outputs: { status: "status", dedupKey: "dedup_key" }',
			'outputs: { status: "status", dedupKey: "dedup_key", told: "message" }',
		),
	);
	const from = stack.world.calls.length;
	const names = (): readonly string[] => stack.world.organization.actions().map(({ name }) => name);
	const before = names();
	const up = await stack.run("up");
	const actions = ["it-operations", "primary", "secondary"].map((service) => `runbooks-systems-pagerduty-${service}-actions-trigger`);
	expect([...new Set(replaced(up))].toSorted()).toEqual(actions);
	const order = stack.world.calls.slice(from).flatMap((call) => kinds.find(([begins]) => call.startsWith(begins))?.[1] ?? []);
	expect(order.filter((kind, at) => kind !== order[at - 1])).toEqual(["new action", "workflow", "old action gone"]);
	expect(order.filter((kind) => kind === "new action")).toHaveLength(actions.length);
	expect(names()).toHaveLength(before.length);
	expect(names().filter((name) => !before.includes(name)).length).toBe(actions.length);
	expect((await stack.run("preview")).changes).toEqual([]);
});

const kinds = [
	["POST /api/v2/integrations/actions", "new action"],
	["POST /api/v2/flows/jobs", "workflow"],
	["DELETE /api/v2/integrations/actions", "old action gone"],
] as const;

test("a renamed runbook replaces nothing", async () => {
	for (const file of sourcesIn(stack.project.folder)) {
		const text = readFileSync(file, "utf8");
		if (text.includes('"trunk-down"')) writeFileSync(file, text.replaceAll('"trunk-down"', '"trunk-lost"'));
	}
	const preview = await stack.run("preview", {}, (text) => text.replaceAll('"trunk-down"', '"trunk-lost"'));
	expect(preview.changes.filter((change) => change.includes("function"))).toEqual(codeOf(functions).toSorted());
	expect(new Set(preview.steps.map(({ op }) => op))).toEqual(new Set(["update"]));
});

/** The program's own sources. */
function sourcesIn(folder: string): readonly string[] {
	return readdirSync(folder).flatMap((name) => {
		const path = join(folder, name);
		if (name === "node_modules" || name === "build") return [];
		return statSync(path).isDirectory() ? sourcesIn(path) : name.endsWith(".ts") ? [path] : [];
	});
}
