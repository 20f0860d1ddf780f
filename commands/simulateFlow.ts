import type { Command } from "commander";
import { type Archy, asArchy } from "../architect/exports/archy.ts";
import { ExportError } from "../architect/exports/decode.ts";
import { numbered } from "../architect/exports/numbered.ts";
import { callsIn, everyStep } from "../architect/lint/steps.ts";
import type { Finding, Workflow } from "../architect/model.ts";
import { readFlow } from "../architect/read.ts";
import { FlowRefused, InputError, type Outcome, simulate, unanswered } from "../architect/simulate.ts";
import { placeholders, substitute } from "../architect/substitute.ts";
import { runAsProcess, type Script, scriptCommand } from "./commandLine.ts";
import { announce, entriesOf, oneLine, readDocument, readText } from "./document.ts";
import { runReport, runText } from "./flowRun.ts";
import { Answering, answeredAs, emptyWorld, type FlowWorld, readWorld } from "./flowWorld.ts";
import { say, tell } from "./terminal.ts";
import { lackedBy } from "./worldAsks.ts";
import { worldSkeleton } from "./worldSkeleton.ts";

interface Flags {
	readonly input?: string;
	readonly world?: string;
	readonly worldSkeleton?: true;
	readonly json?: true;
}

const skeletonHint = "--world-skeleton prints a world that has all of them.";

/** When each run begins: a fixed instant, so that two runs are equal. */
const start = Date.UTC(2026, 0, 1);

function command(): Command {
	return scriptCommand("simulate:flow")
		.description(
			"Runs an Architect workflow (Archy YAML, or a compiled export, .i3WorkFlow), or the first task of an inbound call flow, without an organization, from 2026-01-01T00:00:00Z, within the platform's limits of 10,000 actions and 72 hours. Exit status: 0 completed, 1 ended by an error, 2 a flow, input or world that cannot be run.",
		)
		.argument("<file>", "the workflow, or the inbound call flow")
		.option("--input <file>", 'JSON, the launch\'s inputs: {"Flow.customer": "Jo"}')
		.option(
			"--world <file>",
			'JSON: {"substitutions": {"integration": "Ledger"}, "entities": {"queues": [{"id": "…", "name": "…"}]}, "dataActions": {"Ledger/Read": [{"success": {"status": "open"}}, {"failure": {"errorCode": "…"}}, {"timeout": true}]}, "dataTables": {"Sites": {"Ulm": {"open": true}}}, "conversations": {"<id>": {"attribute": "…"}}, "actions": {"sendNotification/Tell": [{"path": "success", "outputs": {}}]}}; answers are taken in order, the last one repeats',
		)
		.option("--world-skeleton", "print a world that the flow can run in, to be filled in, and run nothing")
		.option("--json", "print {outcome, exitReason, outputs, seconds, actions, trace} instead");
}

function run(program: Command): number {
	const [file = ""] = program.args;
	try {
		const { input, world, worldSkeleton, json } = program.opts<Flags>();
		if (worldSkeleton) {
			console.log(JSON.stringify(skeletonOf(file), undefined, 2));
			return 0;
		}
		const inputs = input === undefined ? {} : readDocument(input, (each) => Object.fromEntries(entriesOf(each, "the inputs")));
		const around = world === undefined ? emptyWorld : readDocument(world, readWorld);
		const workflow = readWorkflow(file, around);
		const { outcome, isAnswered } = play(workflow, inputs, around);
		if (json) console.log(JSON.stringify(runReport(outcome, start)));
		else say(runText(outcome, start));
		return isAnswered ? Number(outcome.outcome !== "completed") : refuse([...lacking(workflow, around, file), skeletonHint]);
	} catch (error) {
		const lines = reasons(error, file);
		if (lines === undefined) throw error;
		return refuse(lines);
	}
}

function refuse(lines: readonly string[]): number {
	tell(lines.map(oneLine).join("\n"));
	return 2;
}

