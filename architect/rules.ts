/** What a rule expects, and why it matters. */
interface RuleText {
	readonly expects: string;
	readonly help: string;
}

const refused = "The platform refuses such a flow when it is deployed, after minutes and often without a message.";
const yamlReaders = "Readers of YAML disagree on it, so that the flow that is deployed may not be the one that was written.";
const wrongWay = "The flow would go another way than it says.";
const notLooked = "It can be right; nothing here knows enough of it to say so.";

/** Every rule that a finding may name. */
export const rules = {
	"action-budget": {
		expects: "The longest run stays below the platform's limit of actions.",
		help: "The platform ends a run at 10,000 actions, wherever it stands then.",
	},
	alias: { expects: "YAML without anchors and aliases.", help: refused },
	"contract-input": { expects: "A call uses inputs that its data action has.", help: refused },
	"contract-output": { expects: "A call binds outputs that its data action has.", help: refused },
	"contract-required": { expects: "A call gives the inputs that its data action requires.", help: "Without one the call fails." },
	cycle: { expects: "States and tasks lead on without return.", help: "Where they return nothing bounds the run." },
	"duplicate-key": { expects: "Each key stands once in a map.", help: yamlReaders },
	arity: { expects: "A function is given the arguments of one of its forms.", help: refused },
	"error-handling": { expects: "Error handling that is followed here: End Workflow.", help: notLooked },
	export: {
		expects: "A compiled export that can be decoded.",
		help: "Architect writes it as base64 of URL-encoded JSON; a part of it, or a copy through an editor, cannot be read.",
	},
	"expression-syntax": { expects: "An expression that parses and can be evaluated.", help: refused },
	"flow-type": { expects: "A flow of type workflow.", help: "Of other types what all of them share is looked at, and nothing else." },
	"initial-value": { expects: "An initial value is a literal, or not set.", help: refused },
	"loop-bound": {
		expects: "The count of a loop has a maximum that can be proven.",
		help: "Without one the run may reach the platform's limit of 10,000 actions.",
	},
	"loop-only": { expects: "What leaves or repeats a loop stands inside one.", help: refused },
	"missing-key": { expects: "A node has the keys that it must have.", help: refused },
	nesting: { expects: "A flow that can be followed.", help: "Actions, or tasks that call tasks, stand too deep inside each other." },
	"not-a-workflow": { expects: "A flow of type workflow, as Archy YAML.", help: "Other files are not looked at." },
	"not-set": {
		expects: "What must have a value is set on every way that leads there.",
		help: "An expression that uses NOT_SET may end the run with an error.",
	},
	"output-path": { expects: "A call of a task names paths that the task ends on.", help: wrongWay },
	"output-unknown": { expects: "The paths of an action are among those that it has.", help: wrongWay },
	"outputs-unhandled": {
		expects: "Every path that leaves an action has actions.",
		help: "Without them the flow goes on as if nothing had happened.",
	},
	"placeholder-unknown": { expects: "Every placeholder has a substitution.", help: "What is left stands in the flow as it is written." },
	"placeholder-unquoted": {
		expects: "A placeholder stands in quotes.",
		help: "Other readers take it for a map in a map, and a value that holds `: ` or ` #` would break its line.",
	},
	"ref-id-unique": { expects: "Each state and task has a refId of its own.", help: refused },
	reference: { expects: "A reference names a state or a task of the same file.", help: refused },
	"reference-form": { expects: "A reference to a state or a task of the same file, in full.", help: refused },
	"run-time": {
		expects: "The longest run stays below the platform's limit of time.",
		help: "The platform ends a run after 72 hours; waits and timeouts add up.",
	},
	shape: { expects: "A node is of the kind that its place wants.", help: refused },
	"start-up": { expects: "The flow starts in a state that it has.", help: refused },
	"state-only": { expects: "What leads from state to state stands in a state.", help: refused },
	"substitution-unsafe": { expects: "A substitution is plain text.", help: "The provider replaces text and escapes nothing." },
	"substitution-unused": { expects: "Every substitution is used.", help: "One that is not is often a placeholder with a slip in it." },
	"switch-cases": { expects: "A switch has as many cases as the platform takes.", help: refused },
	"switch-style": { expects: "A switch compares texts or integers, or takes the first case that is true.", help: refused },
	tab: { expects: "Blanks as indentation.", help: "YAML forbids tabs there." },
	tag: { expects: "Values without YAML tags.", help: "A plain text that starts with ! is read as a tag." },
	"task-only": { expects: "Only tasks are left by endTask.", help: refused },
	"too-large": { expects: "A file that the platform takes.", help: refused },
	"too-many": { expects: "As many findings as somebody reads.", help: "The rest was left out." },
	type: { expects: "A value is of the type that its place wants.", help: refused },
	"unclosed-path": { expects: "Every path ends, or leads on.", help: "What follows there is said nowhere." },
	"unknown-action": { expects: "An action that is known here.", help: `${notLooked} \`lint --actions\` lists those that are known.` },
	"unknown-function": {
		expects: "A function that is known here.",
		help: `${notLooked} \`evaluate --functions\` lists those that are known.`,
	},
	"unknown-key": { expects: "A node has only keys that it knows.", help: refused },
	unreachable: { expects: "Every action can be reached.", help: wrongWay },
	"unquoted-branch": {
		expects: "The paths yes and no stand in quotes.",
		help: `YAML 1.1 takes the bare words for truth values. ${yamlReaders}`,
	},
	"unquoted-word": {
		expects: "The texts yes, no, on and off stand in quotes.",
		help: `YAML 1.1 takes the bare words for truth values. ${yamlReaders}`,
	},
	"value-node": { expects: "A value is exactly one literal, expression or noValue.", help: refused },
	"variable-duplicate": { expects: "A variable is declared once.", help: refused },
	"variable-read-only": { expects: "The platform's own variables are only read.", help: refused },
	"variable-scope": { expects: "A variable is used where it can be seen.", help: refused },
	"variable-type": { expects: "A variable of a type whose values are known here.", help: notLooked },
	"variable-undeclared": { expects: "A variable is declared.", help: refused },
	"wait-bound": {
		expects: "A wait has a maximum that can be proven.",
		help: "Without one the run may reach the platform's limit of 72 hours.",
	},
	yaml: { expects: "One document of YAML 1.2.", help: "What does not parse is not looked at." },
} as const satisfies Readonly<Record<string, RuleText>>;

export type RuleId = keyof typeof rules;
