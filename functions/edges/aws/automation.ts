import { createHash } from "node:crypto";
import { GetAutomationExecutionCommand, type SSMClient, StartAutomationExecutionCommand } from "@aws-sdk/client-ssm";
import type { AutomationRemedy } from "../../pipeline/model/remedy.ts";
import type { RemedyActs, RemedyOrder } from "../../pipeline/ports.ts";
import { failure } from "../http/http.ts";
import { awsFailure } from "./failure.ts";

/** AWS Systems Manager Automation, as far as it is used. Throws EdgeError. */
export interface Automation {
	/** The same `clientToken` (a UUID) starts the same execution; returns its id. */
	start(document: string, parameters: Readonly<Record<string, readonly string[]>>, clientToken: string): Promise<string>;
	/** One of the SDK's `AutomationExecutionStatus`. */
	status(executionId: string): Promise<string>;
}

const system = "Systems Manager";

/** Automation by the AWS SDK. */
export function ssmAutomation(client: SSMClient): Automation {
	return {
		start: async (document, parameters, clientToken) => {
			const copied = Object.fromEntries(Object.entries(parameters).map(([name, values]) => [name, [...values]]));
			const { AutomationExecutionId: id } = await client
				.send(new StartAutomationExecutionCommand({ DocumentName: document, Parameters: copied, ClientToken: clientToken }))
				.catch((error: unknown) => Promise.reject(awsFailure(system, `to start the document ${document}`, error)));
			if (id === undefined) throw failure("malformed", `${system}: expected the id of an execution, got none`);
			return id;
		},
		status: async (executionId) => {
			const { AutomationExecution: execution } = await client
				.send(new GetAutomationExecutionCommand({ AutomationExecutionId: executionId }))
				.catch((error: unknown) => Promise.reject(awsFailure(system, `to read execution ${executionId}`, error)));
			return execution?.AutomationExecutionStatus ?? "Pending";
		},
	};
}

/** Statuses after which an execution does nothing any more, and did not do what it should. */
const failed: readonly string[] = ["Failed", "TimedOut", "Cancelled", "Cancelling", "Rejected", "Exited", "CompletedWithFailure"];

/** An Automation document as a remedy; its undo is another document. */
export function automationRemedy(automation: () => Automation): RemedyActs {
	return {
		look: async () => "",
		act: async (order) => {
			const { document, parameters = {} } = remedyOf(order);
			return { receipt: await automation().start(document, parameters, tokenOf(order, document)) };
		},
		progress: async ({ receipt }) => {
			const status = await automation().status(receipt);
			if (failed.includes(status)) return "failed";
			return status === "Success" || status === "CompletedWithSuccess" ? "done" : "running";
		},
		undo: async (order) => {
			const { undoDocument, parameters = {} } = remedyOf(order);
			if (undoDocument === undefined) return "no-undo-document";
			await automation().start(undoDocument, parameters, tokenOf(order, undoDocument));
			return "undone";
		},
	};
}

function remedyOf({ remedy }: RemedyOrder): AutomationRemedy {
	if (remedy.kind === "ssm") return remedy;
	throw failure("misconfigured", `${system}: expected a remedy of kind "ssm", got "${remedy.kind}"`);
}

/** A UUID for each document and occurrence: a repeat after a lost answer starts nothing twice. */
function tokenOf({ incidentKey, occurrence }: RemedyOrder, document: string): string {
	const hex = createHash("sha256").update(`${incidentKey}:${occurrence}:${document}`).digest("hex");
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
