import { createHash } from "node:crypto";
import { EdgeError } from "../../pipeline/ports.ts";
import { field, type OutboundAnswer, text } from "../http/http.ts";
import { awsClient } from "../timeouts.ts";
import { type Signing, signedCall } from "./signedCall.ts";

/** AWS Systems Manager Automation, as far as it is used. Throws EdgeError. */
export interface Automation {
	/** The same `clientToken` (a UUID) starts the same execution; returns its id. */
	start(document: string, parameters: Readonly<Record<string, readonly string[]>>, clientToken: string): Promise<string>;
	/** One of https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_AutomationExecution.html */
	status(executionId: string): Promise<string>;
}

const system = "Systems Manager";
/** AWS's JSON protocol, version 1.1. */
const headers = { "Content-Type": "application/x-amz-json-1.1" };
const shared = { service: "ssm", system, path: "/", timeoutSeconds: awsClient.requestTimeoutMilliseconds / 1000 } as const;

/** Automation by its own two calls, each made twice at most, as the AWS SDK would. */
export function ssmAutomation(signing: Signing): Automation {
	const call = (name: string, body: unknown): Promise<OutboundAnswer> => {
		const once = () => signedCall(signing, { ...shared, name, headers: { ...headers, "X-Amz-Target": `AmazonSSM.${name}` }, body });
		return once().catch((error: unknown) => (error instanceof EdgeError && error.retry ? once() : Promise.reject(error)));
	};
	return {
		start: async (document, parameters, clientToken) => {
			const asked = { DocumentName: document, Parameters: parameters, ClientToken: clientToken };
			const { json } = await call("StartAutomationExecution", asked);
			return text(json, "AutomationExecutionId", system);
		},
		status: async (executionId) => {
			const { json } = await call("GetAutomationExecution", { AutomationExecutionId: executionId });
			const status = field(field(json, "AutomationExecution"), "AutomationExecutionStatus");
			return typeof status === "string" ? status : "Pending";
		},
	};
}

/** A UUID for each key: a repeat starts nothing twice. */
export function tokenOf(key: string): string {
	const hex = createHash("sha256").update(key).digest("hex");
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
