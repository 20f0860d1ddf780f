import { parse } from "valibot";
import { everywhere } from "./edges/makers/everywhere.ts";
import { linking } from "./edges/makers/links.ts";
import { paging } from "./edges/makers/paging.ts";
import { onLambda } from "./edges/runtime.ts";
import { answerReadPage, answerSendPage, type PagingPorts } from "./pipeline/run.ts";
import { type MessengerAnswer, messengerRequest } from "./schemas/messengerRequest.ts";

/** Pages for the workflow where no data action can. A malformed request throws: the data action takes its failure path, and the next channel is used. */
export const messengerHandler =
	(ports: PagingPorts) =>
	async (event: unknown): Promise<MessengerAnswer> => {
		const { operation, input } = parse(messengerRequest, event);
		switch (operation) {
			case "send":
				return answerSendPage(ports, input);
			case "read":
				return answerReadPage(ports, input);
		}
	};

export const handler = onLambda(messengerHandler, { ...everywhere, ...linking, ...paging }, {});
