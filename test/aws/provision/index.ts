import type { Created } from "../../../rehearsal/aws/declaring.ts";
import type { DeclaredResource } from "../../../rehearsal/world/deploy.ts";
import { cloudwatchTypes } from "./cloudwatch.ts";
import { dynamodbTypes } from "./dynamodb.ts";
import { eventTypes } from "./events.ts";
import { iamTypes } from "./iam.ts";
import { lambdaTypes } from "./lambda.ts";
import type { Making, Provision } from "./provision.ts";
import { schedulerTypes } from "./scheduler.ts";
import { secretsmanagerTypes } from "./secretsmanager.ts";
import { snsTypes } from "./sns.ts";
import { sqsTypes } from "./sqs.ts";

const types: Readonly<Record<string, Provision>> = {
	...iamTypes,
	...lambdaTypes,
	...dynamodbTypes,
	...sqsTypes,
	...secretsmanagerTypes,
	...schedulerTypes,
	...eventTypes,
	...cloudwatchTypes,
	...snsTypes,
};

/** Makes a declared resource by the calls of the AWS provider. Throws Error for a type or a property that none of them takes, and for what AWS refuses. */
export async function makeInAws(making: Making, { type, name, inputs }: DeclaredResource): Promise<Created> {
	const make = types[type];
	if (make === undefined) throw new Error(`${type} ${name}: expected one of ${Object.keys(types).join(", ")}`);
	const { id, outputs } = await make(making, inputs);
	return { id, outputs: { ...inputs, ...outputs } };
}
