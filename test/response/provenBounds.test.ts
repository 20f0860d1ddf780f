import { describe, expect, test } from "vitest";
import { provenBounds } from "../../architect/lint.ts";
import { readFlow } from "../../architect/read.ts";
import { call, callTask, decide, flow, go, loop, open, state, task, wait } from "../architect/flowParts.ts";
import { closing } from "../architect/flowText.ts";

describe("provenBounds", () => {
	function boundsOf(text: string) {
		const read = readFlow(text, "flow.yaml");
		return "workflow" in read ? provenBounds(read.workflow) : read.findings;
	}

	test.each([
		{ name: "an end", text: open(closing), bounds: { actions: 1, seconds: 0 } },
		{ name: "a wait and an end", text: flow(wait("lit:\n        minutes: 2")), bounds: { actions: 2, seconds: 120 } },
		{
			name: "the longer of two paths",
			text: open(decide("true", `${wait("lit:\n        seconds: 5")}\n${closing}`, `${wait("lit:\n        hours: 1")}\n${closing}`)),
			bounds: { actions: 3, seconds: 3600 },
		},
		{
			name: "each pass of a loop and its return to the loop",
			text: flow(loop("lit: 3", wait("lit:\n        seconds: 10"))),
			bounds: { actions: 8, seconds: 30 },
		},
		{
			name: "loops in loops",
			text: flow(loop("lit: 2", loop("lit: 3", wait("lit:\n        seconds: 10")))),
			bounds: { actions: 18, seconds: 60 },
		},
		{ name: "a call without a timeout as 60 seconds", text: flow(call()), bounds: { actions: 3, seconds: 60 } },
		{
			name: "the states that follow",
			text: open(go("B"), { more: state("B", `${wait("lit:\n        seconds: 7")}\n${closing}`) }),
			bounds: { actions: 3, seconds: 7 },
		},
		{
			name: "a task at each call",
			text: flow(`${callTask("T")}\n${callTask("T")}`, {
				tasks: task("T", `${wait("lit:\n        seconds: 7")}\n- endTask:\n    name: "B"`),
			}),
			bounds: { actions: 7, seconds: 14 },
		},
	])("counts $name", ({ text, bounds }) => {
		expect(boundsOf(text)).toEqual(bounds);
	});
});
