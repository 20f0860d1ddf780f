import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { mostFlowBytes } from "../../architect/limits.ts";
import { provenBounds } from "../../architect/lint.ts";
import { readFlow } from "../../architect/read.ts";
import { actionSets } from "../../components/genesys/responsePlan.ts";
import { prepareFlow } from "../../components/responseFlow.ts";
import { readScenario } from "../../rehearsal/scenario/read.ts";
import { readStackFile, withSettings } from "../../rehearsal/scenario/stackFile.ts";

const document = readFileSync(new URL("../../docs/vendors.md", import.meta.url), "utf8");

test("docs/vendors.md says how large the workflow of every-vendor is, and how long it runs at most", () => {
	const { settings = {} } = readScenario("every-vendor");
	const stack = withSettings(readStackFile("dev"), settings).settings;
	const { text, filepath } = prepareFlow(stack, "telephony", actionSets(stack));
	const read = readFlow(text, filepath);
	if (!("workflow" in read)) throw new Error("expected a workflow");
	const { actions, seconds } = provenBounds(read.workflow);
	const bytes = Buffer.byteLength(text);
	expect(document.replaceAll("\n", " ")).toContain(
		`${count(bytes)} bytes of YAML, ${Math.round((100 * bytes) / mostFlowBytes)} % of what a flow may have; on its longest path it runs ${count(actions)} actions in ${count(Math.ceil(seconds / 60))} minutes`,
	);
});

const count = (number: number): string => number.toLocaleString("en-US");
