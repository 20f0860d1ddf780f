import type { Automation } from "../../functions/edges/aws/automation.ts";
import { EdgeError } from "../../functions/pipeline/ports.ts";
import type { EmulatorClock } from "../world/clock.ts";
import type { Allow } from "./guardedServices.ts";

/** One execution of a document. */
export interface AutomationExecution {
	readonly id: string;
	readonly document: string;
	readonly parameters: Readonly<Record<string, readonly string[]>>;
	readonly clientToken: string;
	readonly startedAt: number;
}

/** How long every document takes here. */
const takesMilliseconds = 30_000;

/** Systems Manager Automation of the offline account: the documents that exist, and what was started. */
export class AutomationService {
	readonly #clock: Pick<EmulatorClock, "now">;
	readonly #started: (execution: AutomationExecution) => void;
	readonly #documents = new Set<string>();
	readonly executions: AutomationExecution[] = [];

	constructor(clock: Pick<EmulatorClock, "now">, started: (execution: AutomationExecution) => void) {
		this.#clock = clock;
		this.#started = started;
	}

	/** A document that somebody made in the account before anything is deployed. */
	addDocument(name: string): void {
		this.#documents.add(name);
	}

	/** Throws EdgeError "not-found" for a document that nobody made. The same client token starts nothing again. */
	start(document: string, parameters: AutomationExecution["parameters"], clientToken: string): string {
		if (!this.#documents.has(document)) throw notFound("a document of this account", document);
		const known = this.executions.find((execution) => execution.clientToken === clientToken);
		if (known !== undefined) return known.id;
		const id = `execution-${this.executions.length + 1}`;
		const execution = { id, document, parameters, clientToken, startedAt: this.#clock.now() };
		this.executions.push(execution);
		this.#started(execution);
		return id;
	}

	status(id: string): "InProgress" | "Success" {
		const execution = this.executions.find((each) => each.id === id);
		if (execution === undefined) throw notFound("an execution", id);
		return this.#clock.now() < execution.startedAt + takesMilliseconds ? "InProgress" : "Success";
	}
}

/** The service as a function reaches it: authorised as its role, on the resources that AWS's policy examples name. */
export function guardedAutomation(
	service: AutomationService,
	allow: Allow,
	here: { readonly region: string; readonly accountId: string },
): Automation {
	const arn = (resource: string, account = here.accountId): string => `arn:aws:ssm:${here.region}:${account}:${resource}`;
	return {
		start: async (document, parameters, clientToken) => {
			allow("ssm:StartAutomationExecution", arn(`document/${document}`, /^(AWS|Amazon)/.test(document) ? "" : here.accountId));
			allow("ssm:StartAutomationExecution", arn("automation-execution/new"));
			for (const role of parameters.AutomationAssumeRole ?? []) allow("iam:PassRole", role, { "iam:PassedToService": "ssm.amazonaws.com" });
			return service.start(document, parameters, clientToken);
		},
		status: async (id) => {
			allow("ssm:GetAutomationExecution", arn(`automation-execution/${id}`));
			return service.status(id);
		},
	};
}

const notFound = (expected: string, got: string): EdgeError =>
	new EdgeError("not-found", `Systems Manager: expected ${expected}, got ${got}`, { retry: false });
