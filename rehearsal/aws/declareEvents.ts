import { arn, type Create } from "./declaring.ts";
import { readPattern } from "./eventBridge.ts";
import type { Inputs } from "./inputs.ts";
import type { AccountState } from "./state.ts";

/** A bus of a partner has the name of its event source, which must be there. */
const eventBus: Create = (declaring, name, inputs) => {
	const sourceName = inputs.optionalText("eventSourceName");
	if (sourceName !== undefined && sourceName !== name)
		throw new Error(`${inputs.where}: expected name to be eventSourceName, got ${name} and ${sourceName}`);
	if (sourceName !== undefined && !declaring.partnerSources().includes(sourceName))
		throw new Error(`${inputs.where}: expected an event source that a partner offers to this account, got ${sourceName}`);
	declaring.state.buses.push({ name, sourceName });
	return { id: name, outputs: { name, arn: arn(declaring, "events", `event-bus/${name}`) } };
};

const eventRule: Create = (declaring, name, inputs) => {
	const busName = inputs.text("eventBusName");
	if (!declaring.state.buses.some((bus) => bus.name === busName))
		throw new Error(`${inputs.where}: expected eventBusName to be a declared bus, got ${busName}`);
	const ruleArn = arn(declaring, "events", `rule/${busName}/${name}`);
	declaring.state.rules.push({ name, arn: ruleArn, busName, pattern: readPattern(inputs.where, inputs.text("eventPattern")) });
	return { id: `${busName}/${name}`, outputs: { name, arn: ruleArn } };
};

const eventTarget: Create = ({ state }, _name, inputs) => {
	const [ruleName, busName] = [inputs.text("rule"), inputs.text("eventBusName")];
	if (!state.rules.some((rule) => rule.name === ruleName && rule.busName === busName))
		throw new Error(`${inputs.where}: expected a declared rule of ${busName}, got ${ruleName}`);
	const deadLetterArn = inputs.inner("deadLetterConfig").optionalText("arn");
	state.targets.push({
		ruleName,
		busName,
		queueArn: queueOf(state, inputs, inputs.text("arn")),
		deadLetterArn: deadLetterArn && queueOf(state, inputs, deadLetterArn),
	});
	return { id: `${busName}-${ruleName}-${inputs.text("targetId")}`, outputs: {} };
};

const queuePolicy: Create = ({ state }, _name, inputs) => {
	const url = inputs.text("queueUrl");
	const queue = state.queues.find((each) => each.url === url);
	if (queue === undefined) throw new Error(`${inputs.where}: expected queueUrl to be that of a declared queue, got ${url}`);
	state.queuePolicies.set(queue.arn, inputs.text("policy"));
	return { id: url, outputs: {} };
};

function queueOf({ queues }: AccountState, { where }: Inputs, queueArn: string): string {
	if (queues.some(({ arn: known }) => known === queueArn)) return queueArn;
	throw new Error(`${where}: expected a declared queue, got ${queueArn}`);
}

/** What brings a partner's events to a queue. */
export const eventTypes: Readonly<Record<string, { readonly create: Create; readonly nameKey?: string }>> = {
	"aws:cloudwatch/eventBus:EventBus": { create: eventBus, nameKey: "name" },
	"aws:cloudwatch/eventRule:EventRule": { create: eventRule, nameKey: "name" },
	"aws:cloudwatch/eventTarget:EventTarget": { create: eventTarget },
	"aws:sqs/queuePolicy:QueuePolicy": { create: queuePolicy },
};
