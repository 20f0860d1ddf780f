import { remediatorName } from "../../pipeline/credentials/names.ts";
import { tokenOf } from "../aws/automation.ts";
import { credentialChecks } from "../credentials/checks.ts";
import { authorized, currentOrNext, proveClient } from "../genesys/api.ts";
import { signedPost } from "../http/signedPost.ts";
import { once, type Parts, type Services } from "../parts.ts";
import type { Ports } from "../ports.ts";
import { remediator, remedyActs } from "../remedies.ts";

/** The remediator, for the functions that ask it. */
export const askingRemediator = {
	remedies: ({ invoke, environment }: Parts & Pick<Services, "invoke">): Ports["remedies"] =>
		remediator(invoke, () => environment.remediator()),
};

/** Inside the remediator: what it acts with, each made when it is first used, and a look at its own secret. */
export const acting = {
	remedyActs: ({ sources, fetch, genesys, signingSecrets, automation }: Parts & Pick<Services, "automation">): Ports["remedyActs"] => {
		const client = once(() => authorized(genesys(remediatorName)));
		const documents = once(automation);
		return remedyActs({
			genesys: async (...asked) => client()(...asked),
			post: signedPost({ fetch, clock: sources.clock, secrets: signingSecrets("remedy-webhook") }),
			startDocument: async (document, parameters, key) => documents().start(document, parameters, tokenOf(key)),
			documentStatus: async (executionId) => documents().status(executionId),
		});
	},
	credentials: ({ genesys }: Parts): Ports["credentials"] =>
		credentialChecks((name) => (name === remediatorName ? () => proveClient(currentOrNext(genesys(name))) : undefined)),
};
