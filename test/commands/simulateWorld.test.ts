import { afterAll, describe, expect, it } from "vitest";
import { Folder } from "./command.ts";
import { call, loop, reportOf, simulate, trail, writing } from "./simulating.ts";

const folder = new Folder();
afterAll(() => folder.remove());
const { flow, world, answers } = writing(folder);

describe("the world", () => {
	it("answers in order and repeats its last answer; a timeout lasts as long as the flow lets it", () => {
		const given = answers(
			{ success: { status: "open" } },
			{ failure: { errorCode: "late" } },
			{ timeout: true },
			{ success: { status: "z" } },
		);
		const ended = simulate([flow(loop("lit: 5", `${call}\n${trail}`)), "--world", given, "--json"]);
		expect(reportOf(ended)).toMatchObject({ outcome: "completed", seconds: 7, outputs: { "Flow.trail": "open|late|late|z|z|" } });
		const calls = reportOf(ended).trace.filter(({ kind }) => kind === "callData");
		expect(calls.map(({ atSeconds, values }) => `${atSeconds} ${values.result}`)).toEqual([
			"0 success",
			"0 failure",
			"0 timeout",
			"7 success",
			"7 success",
		]);
		expect(calls[0]).toEqual({
			atSeconds: 0,
			action: "Ask",
			kind: "callData",
			path: "A/Loop/Ask",
			values: { category: "Ledger", dataAction: "Read", inputs: { number: 1 }, result: "success", outputs: { status: "open" } },
		});
	});

	it("without a timeout in the flow lets a call last a minute", () => {
		const file = flow(call.replace("    timeout:\n      lit:\n        seconds: 7\n", ""));
		expect(reportOf(simulate([file, "--world", answers({ timeout: true }), "--json"])).seconds).toBe(60);
	});

	it("that lacks data actions ends with all of them at their lines, after what was done until then", () => {
		const file = flow(
			[call, call.replace("Read:", "Write:"), call.replace("Read:", "Archive:"), call.replace("Read:", "Write:")].join("\n"),
		);
		const { status, out, err } = simulate([file, "--world", answers({ success: {} })]);
		expect({ status, lines: err.split("\n").map((line) => line.replace(/^.*yaml:\d+ /, "")) }).toEqual({
			status: 2,
			lines: [
				'Expected the world to answer for the data action "Ledger/Write", got none.',
				'Expected the world to answer for the data action "Ledger/Archive", got none.',
				"--world-skeleton prints a world that has all of them.",
				"",
			],
		});
		expect(out).toMatch(/^ +0:00:00 {2}callData +A\/Ask\n.*result = "success"/);
		expect(out).toMatch(/ended by an error after 0:00:00 \(h:mm:ss\) and 2 actions: Expected an answer at A\/Ask, got none\.\n/);
	});

	it("is printed for a flow: each data action once, with the outputs that it binds; a run can be made with it", () => {
		const file = flow(`${call}\n${call.replace("status:\n", "state:\n")}`);
		const { status, out } = simulate([file, "--world-skeleton"]);
		expect({ status, world: JSON.parse(out) }).toEqual({
			status: 0,
			world: { substitutions: {}, entities: {}, dataActions: { "Ledger/Read": [{ success: { status: "", state: "" } }] } },
		});
		expect(simulate([file, "--world", world(JSON.parse(out))]).status).toBe(0);
	});

	it.each<[string, unknown, RegExp]>([
		["no JSON", "{", /: Expected JSON, got /],
		["a list", [], /: Expected the world to be an object, got an array\.$/],
		[
			"an unknown part",
			{ queues: [] },
			/: Expected the world to have substitutions, entities, dataActions, dataTables, conversations, externalContacts, actions, got "queues"\.$/,
		],
		["unknown entities", { entities: { trunks: [] } }, /: Expected one of users, .*, got "trunks"\.$/],
		["an entity without a name", { entities: { queues: [{ id: "1" }] } }, /: Expected queues to be an array of \{"id", "name"\} objects/],
		["a data action without a category", { dataActions: { Read: [] } }, /: Expected a data action as "<category>\/<name>", got "Read"\.$/],
		["no answers", { dataActions: { "a/b": [] } }, /: Expected the answers of "a\/b" to be a list of at least one, got \[\]\.$/],
		[
			"an unknown answer",
			{ dataActions: { "a/b": [{ ok: {} }] } },
			/: Expected answer 1 of "a\/b" to have success, failure, timeout, got "ok"\.$/,
		],
		[
			"two answers in one",
			{ dataActions: { "a/b": [{ success: {}, failure: {} }] } },
			/to have exactly one of success, failure, timeout, got success, failure\.$/,
		],
		[
			"a timeout that is false",
			{ dataActions: { "a/b": [{ timeout: false }] } },
			/: Expected answer 1 of "a\/b" to be \{"timeout": true\}, got \{"timeout":\S+\}\.$/,
		],
		[
			"an unknown failure output",
			{ dataActions: { "a/b": [{ failure: { code: "x" } }] } },
			/failure to give errorCode, status, .*, got "code"\.$/,
		],
		["a substitution that is a number", { substitutions: { a: 1 } }, /: Expected the substitution "a" to be a text, got 1\.$/],
	])("is refused: %s", (_, content, message) => {
		const { status, out, err } = simulate([flow(""), "--world", world(content)]);
		expect({ status, out }).toEqual({ status: 2, out: "" });
		expect(err.trimEnd()).toMatch(message);
		expect(err.trimEnd()).not.toContain("\n");
	});
});