/** The run until its end, or until a call to which the world has no answer. */
function play(
	workflow: Workflow,
	inputs: Readonly<Record<string, unknown>>,
	world: FlowWorld,
): { readonly outcome: Outcome; readonly isAnswered: boolean } {
	const steps = simulate(workflow, inputs, { now: start, entities: world.entities });
	const answering = new Answering(world, start);
	let isAnswered = true;
	let step = steps.next();
	while (!step.done) {
		const effect = step.value;
		const answer = answering.to(effect);
		isAnswered = answer !== undefined;
		step = answer === undefined ? steps.throw(unanswered(effect)) : steps.next(answer);
	}
	return { outcome: step.value, isAnswered };
}

/** Everything that the flow asks and the world does not answer, at the line of the first question. */
function lacking(workflow: Workflow, world: FlowWorld, file: string): readonly string[] {
	const missing = Map.groupBy(
		callsIn(workflow).filter((call) => answeredAs(call, world) === undefined),
		({ category, dataAction }) => `${category}/${dataAction}`,
	);
	const others = everyStep(workflow).flatMap(({ action }) => {
		const lacked = action.kind === "unmodelled" ? lackedBy(world, action) : undefined;
		return lacked === undefined ? [] : [{ line: action.place?.line, what: `"${action.name}" by ${lacked}` }];
	});
	const calls = [...missing].map(([key, [first]]) => ({ line: first?.place?.line, what: `the data action "${key}"` }));
	return [...calls, ...others]
		.toSorted((one, other) => (one.line ?? 1) - (other.line ?? 1))
		.map(({ line, what }) => `${file}:${line ?? 1} Expected the world to answer for ${what}, got none.`);
}

class FlowUnreadable extends Error {
	readonly findings: readonly Omit<Finding, "file">[];
	constructor(findings: readonly Omit<Finding, "file">[]) {
		super("The flow cannot be read.");
		this.name = "FlowUnreadable";
		this.findings = findings;
	}
}

/** A world may serve several workflows: substitutions that this one does not use are left out. Throws FlowUnreadable. */
function readWorkflow(file: string, { substitutions }: FlowWorld): Workflow {
	const { text, lineOf, compiled } = readArchy(file);
	const used = new Set(placeholders(text));
	const substituted = substitute(text, Object.fromEntries(Object.entries(substitutions).filter(([key]) => used.has(key))));
	if ("problems" in substituted) throw new FlowUnreadable(substituted.problems);
	const read = readFlow(substituted.text, file, { asking: true, compiled });
	if ("findings" in read) throw new FlowUnreadable(read.findings.map((each) => ({ ...each, line: lineOf(each.line) })));
	return numbered(read.workflow, lineOf);
}

/** The YAML of a flow. Throws FlowUnreadable for a compiled export that is none. */
function readArchy(file: string): Archy {
	const text = readText(file);
	announce(file, text);
	try {
		return asArchy(text);
	} catch (error) {
		if (!(error instanceof ExportError)) throw error;
		const { message, remedy } = error;
		throw new FlowUnreadable([{ line: 1, column: 1, rule: "export", severity: "error", message, remedy }]);
	}
}

/** Of a flow that may hold placeholders, and actions that are not run. Throws FlowUnreadable. */
function skeletonOf(file: string): object {
	const { text, compiled } = readArchy(file);
	const read = readFlow(text, file, { lenient: true, asking: true, compiled });
	if ("findings" in read) throw new FlowUnreadable(read.findings);
	return worldSkeleton(read.workflow, placeholders(text));
}

/** What to say of a flow that could not be run; undefined for an error that is not about it. */
function reasons(error: unknown, file: string): readonly string[] | undefined {
	if (error instanceof InputError) return error.problems.map((problem) => `The inputs do not fit ${file}: ${problem}`);
	if (error instanceof FlowUnreadable) {
		return error.findings.map(({ line, column, rule, message, remedy }) => `${file}:${line}:${column} ${rule}: ${message} ${remedy}`);
	}
	if (error instanceof FlowRefused) {
		return error.refusals.map(({ line, path, message }) => `${file}${line === undefined ? "" : `:${line}`} ${path}: ${message}`);
	}
	// Tasks that call tasks, thousands deep: reading bounds all other nesting.
	if (error instanceof RangeError) return [`${file}: Expected a flow that can be followed, got tasks that call tasks too deeply.`];
	return undefined;
}

export const simulateFlow: Script = { command, run };

if (import.meta.main) await runAsProcess(simulateFlow);
