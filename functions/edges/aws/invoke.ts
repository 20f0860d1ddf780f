import { InvokeCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import { failure } from "../http/http.ts";
import { awsFailure } from "./failure.ts";

/** Runs another function of ours and answers what it answers. Throws EdgeError, also where that function threw. */
export type Invoke = (functionName: string, payload: unknown) => Promise<unknown>;

/** Invocations by the AWS SDK. */
export function lambdaInvoke(client: LambdaClient): Invoke {
	return async (functionName, payload) => {
		const { FunctionError: thrown, Payload: answer } = await client
			.send(new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(payload) }))
			.catch((error: unknown) => Promise.reject(awsFailure("Lambda", `an answer of ${functionName}`, error)));
		// Its message may quote what it was given.
		if (thrown !== undefined) throw failure("unavailable", `Lambda: expected an answer of ${functionName}, got an error (${thrown})`);
		try {
			return JSON.parse(answer?.transformToString() ?? "");
		} catch {
			throw failure("malformed", `Lambda: expected JSON from ${functionName}, got something else`);
		}
	};
}
