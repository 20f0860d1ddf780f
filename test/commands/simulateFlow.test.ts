import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { Folder, runCommand } from "./command.ts";
import { loop, recursive, reportOf, simulate, trail, wait, writing } from "./simulating.ts";

const folder = new Folder();
afterAll(() => folder.remove());
const { flow, world } = writing(folder);

const example = (name: string) => {
	const path = join("examples/flows", name);
	return [`${path}.yaml`, "--input", `${path}.input.json`, "--world", `${path}.world.json`];
};

describe("the examples run", () => {
	it.each([
		{ name: "busy-during-call", exitReason: "Call over", seconds: 20, actions: 23, outputs: {} },
		{ name: "callback-queue", exitReason: "Raised", seconds: 620, actions: 19, outputs: { "Flow.attempt": 3 } },
		{
			name: "proactive-callback",
			exitReason: "Success",
			seconds: 900,
			actions: 6,
			outputs: { "Flow.callbackId": "c-77", "Flow.httpStatus": null },
		},
		{
			name: "transcript-notice",
			exitReason: "Refused with 400",
			seconds: 0,
			actions: 16,
			outputs: { "Flow.transcript": "Hello\nHow can we help?\n", "Flow.status": "400" },
		},
		{
			name: "webhook-intake",
			exitReason: "Created",
			seconds: 0,
			actions: 4,
			outputs: { "Flow.title": "Printer on fire", "Flow.workitemId": "w-1", "Flow.received": "2026-01-01T00:00:00Z" },
		},
	])("$name", ({ name, ...expected }) => {
		const ended = simulate([...example(name), "--json"]);
		expect({ status: ended.status, err: ended.err }).toEqual({ status: 0, err: "" });
		const { trace, ...report } = reportOf(ended);
		expect(report).toEqual({ outcome: "completed", ...expected });
		expect(trace.length).toBeGreaterThanOrEqual(expected.actions);
	});

	it("twice alike, to the byte", () => {
		expect(simulate([...example("callback-queue"), "--json"]).out).toBe(simulate([...example("callback-queue"), "--json"]).out);
	});

	it("and read as a trace on a terminal", () => {
		const { status, out } = runCommand("simulateFlow", example("webhook-intake"));
		expect(status).toBe(0);
		expect(out.split("\n").slice(0, 4)).toEqual([
			"   0:00:00  updateData  Initial State_13/Read the body",
			'                        Flow.body = {"title":"Printer on fire","floor":3}, Flow.title = "Printer on fire", Flow.received = "2026-01-01T00:00:00Z"',
			"   0:00:00  decision    Initial State_13/Without a title",
			"                        condition = false",
		]);
		expect(out.split("\n").slice(-5)).toEqual([
			'completed after 0:00:00 (h:mm:ss) and 4 actions, exit reason "Created"',
			'  Flow.title = "Printer on fire"',
			'  Flow.workitemId = "w-1"',
			'  Flow.received = "2026-01-01T00:00:00Z"',
			"",
		]);
	});

	it("into another path where the world answers otherwise", () => {
		const nobody = simulate([
			"examples/flows/proactive-callback.yaml",
			"--input",
			"examples/flows/proactive-callback.input.json",
			"--world",
			world({
				entities: { queues: [{ id: "1", name: "Callbacks" }] },
				dataActions: { "Callback Actions/Create Callback": [{ failure: { errorCode: "bad.request", status: 400 } }] },
			}),
			"--json",
		]);
		expect(reportOf(nobody)).toMatchObject({ exitReason: "Failure", outputs: { "Flow.callbackId": null, "Flow.httpStatus": 400 } });
	});
});

