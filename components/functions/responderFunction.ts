import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as iam from "@pulumi/aws/iam/index.js";
import * as lambda from "@pulumi/aws/lambda/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../settings/settings.ts";
import { type FunctionName, functionArchive } from "./bundle.ts";
import { type Network, networkNeeds } from "./network.ts";
import { type Need, policyOf, serviceTrust } from "./policies.ts";

/** What a function is given of the ledger, wherever a stack keeps it. */
export interface LedgerAccess {
	/** How it is found. */
	readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
	/** Single items of it, read and written under a condition; nothing is ever deleted or scanned. */
	readonly use: Need;
	/** What is due next, and how many incidents are open: what that needs beside it. */
	readonly queryDue: readonly Need[];
	/** From where it can be reached; absent: from everywhere. */
	readonly network?: Network;
}

export interface ResponderFunctionArgs {
	readonly settings: Settings;
	/** Every function uses it. */
	readonly ledger: LedgerAccess;
	readonly functionName: FunctionName;
	readonly description: string;
	readonly timeoutSeconds: number;
	/** Its share of a processor grows with it; 256 when absent. */
	readonly memoryMegabytes?: number;
	/** Names of resources, nothing else; beside those of the ledger. */
	readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
	/** Beside its log and the use of the ledger. */
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
		const { settings, ledger } = args;
		const { network } = ledger;
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
			{
				name: physicalName,
				role: role.name,
				policy: policyOf([writesLogs, ledger.use, ...args.needs, ...networkNeeds(network, physicalName)]),
			},
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
				code: functionArchive(args.functionName, settings),
				memorySize: args.memoryMegabytes ?? 256,
				timeout: args.timeoutSeconds,
				...(args.atOnce === undefined ? {} : { reservedConcurrentExecutions: args.atOnce }),
				environment: { variables: { ...ledger.environment, ...args.environment } },
				...(network === undefined
					? {}
					: { vpcConfig: { subnetIds: [...network.subnetIds], securityGroupIds: [...network.securityGroupIds] } }),
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
