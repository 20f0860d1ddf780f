import { afterAll, describe, expect, it } from "vitest";
import { action, encoded, exp, lit, none, path, ref, sequence, variable, workflow } from "../architect/exports/exported.ts";
import { Folder } from "./command.ts";
import { reportOf, simulate } from "./simulating.ts";

const folder = new Folder();
afterAll(() => folder.remove());

const call = action("DataAction", "call", 12, {
	category: { name: "Parcels" },
	actionName: "Find",
	useSuggestedTimeout: true,
	inputs: [{ name: "id", value: exp("str", "ToString(Flow.count)") }],
	outputs: [{ name: "town", value: ref("str", "Flow.town") }],
	errorBindings: [],
	paths: [path("__SUCCESS__", "end"), path("__FAILURE__"), path("__TIMEOUT__")],
	nextAction: "right",
});
const right = action("UpdateVariableAction", "right", 13, {
	variables: [{ variable: ref("str", "Flow.town"), expression: exp("str", "Right(Flow.town, 2)") }],
	nextAction: "end2",
});
const end = action("EndWorkflowAction", "end", 14, { exitReason: exp("str", "Upper(Flow.town)") });
const end2 = action("EndWorkflowAction", "end2", 15, { exitReason: none("str") });
const variables = [variable("String", "Flow.town", none("str")), variable("Integer", "Flow.count", lit("int", "7"))];
const file = folder.write("flow.i3WorkFlow", encoded(workflow([sequence("State", "s1", 10, "call", [call, right, end, end2])], variables)));
const run = (...answers: readonly object[]) =>
	simulate([file, "--world", folder.write("world.json", { dataActions: { "Parcels/Find": answers } }), "--json"]);

describe("a compiled export runs like the flow that it was compiled from", () => {
	it("to its end", () => {
		const { exitReason, outputs, trace } = reportOf(run({ success: { town: "Ulm" } }));
		expect({ exitReason, outputs }).toEqual({ exitReason: "ULM", outputs: { "Flow.town": "Ulm", "Flow.count": 7 } });
		expect(trace[0]).toMatchObject({ path: "State s1_10/DataAction 12", values: { inputs: { id: "7" } } });
	});

	it("or to an error at the number that Architect shows", () => {
		const { outcome, error } = reportOf(run({ failure: {} }));
		expect({ outcome, action: error?.action, line: error?.line }).toEqual({
			outcome: "error",
			action: "UpdateVariableAction 13",
			line: 13,
		});
	});

	it("what the world lacks is at its number, too, and the skeleton has it", () => {
		expect(simulate([file]).err).toContain(':12 Expected the world to answer for the data action "Parcels/Find", got none.');
		expect(JSON.parse(simulate([file, "--world-skeleton"]).out)).toMatchObject({
			dataActions: { "Parcels/Find": [{ success: { town: "" } }] },
		});
	});

	it("one that is none is refused", () => {
		const { status, err } = simulate([folder.write("broken.i3WorkFlow", "QUJD".repeat(50))]);
		expect(status).toBe(2);
		expect(err).toMatch(/:1:1 export: Expected a compiled export of Architect .*, got a URL-encoded text that is no JSON\./);
	});
});
