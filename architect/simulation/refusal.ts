/** One reason why a flow cannot be run as it stands. */
export interface Refusal {
	readonly message: string;
	/** Where: `Page_10/Attempts/Send`. */
	readonly path: string;
	readonly line?: number;
}

/** A flow that the simulator does not run, with every reason. */
export class FlowRefused extends Error {
	readonly refusals: readonly Refusal[];
	constructor(workflow: string, refusals: readonly Refusal[]) {
		const lines = refusals.map(({ path, line, message }) => `${path}${line === undefined ? "" : ` (line ${line})`}: ${message}`);
		super(`The flow "${workflow}" cannot be run:\n${lines.join("\n")}`);
		this.name = "FlowRefused";
		this.refusals = refusals;
	}
}
