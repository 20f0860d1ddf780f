import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { lintFlow } from "../../architect/lint.ts";
import { readFlow } from "../../architect/read.ts";
import { placeholders, substitute } from "../../architect/substitute.ts";
import { type ActionContract, actionName } from "../../components/genesys/dataAction.ts";
import { actionSets, allSets } from "../../components/genesys/responsePlan.ts";
import { flowOf } from "../../components/prepare.ts";
import { prepareFlow, ResponseFlow, refuseFindings } from "../../components/responseFlow.ts";
import { readSettings, type Settings } from "../../components/settings/settings.ts";
import { policyOf } from "../../functions/pipeline/route/policy.ts";
import { declared } from "./declared.ts";
import { stackOf } from "./stacks.ts";
import { declaredSystem, the } from "./system.ts";

function settings(stack: "dev" | "prod" = "dev", change: Readonly<Record<string, unknown>> = {}): Settings {
	const { config, secretKeys } = stackOf(stack);
	const all: Readonly<Record<string, unknown>> = { ...config, ...change };
	return readSettings({ stack, keys: Object.keys(all), get: (key) => all[key], isSecret: (key) => secretKeys.includes(key) });
}

describe("the response workflow", () => {
	it.each(["dev", "prod"] as const)("of %s is free of findings before anything is declared", (stack) => {
		const of = settings(stack);
		const flow = prepareFlow(of, "telephony", actionSets(of));
		expect(flow.name).toBe(`runbooks-${stack} Response telephony`);
		expect(flow.filepath).toBe(`build/flows/runbooks-${stack}/response-telephony.yaml`);
	});

	it("is one for each policy, each with its own people", () => {
		const of = settings();
		const [telephony, it] = ["telephony", "it-operations"].map((policy) => prepareFlow(of, policy, actionSets(of)));
		expect([telephony?.name, it?.name]).toEqual(["runbooks-dev Response telephony", "runbooks-dev Response it-operations"]);
		const systems = (flow: typeof telephony) =>
			Object.keys(flow?.substitutions ?? {}).filter((key) => /^category_(pagerduty|twilio)/.test(key));
		expect(systems(telephony).toSorted()).toEqual(["category_pagerduty_primary", "category_pagerduty_secondary", "category_twilio"]);
		expect(systems(it)).toEqual(["category_pagerduty_it_operations"]);
	});

	it("is the same text for the same settings", () => {
		const [first, second] = [settings(), settings()];
		expect(prepareFlow(first, "telephony", actionSets(first))).toEqual(prepareFlow(second, "telephony", actionSets(second)));
	});

	it("has exactly the placeholders that its substitutions fill", () => {
		const of = settings();
		const { text, substitutions } = prepareFlow(of, "telephony", actionSets(of));
		expect(placeholders(text).toSorted()).toEqual(Object.keys(substitutions).toSorted());
		expect(substitutions.category_pagerduty_secondary).toBe("runbooks-dev PagerDuty secondary");
	});

	it("stands in the division that the stack names", () => {
		const of = settings("dev", { genesys: { ...Object(stackOf("dev").config.genesys), division: "Operations" } });
		const read = readFlow(prepareFlow(of, "telephony", actionSets(of)).text, "response.yaml");
		expect("workflow" in read ? read.workflow.division : read.findings).toBe("Operations");
	});
});

describe("the flow resource", () => {
	it("has the name that stands in the YAML, a relative file, and the outputs of its data actions as substitutions", async () => {
		const { inputs } = the(await declaredSystem(stackOf("dev")), "Flow", "runbooks-response-telephony-flow");
		const of = settings();
		const flow = prepareFlow(of, "telephony", actionSets(of));
		const substituted = substitute(flow.text, flow.substitutions);
		const read = readFlow("text" in substituted ? substituted.text : "", flow.filepath);
		expect("workflow" in read ? read.workflow.name : read.findings).toBe(inputs.name);
		expect(inputs).toEqual({
			name: "runbooks-dev Response telephony",
			filepath: flow.filepath,
			substitutions: flow.substitutions,
			updateTriggerHash: expect.stringMatching(/^[0-9a-f]{8}$/),
		});
	});

	it("is published again when one of its data actions is made anew under the same name", async () => {
		const of = settings();
		const flow = prepareFlow(of, "telephony", actionSets(of));
		const triggerOf = async (claimId: string) => {
			const substitutions = Object.entries(flow.substitutions).map(([key, text]) => [
				key,
				{ text: pulumi.output(text), id: pulumi.output(key === "action_ledger_claim" ? claimId : `${key}-id`) },
			]);
			const program = async () => new ResponseFlow("response", { flow, substitutions: Object.fromEntries(substitutions) });
			return the(await declared(program, stackOf("dev")), "Flow", "response-flow").inputs;
		};
		const [before, same, after] = [await triggerOf("one"), await triggerOf("one"), await triggerOf("two")];
		expect(same).toEqual(before);
		expect(after).toEqual({ ...before, updateTriggerHash: expect.not.stringMatching(String(before.updateTriggerHash)) });
	});

	it("finds each of its data actions under the name that was computed for it", async () => {
		const declaration = await declaredSystem(stackOf("dev"));
		const actions = declaration.resources.filter(({ type }) => type.endsWith(":IntegrationAction"));
		const declared = actions.map(({ inputs }) => `${inputs.category}/${inputs.name}`);
		const computed = allSets(actionSets(settings())).flatMap(({ category, actions: contracts }) =>
			Object.values<ActionContract>(contracts).map((contract) => `${category}/${actionName(contract)}`),
		);
		expect(declared.toSorted()).toEqual(computed.toSorted());
	});
});

