import { failure } from "../http/http.ts";
import { timeoutSeconds } from "../timeouts.ts";
import { type Signing, signedCall } from "./signedCall.ts";

/** Runs another function of ours and answers what it answers. Throws EdgeError, also where that function threw. */
export type Invoke = (functionName: string, payload: unknown) => Promise<unknown>;

/**
 * Invocations, each made once: the remediator waits for outside systems, and asked twice it answers that it has begun already.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export function lambdaInvoke(signing: Signing): Invoke {
	return async (functionName, payload) => {
		const { headers, json } = await signedCall(signing, {
			service: "lambda",
			system: "Lambda",
			name: functionName,
			path: `/2015-03-31/functions/${encodeURIComponent(functionName)}/invocations`,
			headers: { "Content-Type": "application/json" },
			body: payload,
			timeoutSeconds: timeoutSeconds.remediator,
		});
		// Its message may quote what it was given.
		const thrown = headers.get("x-amz-function-error");
		if (thrown !== null) throw failure("unavailable", `Lambda: expected an answer of ${functionName}, got an error (${thrown})`);
		return json;
	};
}
