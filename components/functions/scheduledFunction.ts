import * as iam from "@pulumi/aws/iam/index.js";
import * as lambda from "@pulumi/aws/lambda/index.js";
import * as scheduler from "@pulumi/aws/scheduler/index.js";
import * as pulumi from "@pulumi/pulumi";
import { policyOf, serviceTrust } from "./policies.ts";
import { nameOfFunction, ResponderFunction, type ResponderFunctionArgs } from "./responderFunction.ts";

/** Runs one handler every minute, never two at once: a missed minute is made up by the next one, not by a retry. */
export class ScheduledFunction extends pulumi.ComponentResource {
	readonly functionName: pulumi.Output<string>;
	readonly roleName: pulumi.Output<string>;
	readonly schedulerRoleName: pulumi.Output<string>;
	readonly schedule: scheduler.Schedule;

	constructor(name: string, args: Omit<ResponderFunctionArgs, "atOnce">, opts?: pulumi.ComponentResourceOptions) {
		super("genesyscloud-runbooks:index:ScheduledFunction", name, {}, opts);
		const { settings, functionName } = args;
		const physicalName = nameOfFunction(settings, functionName);
		const responder = new ResponderFunction(name, { ...args, atOnce: 1 }, { parent: this });
		// The schedule's own retries are off below; Lambda would still repeat a run that failed, a minute late, as a second look at the same minute.
		new lambda.FunctionEventInvokeConfig(
			`${name}-invocation`,
			{ functionName: responder.functionName, maximumRetryAttempts: 0, maximumEventAgeInSeconds: 60 },
			{ parent: this },
		);
		const role = new iam.Role(
			`${name}-scheduler-role`,
			{
				name: `${physicalName}-schedule`,
				description: `EventBridge Scheduler starts ${physicalName} with it.`,
				assumeRolePolicy: responder.functionArn.apply(schedulerTrust),
				tags: settings.tags,
			},
			{ parent: this },
		);
		const invoke = { sid: "InvokeFunction", actions: ["lambda:InvokeFunction"], resources: [responder.functionArn] };
		const policy = new iam.RolePolicy(
			`${name}-scheduler-policy`,
			{ name: `${physicalName}-schedule`, role: role.name, policy: policyOf([invoke]) },
			{ parent: this },
		);
		this.schedule = new scheduler.Schedule(
			`${name}-schedule`,
			{
				name: physicalName,
				description: args.description,
				scheduleExpression: "rate(1 minute)",
				flexibleTimeWindow: { mode: "OFF" },
				state: "ENABLED",
				target: { arn: responder.functionArn, roleArn: role.arn, retryPolicy: { maximumRetryAttempts: 0 } },
			},
			{ parent: this, dependsOn: [policy] },
		);
		this.functionName = responder.functionName;
		this.roleName = responder.roleName;
		this.schedulerRoleName = role.name;
		this.registerOutputs({ functionName: this.functionName, roleName: this.roleName, schedulerRoleName: this.schedulerRoleName });
	}
}

/** Only schedules of this account, of the group that they are in: https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html */
function schedulerTrust(functionArn: string): string {
	const [, partition = "aws", , region = "", accountId = ""] = functionArn.split(":");
	const group = `arn:${partition}:scheduler:${region}:${accountId}:schedule-group/default`;
	return serviceTrust("scheduler.amazonaws.com", { "aws:SourceAccount": accountId, "aws:SourceArn": group });
}
