import type * as pulumi from "@pulumi/pulumi";
import type { Foundation } from "../foundation.ts";
import type { Need } from "./policies.ts";

/** Variable → ARN of the secret that it names. */
export type SecretArns = Readonly<Record<string, pulumi.Output<string>>>;

/** The secrets that a function reads, and the variables by which it finds them. */
export interface SecretAccess {
	readonly variables: Readonly<Record<string, pulumi.Input<string>>>;
	readonly arns: readonly pulumi.Output<string>[];
	/** What it may do with its own role, at vendors that know it by that. */
	readonly needs: readonly Need[];
}

/** What is found by an ARN each, beside what is found by its name. */
export const withArns = ({ variables, arns, needs }: SecretAccess, own: SecretArns): SecretAccess => ({
	variables: { ...own, ...variables },
	arns: [...Object.values(own), ...arns],
	needs,
});

export function sendsToQueue({ queue }: Foundation): Need {
	return { sid: "SendToQueue", actions: ["sqs:SendMessage"], resources: [queue.queueArn] };
}

/** Exactly these secrets. */
export function readsSecrets(arns: SecretAccess["arns"]): Need {
	return { sid: "ReadSecrets", actions: ["secretsmanager:GetSecretValue"], resources: arns };
}

/** Asks the remediator, the only function that may act. */
export const asksRemediator = (functionArn: pulumi.Input<string>): Need => invokes("AskRemediator", functionArn);

/** Runs a function of ours. */
export function invokes(sid: string, functionArn: pulumi.Input<string>): Need {
	return { sid, actions: ["lambda:InvokeFunction"], resources: [functionArn] };
}
