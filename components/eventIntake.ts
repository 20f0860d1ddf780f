import * as pulumi from "@pulumi/pulumi";
import { eventTopics } from "../functions/pipeline/listen/settings.ts";
import type { RuntimeSettings } from "../functions/pipeline/settings.ts";
import { EventBuffer } from "./aws/eventBuffer.ts";
import { partnerSourceName } from "./aws/names.ts";
import { PartnerBus } from "./aws/partnerBus.ts";
import type { Foundation } from "./foundation.ts";
import { functionTimeouts } from "./functions/functionTimeouts.ts";
import { sendsToQueue } from "./functions/needs.ts";
import { QueuedFunction } from "./functions/queuedFunction.ts";
import { EventSource } from "./genesys/eventSource.ts";

export interface EventIntakeArgs extends Foundation {
	/** The last part of the event source's name. */
	readonly suffix: string;
	readonly events: NonNullable<RuntimeSettings["events"]>;
}

/**
 * Takes what Genesys Cloud tells by Amazon EventBridge through the same pipeline, beside the polls. The event source appears once the integration is
 * enabled, and waits for the bus of its name; the bus goes first when all of it is taken away.
 */
export class EventIntake extends pulumi.ComponentResource {
	readonly listener: QueuedFunction;

	constructor(name: string, args: EventIntakeArgs, opts?: pulumi.ComponentResourceOptions) {
		super("genesyscloud-runbooks:index:EventIntake", name, {}, opts);
		const { settings, ledger, queue, suffix } = args;
		const topics = eventTopics.flatMap((topic) => args.events.topics[topic]?.topic ?? []);
		const buffer = new EventBuffer(`${name}-buffer`, { settings }, { parent: this });
		const source = new EventSource(`${name}-source`, { settings, suffix, topics, ownArn: queue.queueArn }, { parent: this });
		this.listener = new QueuedFunction(
			`${name}-listener`,
			{
				settings,
				ledger,
				queue: { queueArn: buffer.queue.arn },
				// The polls find what it told of long before.
				backsOff: false,
				// Events meet at few items of the ledger: more at once would only wait for each other.
				batch: { size: 10, atOnce: 2 },
				functionName: "listener",
				description: "Takes events of Genesys Cloud's partner bus through the same pipeline.",
				timeoutSeconds: functionTimeouts.listener.seconds,
				environment: { QUEUE_URL: queue.queueUrl },
				needs: [sendsToQueue(args)],
			},
			{ parent: this },
		);
		new PartnerBus(
			`${name}-bus`,
			{
				settings,
				source: partnerSourceName(settings.genesys.organizationId, suffix),
				topics,
				buffer,
				offeredBy: source.integration,
			},
			{ parent: this },
		);
		this.registerOutputs({ functionName: this.listener.functionName });
	}
}
