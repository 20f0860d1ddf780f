import * as pulumi from "@pulumi/pulumi";
import { type ChannelKind, vendorOf } from "../../vendors/kinds.ts";
import type { Need } from "../functions/policies.ts";

/** What the functions need of AWS for a vendor that is a service of it: nothing for every other vendor. */
export interface VendorNeeds {
	/** To page through it. */
	readonly paging: readonly Need[];
	/** To check whether it takes the function's role. */
	readonly checking: readonly Need[];
}

export function vendorNeeds(kind: ChannelKind, account: Readonly<Record<string, string>>, ownArn: pulumi.Input<string>): VendorNeeds {
	const { aws } = vendorOf(kind);
	if (aws === undefined) return { paging: [], checking: [] };
	const arnOf = (resource: string): pulumi.Input<string> => {
		if (resource === "*") return resource;
		return pulumi.output(ownArn).apply((arn) => {
			const [, partition = "aws", , , accountId = ""] = arn.split(":");
			return `arn:${partition}:${aws.service}:${account[aws.region] ?? ""}:${accountId}:${resource}`;
		});
	};
	const needs = aws.needs.map(({ action, resources, onlyChecks = false }) => ({
		onlyChecks,
		need: { sid: sidOf(action), actions: [action], resources: resources.map(arnOf) },
	}));
	const those = (checks: boolean) => needs.filter(({ onlyChecks }) => onlyChecks === checks).map(({ need }) => need);
	return { paging: those(false), checking: those(true) };
}

/** `SesSendEmail` of `ses:SendEmail`. */
const sidOf = (action: string): string => action.replaceAll(/(?:^|:)(\w)/g, (_, letter: string) => letter.toUpperCase());
