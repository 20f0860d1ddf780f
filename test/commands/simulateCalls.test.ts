import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { Folder, runCommand } from "./command.ts";
import { reportOf, simulate } from "./simulating.ts";

const folder = new Folder();
afterAll(() => folder.remove());

const file = "examples/flows/announced-outage.yaml";
const world = JSON.parse(readFileSync("examples/flows/announced-outage.world.json", "utf8"));
const table = "runbooks-prod Active Incidents";
const queueKey = `queue-overflow:${world.entities.queues[0].id}`;
const later = "2026-01-01T00:15:00Z";
const row = { announce: true, until: later };

/** What a caller hears, and how the call ends. */
function hears(rows: object, actions: object = {}) {
	const ended = simulate([
		file,
		"--world",
		folder.write("world.json", JSON.stringify({ ...world, dataTables: { [table]: rows }, actions })),
		"--json",
	]);
	expect([ended.status, ended.err]).toEqual([0, ""]);
	const { trace, exitReason } = reportOf(ended);
	const played = trace.filter(({ kind }) => kind === "playAudio").map(({ path }) => path.split("/").at(-1));
	return { looked: trace.filter(({ kind }) => kind === "dataTableLookup").map(({ values }) => values.path), played, exitReason };
}

describe("the example of an inbound call flow", () => {
	it.each([
		{ name: "no row at all", rows: {}, looked: ["notFound", "notFound"], played: [] },
		{ name: "the row of the queue", rows: { [queueKey]: row }, looked: ["found"], played: ["Many callers"] },
		{ name: "the row of another queue", rows: { "queue-overflow:other": row }, looked: ["notFound", "notFound"], played: [] },
		{ name: "the row of the trunks", rows: { "trunk-down": row }, looked: ["notFound", "found"], played: ["Disturbed lines"] },
		{
			name: "a row that says that nobody is to be told",
			rows: { [queueKey]: { ...row, announce: false } },
			looked: ["found"],
			played: [],
		},
		{
			name: "a row that a dead overseer left behind",
			rows: { [queueKey]: { ...row, until: "2025-12-31T23:59:59Z" } },
			looked: ["found"],
			played: [],
		},
		{ name: "a row without its until", rows: { [queueKey]: { announce: true } }, looked: ["found"], played: [] },
	])("with $name", ({ rows, looked, played }) => {
		expect(hears(rows)).toEqual({ looked, played, exitReason: "transferred" });
	});

	it("goes on where the table cannot be looked up", () => {
		const failure = [{ path: "failure", outputs: { errorType: "DataTablesServerTooBusyException" } }];
		const heard = hears({ [queueKey]: row }, { [`dataTableLookup/${table}`]: failure });
		expect(heard).toEqual({ looked: ["failure"], played: [], exitReason: "transferred" });
	});

	it("hangs up after a transfer that failed", () => {
		const heard = hears({}, { "transferToAcd/Queue the call": [{ path: "failure" }] });
		expect(heard).toMatchObject({ played: ["Not now"], exitReason: "disconnected" });
	});

	it("is played as it stands, to read on a terminal", () => {
		const { status, out } = runCommand("simulateFlow", [file, "--world", "examples/flows/announced-outage.world.json"]);
		expect(status).toBe(0);
		expect(out).toContain('inputs = {"audio":"Many callers are waiting at the moment.');
	});

	it("has a world to be filled in", () => {
		const skeleton = JSON.parse(simulate([file, "--world-skeleton"]).out);
		expect(skeleton.dataTables).toEqual({ "{{table}}": { "": { announce: false, until: "" } } });
	});
});

describe("a flow of calls that cannot be run", () => {
	const flow = (actions: string, start = "/inboundCall/tasks/task[A]"): string =>
		folder.add(
			"yaml",
			`inboundCall:\n  name: x\n  startUpRef: "${start}"\n  tasks:\n    - task:\n        name: A\n        refId: A\n        actions:\n${actions}`,
		);

	it.each([
		{
			name: "an action of workflows",
			actions: "          - endWorkflow:\n              name: x\n",
			says: /:9:13 unknown-action: .*got "endWorkflow"/,
		},
		{
			name: "a menu at its start",
			actions: "          - disconnect:\n              name: x\n",
			start: "/inboundCall/menus/menu[M]",
			says: /:3:3 reference-form/,
		},
		{
			name: "an expression of audio",
			actions: "          - playAudio:\n              name: x\n              audio:\n                exp: ToAudioTTS(1)\n",
			says: /unknown-function/,
		},
	])("$name", ({ actions, start, says }) => {
		const { status, err } = simulate([flow(actions, start)]);
		expect(status).toBe(2);
		expect(err).toMatch(says);
	});

	it("a task that neither transfers nor hangs up ends the run by an error", () => {
		const ended = simulate([
			flow("          - playAudio:\n              name: x\n              audio:\n                tts: Hello\n"),
			"--json",
		]);
		expect(ended.status).toBe(1);
	});
});
