import * as lambda from "@pulumi/aws/lambda/index.js";
import * as pulumi from "@pulumi/pulumi";
import { ResponderFunction, type ResponderFunctionArgs } from "./responderFunction.ts";

export interface QueuedFunctionArgs extends Omit<ResponderFunctionArgs, "atOnce"> {
	readonly queue: { readonly queueArn: pulumi.Output<string> };
	/** Whether it says of a message that failed when it comes back; else that is when the queue shows it again. */
	readonly backsOff: boolean;
	/** How many messages a run takes, and how many runs there are at once; absent: one message each, ten at once. */
	readonly batch?: { readonly size: number; readonly atOnce: number };
}

/** One incident a run: a vendor that is slow for one delays no other. */
const oneByOne = { size: 1, atOnce: 10 };

/** Runs one handler for the messages of a queue, so many at a time. */
export class QueuedFunction extends pulumi.ComponentResource {
	readonly functionName: pulumi.Output<string>;
	readonly roleName: pulumi.Output<string>;

	constructor(name: string, args: QueuedFunctionArgs, opts?: pulumi.ComponentResourceOptions) {
		super("genesyscloud-runbooks:index:QueuedFunction", name, {}, opts);
		const { queue, backsOff, batch = oneByOne, ...rest } = args;
		const takesMessages = {
			sid: "TakeFromQueue",
			actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", ...(backsOff ? ["sqs:ChangeMessageVisibility"] : [])],
			resources: [queue.queueArn],
		};
		const responder = new ResponderFunction(name, { ...rest, needs: [...args.needs, takesMessages] }, { parent: this });
		new lambda.EventSourceMapping(
			`${name}-messages`,
			{
				functionName: responder.functionArn,
				eventSourceArn: queue.queueArn,
				batchSize: batch.size,
				functionResponseTypes: ["ReportBatchItemFailures"],
				scalingConfig: { maximumConcurrency: batch.atOnce },
				tags: args.settings.tags,
			},
			{ parent: this },
		);
		this.functionName = responder.functionName;
		this.roleName = responder.roleName;
		this.registerOutputs({ functionName: this.functionName, roleName: this.roleName });
	}
}
