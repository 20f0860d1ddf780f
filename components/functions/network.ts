import * as pulumi from "@pulumi/pulumi";
import type { Need } from "./policies.ts";

/** Where in a VPC functions are. */
export interface Network {
	readonly subnetIds: readonly string[];
	readonly securityGroupIds: readonly string[];
	/** The ARN of something of the same account and region. */
	readonly ownArn: pulumi.Input<string>;
}

/**
 * What Lambda does with a function's role to put it into a VPC. AWS takes no narrower resource for several of these actions, so the function's own
 * code is denied them. https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
const interfaceActions = [
	"ec2:CreateNetworkInterface",
	"ec2:DescribeNetworkInterfaces",
	"ec2:DescribeSubnets",
	"ec2:DeleteNetworkInterface",
	"ec2:AssignPrivateIpAddresses",
	"ec2:UnassignPrivateIpAddresses",
];

/** Nothing for a function that is in no VPC. */
export function networkNeeds(network: Network | undefined, functionName: string): readonly Need[] {
	if (network === undefined) return [];
	const functionArn = pulumi.output(network.ownArn).apply((arn) => {
		const [, partition = "aws", , region = "", accountId = ""] = arn.split(":");
		return `arn:${partition}:lambda:${region}:${accountId}:function:${functionName}`;
	});
	const all = { actions: interfaceActions, resources: ["*"] };
	return [
		{ sid: "JoinNetwork", ...all },
		{ sid: "LeaveNetworkToLambda", effect: "Deny", ...all, where: { "lambda:SourceFunctionArn": functionArn } },
	];
}