describe("findings", () => {
	const finding = {
		file: "build/flows/x/response.yaml",
		line: 3,
		column: 7,
		rule: "loop-bound" as const,
		message: "Expected a bound.",
		remedy: "Give one.",
	};

	it("that are errors stop the program with file, line, rule and remedy", () => {
		expect(() => refuseFindings([{ ...finding, severity: "error" }])).toThrow(
			expect.objectContaining({
				__pulumiRunError: true,
				message:
					"1 finding in the response workflow; nothing was deployed:\n  build/flows/x/response.yaml:3:7 loop-bound: Expected a bound. Give one.",
			}),
		);
	});

	const prepared = () => {
		const of = settings();
		return flowOf(of, "telephony", actionSets(of));
	};
	it.each<[string, (text: string) => string, RegExp]>([
		[
			"unbounded",
			(text) => inPlaceOf(text, "loopCount:", 'exp: "Flow.occurrence"'),
			/response-telephony\.yaml:\d+:\d+ loop-bound: .* Write a literal/,
		],
		["mistyped", (text) => inPlaceOf(text, "condition:", "lit: 5"), /:\d+:\d+ type: .* Convert it/],
		["unclosed", withoutEnd, /:\d+:\d+ unclosed-path: .* End it with changeState or endWorkflow\./],
		["unhandled", withoutTimeout, /:\d+:\d+ outputs-unhandled: .* Give the path at least one action/],
		["with a placeholder left", (text) => text.replace('name: "', 'name: "{{left}} '), /:\d+:\d+ placeholder-unknown: .*\{\{left\}\}/],
	])("of a workflow that is %s stop it with the line and the remedy", (_, breakIt, message) => {
		const { text, filepath, substitutions } = prepared();
		const broken = breakIt(text);
		expect(broken).not.toBe(text);
		expect(() => refuseFindings(lintFlow(broken, { file: filepath, substitutions, ours: true }))).toThrow(message);
	});

	it("that are warnings do not", () => {
		expect(() => refuseFindings([{ ...finding, severity: "warning" }])).not.toThrow();
	});

	it("of a workflow that could outlast its platform are errors", () => {
		const policies = Object(stackOf("dev").config.policies);
		const telephony = { ...policies.telephony, staleSeconds: 172_800, acknowledgeSeconds: 300 };
		const tier = (name: string) => ({ name, channels: [{ kind: "sms", to: "+15555550101" }] });
		const allowed = settings("dev", { policies: { ...policies, telephony: { ...telephony, tiers: ["a", "b", "c", "d"].map(tier) } } });
		// The checks of the settings refuse it first.
		const patient = { ...policyOf(allowed.runtime, {}), acknowledgeSeconds: 86_400 };
		const of = { ...allowed, runtime: { ...allowed.runtime, policies: { ...allowed.runtime.policies, telephony: patient } } };
		expect(() => prepareFlow(of, "telephony", actionSets(of))).toThrow(
			/finding.* in the response workflow; nothing was deployed:\n.*72 h/s,
		);
	});
});

/** The value below the first line of a key replaced by another one. */
function inPlaceOf(text: string, key: string, value: string): string {
	const lines = text.split("\n");
	const at = lines.findIndex((line) => line.trim() === key) + 1;
	const indent = (lines[at] ?? "").search(/\S/);
	return lines.with(at, `${" ".repeat(indent)}${value}`).join("\n");
}

/** The last endWorkflow replaced by a wait. */
function withoutEnd(text: string): string {
	const lines = text.split("\n");
	const at = lines.findLastIndex((line) => line.trim() === "- endWorkflow:");
	const indent = " ".repeat((lines[at] ?? "").search(/\S/));
	return [
		...lines.slice(0, at),
		`${indent}- wait:`,
		`${indent}    duration:`,
		`${indent}      lit:`,
		`${indent}        seconds: 1`,
		"",
	].join("\n");
}

/** The first path of a timeout left out. */
function withoutTimeout(text: string): string {
	const lines = text.split("\n");
	const at = lines.findIndex((line, index) => line.trim() === "timeout:" && lines[index + 1]?.trim() === "actions:");
	const indent = (lines[at] ?? "").search(/\S/);
	const end = lines.findIndex((line, index) => index > at && line.search(/\S/) <= indent);
	return [...lines.slice(0, at), ...lines.slice(end)].join("\n");
}