describe("the platform's limits", () => {
	it("end a run after 10,000 actions", () => {
		const ended = simulate([flow(loop("lit: 6000", trail)), "--json"]);
		expect(ended.status).toBe(1);
		expect(reportOf(ended)).toMatchObject({
			outcome: "error",
			exitReason: null,
			actions: 10_000,
			error: { message: "Expected at most 10000 actions in one run, got more.", line: expect.any(Number) },
		});
	});

	it("end a run after 72 hours, or cut its last wait short", () => {
		const long = (trim: boolean) => reportOf(simulate([flow(`${wait("hours: 71", trim)}\n${wait("hours: 2", trim)}`), "--json"]));
		expect(long(false)).toMatchObject({
			outcome: "error",
			seconds: 72 * 3600,
			error: { message: "Expected a run of at most 72 hours, got a longer one." },
		});
		expect(long(true)).toMatchObject({ outcome: "completed", seconds: 72 * 3600 });
	});

	it("are told on a terminal with the action and its line", () => {
		const { status, out } = simulate([flow(loop("lit: 6000", trail))]);
		expect(status).toBe(1);
		expect(out.trimEnd().split("\n").slice(-2)).toEqual([
			"ended by an error after 0:00:00 (h:mm:ss) and 10000 actions: Expected at most 10000 actions in one run, got more.",
			expect.stringMatching(/^ {2}at "\w+", line \d+$/),
		]);
	});
});

describe("what cannot be run ends with 2", () => {
	it.each<[string, () => readonly string[], RegExp]>([
		["no file", () => [], /^error: missing required argument 'file'/],
		["two files", () => [flow(""), flow("")], /^error: too many arguments/],
		[
			"a file that is not there",
			() => [join(folder.path, "none.yaml")],
			/none\.yaml: Expected a file that can be read, got nothing of this name\.$/,
		],
		["an input that is no JSON", () => [flow(""), "--input", folder.write("bad.json", "nope")], /bad\.json: Expected JSON, got /],
		["a folder", () => [folder.path], /Expected a file that can be read, got a folder\.$/],
		["a world that is a folder", () => [flow(""), "--world", folder.path], /Expected a file that can be read, got a folder\.$/],
		[
			"an unknown input",
			() => [flow(""), "--input", folder.write("unknown.json", { "Flow.x": 1 })],
			/Expected an input variable of the flow, got "Flow\.x"; allowed: Flow\.number\.$/,
		],
		[
			"an input of another type",
			() => [flow(""), "--input", folder.write("typed.json", { "Flow.number": "1" })],
			/Flow\.number \(integer\): expected a whole number, got the string "1"\.$/,
		],
		["a placeholder left", () => [flow(trail.replace("Remember", "{{name}}"))], /:\d+:\d+ placeholder-unknown: .*\{\{name\}\}/],
		["an action that is not run here", () => [flow("- sendEmail:\n    name: x")], /:\d+:\d+ unknown-action: .*"sendEmail"/],
		[
			"another type of flow",
			() => [folder.add("yaml", "inboundMessage:\n  name: x\n")],
			/:1:1 not-a-workflow: .*, got one of type inboundMessage\./,
		],
		[
			"a file that is no text",
			() => [folder.add("yaml", new Uint8Array([0xff, 0xfe, 0x77]))],
			/Expected text in UTF-8, got another encoding/,
		],
		["a task that calls itself", () => [flow("", { tasks: recursive })], /:\d+ T: Expected a task that does not call itself, got "T"\.$/],
		[
			"a variable that is not declared",
			() => [flow(trail.replace(/exp: .*/, 'exp: "Flow.none"'))],
			/got Flow\.none; declared here: Flow\.IsTest, Flow\.StartDateTimeUtc, .*Flow\.number/,
		],
		["a wrong expression", () => [flow(trail.replace("Append", "Glue"))], /:\d+ A\/Remember: unknown-function at 1 /],
	])("%s", (_, args, message) => {
		const { status, out, err } = simulate(args());
		expect({ status, out }).toEqual({ status: 2, out: "" });
		expect(err.trimEnd().replace(" (--help shows what is allowed)", "")).toMatch(message);
		expect(err).not.toContain("    at ");
	});

	it("--help tells the usage and ends with 0", () => {
		const { status, out } = runCommand("simulateFlow", ["--help"]);
		expect(status).toBe(0);
		expect(out).toContain("--world <file>");
	});
});
