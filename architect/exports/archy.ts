import { stringify } from "yaml";
import { actionOf, type Chains, numberOf } from "./actions.ts";
import { decodeExport, type Fields, fieldsIn, isExport, isFields, textOf } from "./decode.ts";
import { type Node, valueNode } from "./values.ts";

/** A flow as Archy YAML, and where each line of it stands for people. */
export interface Archy {
	readonly text: string;
	/** The line itself; in a compiled export the number that Architect shows for the action, the state or the task, 1 outside of any. */
	readonly lineOf: (line: number) => number;
	readonly compiled: boolean;
}

/** The Archy YAML of a flow: the text itself, or what a compiled export says. Throws ExportError. */
export function asArchy(text: string): Archy {
	if (!isExport(text)) return { text, lineOf: (line) => line, compiled: false };
	const yaml = stringify(documentOf(decodeExport(text)), {
		lineWidth: 0,
		aliasDuplicateObjects: false,
		defaultStringType: "QUOTE_DOUBLE",
		defaultKeyType: "QUOTE_DOUBLE",
	});
	return { text: yaml, lineOf: numbersBy(yaml), compiled: true };
}

/** The number stands in the line below the key of each action, state and task. */
function numbersBy(yaml: string): Archy["lineOf"] {
	let last = 1;
	const numbers = yaml.split("\n").map((line) => {
		const number = /^\s*"trackingId": (\d+)$/.exec(line)?.[1];
		if (number !== undefined) last = Number(number);
		return last;
	});
	return (line) => numbers[line] ?? last;
}

/** Root keys of Archy, by the types that exports name. */
const roots: Readonly<Record<string, string>> = {
	bot: "botFlow",
	commonmodule: "commonModule",
	digitalbot: "digitalBotFlow",
	inboundcall: "inboundCall",
	inboundchat: "inboundChat",
	inboundemail: "inboundEmail",
	inboundshortmessage: "inboundShortMessage",
	inqueuecall: "inqueueCall",
	inqueueemail: "inqueueEmail",
	inqueueshortmessage: "inqueueShortMessage",
	outboundcall: "outboundCall",
	securecall: "secureCall",
	surveyinvite: "surveyInvite",
	voicesurvey: "voiceSurvey",
};

function documentOf(flow: Fields): Node {
	const type = textOf(flow.type);
	const root = Object.hasOwn(roots, type) ? (roots[type] ?? type) : type;
	const sequences = fieldsIn(flow.flowSequenceItemList);
	const refs = new Map(sequences.map((each) => [each.id, `${textOf(each.name)}_${String(each.trackingId)}`] as const));
	const reference: Chains["reference"] = (folder, id) => `/${root}/${folder}/${folder.slice(0, -1)}[${refs.get(id) ?? ""}]`;
	const isState = ({ __type }: Fields): boolean => textOf(__type).endsWith("State");
	const states = sequences.filter(isState).map((each) => ({ state: sequenceOf(each, reference) }));
	const tasks = sequences.filter((each) => !isState(each)).map((each) => ({ task: sequenceOf(each, reference) }));
	return {
		[root]: {
			name: textOf(flow.name),
			...(textOf(flow.description) === "" ? {} : { description: textOf(flow.description) }),
			defaultLanguage: textOf(flow.defaultLanguage).toLowerCase(),
			startUpRef: reference("states", flow.initialSequence),
			variables: variablesOf(flow),
			...(isFields(flow.errorHandling) && flow.errorHandling.handlingType === "EndWorkflow"
				? { settingsErrorHandling: { errorHandling: { endWorkflow: { none: true } } } }
				: {}),
			states,
			...(tasks.length === 0 ? {} : { tasks }),
		},
	};
}

function variablesOf({ variables }: Fields): Node {
	// The platform's own, such as those of a trigger, are known without being declared.
	const own = fieldsIn(variables).filter(({ isInternal }) => isInternal !== true);
	return own.map((variable) => ({
		[`${variableType(variable)}Variable`]: {
			name: textOf(variable.name),
			initialValue: valueNode(variable.initialValue),
			isInput: variable.isInput === true,
			isOutput: variable.isOutput === true,
		},
	}));
}

/** `BoolVariable` with `isCollection` is booleanCollection. */
function variableType({ __type, isCollection }: Fields): string {
	const name = textOf(__type).replace(/Variable$/, "");
	const lower = `${name.slice(0, 1).toLowerCase()}${name.slice(1)}`;
	return `${lower === "bool" ? "boolean" : lower}${isCollection === true ? "Collection" : ""}`;
}

function sequenceOf(sequence: Fields, reference: Chains["reference"]): Node {
	const actions = new Map(fieldsIn(sequence.actionList).map((action) => [action.id, action] as const));
	const written = new Set<unknown>();
	const chains: Chains = {
		from: (first) => {
			const found: Node[] = [];
			for (let id = first; id !== undefined && !written.has(id); ) {
				written.add(id);
				const action = actions.get(id);
				if (action === undefined) break;
				found.push(actionOf(action, chains));
				id = action.nextAction;
			}
			return found;
		},
		reference,
	};
	const menu = sequence.menuChoiceList === undefined ? [] : [actionOf({ ...sequence, __type: "MenuAction" }, chains)];
	return {
		...numberOf(sequence),
		name: textOf(sequence.name),
		refId: textOf(reference("states", sequence.id).match(/\[(.*)\]$/)?.[1]),
		variables: variablesOf(sequence),
		actions: [...chains.from(sequence.startAction), ...menu],
	};
}
