import { readAlarm } from "./alarms.ts";
import { arn, type Create, digest } from "./declaring.ts";

const metricAlarm: Create = (declaring, name, inputs) => {
	const alarmArn = arn(declaring, "cloudwatch", `alarm:${name}`);
	declaring.state.alarms.push(readAlarm(name, alarmArn, inputs));
	return { id: name, outputs: { name, arn: alarmArn } };
};

const dashboard: Create = (declaring, name, inputs) => {
	declaring.state.dashboards.set(name, JSON.parse(inputs.text("dashboardBody")));
	return { id: name, outputs: { dashboardName: name, dashboardArn: arn(declaring, "cloudwatch", `dashboard/${name}`) } };
};

const key: Create = (declaring, name, inputs) => {
	const keyId = digest(`key:${name}`, 32).replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
	const keyArn = arn(declaring, "kms", `key/${keyId}`);
	const policy = inputs.text("policy");
	// KMS refuses a key that nobody of the account could administer.
	if (!policy.includes(`arn:aws:iam::${declaring.accountId}:root`))
		throw new Error(`${inputs.where}: expected a policy that leaves the key to account ${declaring.accountId}, got another`);
	// In the policy of a key the resource * is the key itself.
	declaring.state.keyPolicies.set(keyArn, policy);
	return { id: keyId, outputs: { arn: keyArn, keyId } };
};

const topic: Create = (declaring, name, inputs) => {
	const topicArn = arn(declaring, "sns", name);
	declaring.state.topics.push({ name, arn: topicArn, keyArn: inputs.optionalText("kmsMasterKeyId") });
	return { id: topicArn, outputs: { name, arn: topicArn } };
};

const topicPolicy: Create = ({ state }, _name, inputs) => {
	const topicArn = topicIn(state.topics, inputs.text("arn"), inputs.where);
	state.topicPolicies.set(topicArn, inputs.text("policy"));
	return { id: topicArn, outputs: {} };
};

const protocols = ["email", "https"] as const;

/** Whoever is asked to confirm does so: people by the link in their e-mail. */
const topicSubscription: Create = ({ state }, name, inputs) => {
	const topicArn = topicIn(state.topics, inputs.text("topic"), inputs.where);
	const protocol = protocols.find((each) => each === inputs.text("protocol"));
	if (protocol === undefined)
		throw new Error(`${inputs.where}: expected protocol to be one of ${protocols.join(", ")}, got ${inputs.text("protocol")}`);
	state.subscriptions.push({ topicArn, protocol, endpoint: inputs.text("endpoint") });
	const subscriptionArn = `${topicArn}:${digest(`subscription:${name}`, 32)}`;
	return { id: subscriptionArn, outputs: { arn: subscriptionArn } };
};

function topicIn(topics: readonly { readonly arn: string }[], wanted: string, where: string): string {
	if (topics.some((each) => each.arn === wanted)) return wanted;
	throw new Error(`${where}: expected a declared topic, got ${wanted}`);
}

/** What watches the account, and what tells of it. */
export const watchTypes: Readonly<Record<string, { readonly create: Create; readonly nameKey?: string }>> = {
	"aws:cloudwatch/metricAlarm:MetricAlarm": { create: metricAlarm, nameKey: "name" },
	"aws:cloudwatch/dashboard:Dashboard": { create: dashboard, nameKey: "dashboardName" },
	"aws:kms/key:Key": { create: key },
	"aws:sns/topic:Topic": { create: topic, nameKey: "name" },
	"aws:sns/topicPolicy:TopicPolicy": { create: topicPolicy },
	"aws:sns/topicSubscription:TopicSubscription": { create: topicSubscription },
};
