import { parse } from "valibot";
import { automation } from "./edges/aws/services.ts";
import { answerCredentials } from "./edges/credentials/checks.ts";
import { everywhere } from "./edges/makers/everywhere.ts";
import { approving } from "./edges/makers/links.ts";
import { acting } from "./edges/makers/remedies.ts";
import type { Ports } from "./edges/ports.ts";
import { onLambda } from "./edges/runtime.ts";
import { answerApproval, answerBegin, answerCheck, answerUndo, type RemedyPorts } from "./pipeline/run.ts";
import { type RemedyAnswer, remedyRequest } from "./schemas/remedyRequest.ts";

/** The only function that may act on a customer's systems. A malformed request throws: its asker then pages people. */
export const remediatorHandler =
	(ports: RemedyPorts & Pick<Ports, "credentials">) =>
	async (event: unknown): Promise<RemedyAnswer> => {
		const request = parse(remedyRequest, event);
		switch (request.operation) {
			case "begin":
				return answerBegin(ports, { ...request.input, by: request.by });
			case "check":
				return answerCheck(ports, { ...request.input, by: request.by });
			case "undo":
				return answerUndo(ports, { ...request.input, by: request.by }, request.input.why);
			case "approve":
				return answerApproval(ports, request.input, request.press);
			case "credentials":
				return answerCredentials(ports.credentials);
		}
	};

export const handler = onLambda(remediatorHandler, { ...everywhere, ...approving, ...acting }, { automation });
