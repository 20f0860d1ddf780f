import * as pulumi from "@pulumi/pulumi";
import { type ChannelKind, vendorOf } from "../../vendors/kinds.ts";
import type { Need } from "../functions/responderFunction.ts";

/** What a function needs of AWS to page through a vendor that is a service of it: nothing for every other vendor. */
export function vendorNeeds(kind: ChannelKind, account: Readonly<Record<string, string>>, ownArn: pulumi.Input<string>): readonly Need[] {
	const { aws } = vendorOf(kind);
	if (aws === undefined) return [];
	const arnOf = (resource: string): pulumi.Input<string> => {
		if (resource === "*") return resource;
		return pulumi.output(ownArn).apply((arn) => {
			const [, partition = "aws", , , accountId = ""] = arn.split(":");
			return `arn:${partition}:${aws.service}:${account[aws.region] ?? ""}:${accountId}:${resource}`;
		});
	};
	return aws.needs.map(({ action, resources }) => ({ sid: sidOf(action), actions: [action], resources: resources.map(arnOf) }));
}

/** `SesSendEmail` of `ses:SendEmail`. */
const sidOf = (action: string): string => action.replaceAll(/(?:^|:)(\w)/g, (_, letter: string) => letter.toUpperCase());
