import type { DeclaredAlarm } from "./alarms.ts";
import { asTexts } from "./inputs.ts";
import { covers } from "./policy.ts";
import type { AccountState, DeclaredSubscription } from "./state.ts";

/** One message of a topic to one of its subscribers, who have confirmed. */
export type Delivery = Omit<DeclaredSubscription, "topicArn">;

const publisher = "cloudwatch.amazonaws.com";

/**
 * Publishes an alarm to topics of the account: the topic's own policy must let this alarm, and the key's policy CloudWatch. Throws Error where one
 * of them does not: nobody would hear of it.
 */
export function publish(state: AccountState, accountId: string, alarm: DeclaredAlarm, topicArns: readonly string[]): readonly Delivery[] {
	return topicArns.flatMap((arn) => {
		const topic = state.topics.find((each) => each.arn === arn);
		if (topic === undefined) throw new Error(`alarm ${alarm.name}: expected a declared topic, got ${arn}`);
		const context = { "aws:SourceAccount": accountId, "aws:SourceArn": alarm.arn };
		demand(state.topicPolicies.get(arn), "sns:Publish", arn, context);
		if (topic.keyArn !== undefined)
			for (const action of ["kms:Decrypt", "kms:GenerateDataKey"])
				demand(state.keyPolicies.get(topic.keyArn), action, topic.keyArn, context);
		return state.subscriptions.filter(({ topicArn }) => topicArn === arn).map(({ protocol, endpoint }) => ({ protocol, endpoint }));
	});
}

function demand(policy: string | undefined, action: string, resource: string, context: Readonly<Record<string, string>>): void {
	const document: unknown = JSON.parse(policy ?? "{}");
	const { Statement = [] } = record(document);
	const statements: readonly unknown[] = Array.isArray(Statement) ? Statement : [Statement];
	if (statements.some((statement) => allows(record(statement), action, resource, context))) return;
	throw new Error(`${publisher} is not authorized to perform ${action} on ${resource}: no statement of its policy allows it`);
}

/** A statement of a resource's own policy; one with an operator that is not known here allows nothing. */
function allows(statement: Record<string, unknown>, action: string, resource: string, context: Readonly<Record<string, string>>): boolean {
	const { Effect, Principal, Action, Resource, Condition = {} } = statement;
	const is = (listed: unknown, value: string): boolean => (asTexts(listed) ?? []).some((pattern) => covers(pattern, value));
	const meets = ([operator, keys]: [string, unknown]): boolean =>
		Object.entries(record(keys)).every(([key, allowed]) => {
			const value = context[key] ?? "";
			if (operator === "StringEquals") return (asTexts(allowed) ?? []).includes(value);
			return operator === "ArnLike" && (asTexts(allowed) ?? []).some((pattern) => isLike(pattern, value));
		});
	return (
		Effect === "Allow" &&
		(asTexts(record(Principal).Service) ?? []).includes(publisher) &&
		is(Action, action) &&
		is(Resource, resource) &&
		Object.entries(record(Condition)).every(meets)
	);
}

/** Part by part: a star stands for any text within its part of the ARN. */
function isLike(pattern: string, arn: string): boolean {
	const [patterns, parts] = [pattern.split(":"), arn.split(":")];
	return patterns.length === parts.length && patterns.every((each, index) => covers(each, parts[index] ?? ""));
}

function record(value: unknown): Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}
