import { callsIn, everyStep } from "../../architect/lint/steps.ts";
import type { Action, Sequence, Workflow } from "../../architect/model.ts";
import { readFlow } from "../../architect/read.ts";
import { actionSets } from "../../components/genesys/responsePlan.ts";
import { flowsOf } from "../../components/prepare.ts";
import type { StackFile } from "../scenario/stackFile.ts";

/** One state of a workflow, as a picture shows it. */
export interface PicturedState {
	readonly name: string;
	readonly mark: "new" | "changed" | "same";
	/** The channels that it pages, by their data actions' category; empty for a state that pages nobody. */
	readonly calls: readonly string[];
	/** The states that may follow, by name. */
	readonly leadsTo: readonly string[];
	/** The actions that differ from before, by their names. */
	readonly changed: readonly string[];
}

/** The new workflow of one policy. */
export interface Picture {
	readonly policy: string;
	readonly isNew: boolean;
	readonly states: readonly PicturedState[];
	/** States that are no more. */
	readonly removed: readonly string[];
}

/** The workflows that change, each with what is other in it. Throws a RunError for settings that do not compile. */
export function picturesOf(from: StackFile, to: StackFile): readonly Picture[] {
	const before = textsOf(from);
	return [...textsOf(to)].flatMap(([policy, text]) => {
		const old = before.get(policy);
		return old === text ? [] : [pictureOf(policy, old === undefined ? undefined : workflowIn(old), workflowIn(text))];
	});
}

const textsOf = ({ settings }: StackFile): ReadonlyMap<string, string> =>
	new Map(flowsOf(settings, actionSets(settings)).map(({ policy, text }) => [policy, text]));

function workflowIn(text: string): Workflow {
	const read = readFlow(text, "workflow");
	if ("workflow" in read) return read.workflow;
	throw new Error(`Expected a workflow that was just compiled to be readable, got ${read.findings[0]?.message}`);
}

function pictureOf(policy: string, old: Workflow | undefined, now: Workflow): Picture {
	const states = now.states.map((state) =>
		picturedState(
			state,
			old?.states.find(({ name }) => name === state.name),
			now,
		),
	);
	const removed = (old?.states ?? []).map(({ name }) => name).filter((name) => !now.states.some((state) => state.name === name));
	return {
		policy,
		isNew: old === undefined,
		states: old === undefined ? states.map((state) => ({ ...state, mark: "same" })) : states,
		removed,
	};
}

function picturedState(state: Sequence, old: Sequence | undefined, workflow: Workflow): PicturedState {
	const own = { ...workflow, states: [state], tasks: [] };
	const nameOf = (refId: string): string => workflow.states.find((each) => each.refId === refId)?.name ?? refId;
	const targets = everyStep(own).flatMap(({ action }) => (action.kind === "changeState" ? nameOf(action.target) : []));
	const changed = old === undefined ? [] : differingActions(old, state, workflow);
	return {
		name: state.name,
		mark: old === undefined ? "new" : textOf(old) === textOf(state) ? "same" : "changed",
		calls: [...new Set(callsIn(own).map(({ category }) => systemOf(category)))].filter((system) => !ours.has(system)),
		leadsTo: [...new Set(targets)],
		changed,
	};
}

/** Data actions that page nobody. */
const ours: ReadonlySet<string> = new Set(["ledger", "genesys"]);

/** Of a placeholder `{{category_pagerduty_primary}}`: `pagerduty primary`. */
const systemOf = (category: string): string => category.replace(/^\{\{category_(.*)\}\}$/, "$1").replaceAll("_", " ");

/** Without the lines at which things stand. */
const textOf = (part: Sequence | Action): string => JSON.stringify(part, (key, value: unknown) => (key === "place" ? undefined : value));

/** The names of the actions that came, went or are other than before; what holds a change and is nothing else is left out. */
function differingActions(old: Sequence, now: Sequence, workflow: Workflow): readonly string[] {
	const [before, after] = [old, now].map((state) => ownTexts(state, workflow));
	if (before === undefined || after === undefined) return [];
	const names = [...new Set([...before.keys(), ...after.keys()])];
	return names.filter((name) => before.get(name) !== after.get(name));
}

/** Action name → what it says itself, without the actions inside of it. */
function ownTexts(state: Sequence, workflow: Workflow): ReadonlyMap<string, string> {
	const texts = new Map<string, string>();
	for (const { action } of everyStep({ ...workflow, states: [state], tasks: [] }))
		texts.set(action.name, `${texts.get(action.name) ?? ""}${withoutInner(action)}`);
	return texts;
}

const inner: ReadonlySet<string> = new Set([
	"place",
	"yes",
	"no",
	"cases",
	"default",
	"body",
	"success",
	"failure",
	"timeoutActions",
	"paths",
]);

const withoutInner = (action: Action): string =>
	JSON.stringify(Object.fromEntries(Object.entries(action).filter(([key]) => !inner.has(key))), (key, value: unknown) =>
		key === "place" ? undefined : value,
	);
