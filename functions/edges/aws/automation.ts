import { createHash } from "node:crypto";
import { GetAutomationExecutionCommand, type SSMClient, StartAutomationExecutionCommand } from "@aws-sdk/client-ssm";
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

/** A UUID for each key: a repeat starts nothing twice. */
export function tokenOf(key: string): string {
	const hex = createHash("sha256").update(key).digest("hex");
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
