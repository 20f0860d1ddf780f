import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";

/** What the engine did to one resource, or would do. */
export interface Step {
	/** `create`, `update`, `replace`, `delete` …: the engine's own word. */
	readonly op: string;
	readonly type: string;
	readonly name: string;
	/** The inputs that changed, by their paths. */
	readonly diffs: readonly string[];
}

/** The engine's words for what changes nothing outside: a `replace` is only the sum of its two halves. */
const quiet: readonly string[] = ["same", "read", "refresh"];

/** One operation of the engine as its events tell it. */
export class Outcome {
	readonly events: EngineEvent[] = [];

	/** To be given to an operation as `onEvent`. */
	readonly hear = (event: EngineEvent): void => {
		this.events.push(event);
	};

	/** What was begun, in this order, of resources of providers. */
	get steps(): readonly Step[] {
		return this.events
			.flatMap(({ resourcePreEvent }) => (resourcePreEvent === undefined ? [] : [stepOf(resourcePreEvent.metadata)]))
			.filter(isChange);
	}

	/** What is done, in the order in which it ended. */
	get done(): readonly Step[] {
		return this.events
			.flatMap(({ resOutputsEvent }) => (resOutputsEvent === undefined ? [] : [stepOf(resOutputsEvent.metadata)]))
			.filter(isChange);
	}

	/** `op name`, sorted: what changes, without an order. */
	get changes(): readonly string[] {
		return this.steps.map(({ op, name }) => `${op} ${name}`).toSorted();
	}

	/** Whatever it told, as one text, without what it tells only to whoever asks for debugging. */
	get told(): string {
		return JSON.stringify(this.events.filter((event) => !isDebug(event)));
	}

	/** The rest: `pulumi --debug` prints it. */
	get whispered(): string {
		return JSON.stringify(this.events.filter(isDebug));
	}
}

type Metadata = NonNullable<EngineEvent["resourcePreEvent"]>["metadata"];

function stepOf({ op, urn, type, diffs = [] }: Metadata): Step {
	return { op, type, name: urn.split("::").at(-1) ?? "", diffs };
}

const isChange = ({ op, type }: Step): boolean =>
	!quiet.includes(op) && !type.startsWith("pulumi:") && !type.startsWith("genesyscloud-runbooks:");

/** Its own type does not know this severity. */
const isDebug = ({ diagnosticEvent }: EngineEvent): boolean => String(diagnosticEvent?.severity) === "debug";
