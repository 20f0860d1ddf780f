import { parse } from "valibot";
import { everywhere } from "./edges/makers/everywhere.ts";
import { linking } from "./edges/makers/links.ts";
import { onLambda } from "./edges/runtime.ts";
import { answerClaim, answerRead, answerRecord, answerRelease, type RespondPorts } from "./pipeline/run.ts";
import { type LedgerAnswer, ledgerRequest } from "./schemas/ledgerRequest.ts";

/** What the workflow's Lambda data actions call. A malformed request throws: the data action takes its failure path and the workflow pages all the same. */
export const ledgerHandler =
	(ports: RespondPorts) =>
	async (event: unknown): Promise<LedgerAnswer> => {
		const { operation, input } = parse(ledgerRequest, event);
		switch (operation) {
			case "claim":
				return answerClaim(ports, input);
			case "record":
				return answerRecord(ports, input);
			case "read":
				return answerRead(ports, input);
			case "release":
				return answerRelease(ports, input);
		}
	};

export const handler = onLambda(ledgerHandler, { ...everywhere, ...linking }, {});
