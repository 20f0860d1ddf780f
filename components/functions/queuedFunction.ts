import * as lambda from "@pulumi/aws/lambda/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { DispatchQueue } from "../aws/dispatchQueue.ts";
import { ResponderFunction, type ResponderFunctionArgs } from "./responderFunction.ts";

export interface QueuedFunctionArgs extends Omit<ResponderFunctionArgs, "atOnce"> {
	readonly queue: DispatchQueue;
}

/** Runs one handler for the messages of a queue, at most ten at a time. */
export class QueuedFunction extends pulumi.ComponentResource {
	readonly functionName: pulumi.Output<string>;
	readonly roleName: pulumi.Output<string>;

	constructor(name: string, args: QueuedFunctionArgs, opts?: pulumi.ComponentResourceOptions) {
		super("genesyscloud-runbooks:index:QueuedFunction", name, {}, opts);
		const { queue, ...rest } = args;
		const takesMessages = {
			sid: "TakeFromQueue",
			actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ChangeMessageVisibility"],
			resources: [queue.queueArn],
		};
		const responder = new ResponderFunction(name, { ...rest, needs: [...args.needs, takesMessages] }, { parent: this });
		new lambda.EventSourceMapping(
			`${name}-messages`,
			{
				functionName: responder.functionArn,
				eventSourceArn: queue.queueArn,
				// One incident a run: a vendor that is slow for one delays no other.
				batchSize: 1,
				functionResponseTypes: ["ReportBatchItemFailures"],
				scalingConfig: { maximumConcurrency: 10 },
				tags: args.settings.tags,
			},
			{ parent: this },
		);
		this.functionName = responder.functionName;
		this.roleName = responder.roleName;
		this.registerOutputs({ functionName: this.functionName, roleName: this.roleName });
	}
}
