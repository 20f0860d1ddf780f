import { safeParse } from "valibot";
import { remediatorName } from "../../pipeline/credentials/names.ts";
import { type CredentialChecks, EdgeError } from "../../pipeline/ports.ts";
import { remedyAnswers } from "../../schemas/remedyRequest.ts";
import type { Invoke } from "../aws/invoke.ts";
import { failure } from "../http/http.ts";

/** The checks of a function by the credentials' names. Throws EdgeError "misconfigured" for a name that it has no check for. */
export function credentialChecks(checks: (name: string) => (() => Promise<void>) | undefined): CredentialChecks {
	return {
		check: async (name) => {
			const check = checks(name);
			if (check === undefined) throw failure("misconfigured", `Expected a credential of this stack, got ${name}`);
			await check();
		},
	};
}

/** The remediator holds its own secret and nobody else does, so it is asked to look itself. Throws EdgeError. */
export async function askRemediator(invoke: Invoke, functionName: string): Promise<void> {
	const answer = safeParse(remedyAnswers.credentials, await invoke(functionName, { operation: "credentials" }));
	if (!answer.success) throw failure("malformed", "The remediator: expected an answer of its contract, got something else");
	const { outcome, detail } = answer.output;
	if (outcome !== "ok") throw failure(outcome, detail);
}

/** The remediator's own answer. */
export async function answerCredentials(credentials: CredentialChecks) {
	try {
		await credentials.check(remediatorName);
		return { outcome: "ok" as const, detail: "" };
	} catch (error) {
		if (error instanceof EdgeError) return { outcome: error.reason, detail: error.message };
		throw error;
	}
}
