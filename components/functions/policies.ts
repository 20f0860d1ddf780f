import * as pulumi from "@pulumi/pulumi";

/** One need of a function: these actions on exactly these resources. */
export interface Need {
	/** Letters and digits; tells the reviewer why. */
	readonly sid: string;
	readonly actions: readonly string[];
	readonly resources: readonly pulumi.Input<string>[];
	/** What has to be so, by the condition key; absent: nothing. */
	readonly where?: Readonly<Record<string, pulumi.Input<string>>>;
	/** Absent: they are allowed. */
	readonly effect?: "Deny";
}

/** Lets one AWS service assume a role, where a condition is given only under it. */
export function serviceTrust(service: string, where?: Readonly<Record<string, string>>): string {
	return JSON.stringify({
		Version: "2012-10-17",
		Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: service }, ...conditionOf(where) }],
	});
}

const conditionOf = (where: Need["where"]) => (where === undefined ? {} : { Condition: { StringEquals: where } });

/** A policy document with one statement for each need. */
export function policyOf(needs: readonly Need[]): pulumi.Output<string> {
	const Statement = needs.map(({ sid, actions, resources, where, effect = "Allow" }) => ({
		Sid: sid,
		Effect: effect,
		Action: actions,
		Resource: resources,
		...conditionOf(where),
	}));
	return pulumi.jsonStringify({ Version: "2012-10-17", Statement });
}
