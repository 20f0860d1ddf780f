import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as iam from "@pulumi/aws/iam/index.js";
import * as lambda from "@pulumi/aws/lambda/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../settings/settings.ts";
import { type FunctionName, functionArchive } from "./bundle.ts";

/** One need of a function: these actions on exactly these resources. */
export interface Need {
	/** Letters and digits; tells the reviewer why. */
	readonly sid: string;
	readonly actions: readonly string[];
	readonly resources: readonly pulumi.Input<string>[];
	/** What has to be so, by the condition key; absent: nothing. */
	readonly where?: Readonly<Record<string, string>>;
}

export interface ResponderFunctionArgs {
	readonly settings: Settings;
	readonly functionName: FunctionName;
	readonly description: string;
	readonly timeoutSeconds: number;
	/** Its share of a processor grows with it; 256 when absent. */
	readonly memoryMegabytes?: number;
	/** Names of resources, nothing else. */
	readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
	readonly needs: readonly Need[];
	/** How many may run at once, which are kept for it; absent: what the account has left. */
	readonly atOnce?: number;
}

/** Its name in AWS, known before it exists. */
export const nameOfFunction = ({ base }: Pick<Settings, "base">, functionName: FunctionName): string => `${base}-${functionName}`;

/** One bundled handler with a role, a policy and a log group of its own. */
export class ResponderFunction extends pulumi.ComponentResource {
	readonly functionArn: pulumi.Output<string>;
	readonly functionName: pulumi.Output<string>;
	readonly roleName: pulumi.Output<string>;

	constructor(name: string, args: ResponderFunctionArgs, opts?: pulumi.ComponentResourceOptions) {
		super("genesyscloud-runbooks:index:ResponderFunction", name, {}, opts);
		const { settings } = args;
		const physicalName = nameOfFunction(settings, args.functionName);
		const logs = new cloudwatch.LogGroup(
			`${name}-logs`,
			{ name: `/aws/lambda/${physicalName}`, retentionInDays: settings.logRetentionDays, tags: settings.tags },
			{ parent: this },
		);
		const role = new iam.Role(
			`${name}-role`,
			{ name: physicalName, description: args.description, assumeRolePolicy: serviceTrust("lambda.amazonaws.com"), tags: settings.tags },
			{ parent: this },
		);
		const writesLogs: Need = {
			sid: "WriteOwnLogs",
			actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
			resources: [pulumi.interpolate`${logs.arn}:*`],
		};
		const policy = new iam.RolePolicy(
			`${name}-policy`,
			{ name: physicalName, role: role.name, policy: policyOf([writesLogs, ...args.needs]) },
			{ parent: this },
		);
		const lambdaFunction = new lambda.Function(
			`${name}-function`,
			{
				name: physicalName,
				description: args.description,
				role: role.arn,
				runtime: lambda.Runtime.NodeJS24dX,
				architectures: ["arm64"],
				handler: "index.handler",
				code: functionArchive(args.functionName, settings.runtime),
				memorySize: args.memoryMegabytes ?? 256,
				timeout: args.timeoutSeconds,
				...(args.atOnce === undefined ? {} : { reservedConcurrentExecutions: args.atOnce }),
				environment: { variables: args.environment },
				loggingConfig: { logFormat: "JSON", logGroup: logs.name },
				tags: settings.tags,
			},
			{ parent: this, dependsOn: [policy] },
		);
		this.functionArn = lambdaFunction.arn;
		this.functionName = lambdaFunction.name;
		this.roleName = role.name;
		this.registerOutputs({ functionArn: this.functionArn, functionName: this.functionName, roleName: this.roleName });
	}
}

/** Lets one AWS service assume a role, where a condition is given only under it. */
export function serviceTrust(service: string, where?: Need["where"]): string {
	return JSON.stringify({
		Version: "2012-10-17",
		Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: service }, ...conditionOf(where) }],
	});
}

const conditionOf = (where: Need["where"]) => (where === undefined ? {} : { Condition: { StringEquals: where } });

/** A policy document with one statement for each need. */
export function policyOf(needs: readonly Need[]): pulumi.Output<string> {
	const Statement = needs.map(({ sid, actions, resources, where }) => ({
		Sid: sid,
		Effect: "Allow",
		Action: actions,
		Resource: resources,
		...conditionOf(where),
	}));
	return pulumi.jsonStringify({ Version: "2012-10-17", Statement });
}
