import { memoryLedger } from "../../functions/edges/memory/ledger.ts";
import { MemoryQueue } from "../../functions/edges/memory/queue.ts";
import { eventTypes } from "./declareEvents.ts";
import { watchTypes } from "./declareWatch.ts";
import { arn, type Create, type Created, type Declaring, digest } from "./declaring.ts";
import { Inputs } from "./inputs.ts";
import { SecretVersions } from "./secretVersions.ts";
import { type AccountState, functionKinds } from "./state.ts";

const role: Create = ({ accountId, iam }, name, inputs) => {
	const roleArn = `arn:aws:iam::${accountId}:role/${name}`;
	iam.addRole(roleArn, name, inputs.text("assumeRolePolicy"));
	return { id: name, outputs: { name, arn: roleArn, uniqueId: `AROA${digest(roleArn, 17).toUpperCase()}` } };
};

const rolePolicy: Create = ({ iam }, name, inputs) => {
	iam.addPolicy(inputs.text("role"), name, inputs.text("policy"));
	return { id: `${inputs.text("role")}:${name}`, outputs: { name } };
};

/** Of all variables of a function as JSON: "Lambda quotas" in AWS's developer guide. */
const mostVariableBytes = 4096;

const lambdaFunction: Create = (declaring, name, inputs) => {
	const kind = functionKinds.find((known) => name.endsWith(`-${known}`));
	if (kind === undefined) throw new Error(`function ${name}: expected a name that ends in one of ${functionKinds.join(", ")}`);
	if (inputs.text("handler") !== "index.handler")
		throw new Error(`function ${name}: expected handler index.handler, got ${inputs.text("handler")}`);
	const functionArn = arn(declaring, "lambda", `function:${name}`);
	const env = inputs.inner("environment").inner("variables").textMap();
	const bytes = Buffer.byteLength(JSON.stringify(env));
	if (bytes > mostVariableBytes)
		throw new Error(`function ${name}: expected at most ${mostVariableBytes} bytes of environment variables, got ${bytes}`);
	const inNetwork = joinsNetwork(declaring, inputs);
	if (env.REDIS_URL !== undefined) keepsLedger(declaring, env.REDIS_URL, env.REDIS_PREFIX ?? "");
	declaring.state.functions.push({
		name,
		arn: functionArn,
		roleArn: inputs.text("role"),
		kind,
		env,
		timeoutSeconds: inputs.number("timeout", 3),
		inNetwork,
		reservedConcurrency: inputs.number("reservedConcurrentExecutions", -1),
		logGroup: inputs.inner("loggingConfig").optionalText("logGroup") ?? `/aws/lambda/${name}`,
		code: inputs.values.code,
	});
	const invokeArn = `arn:aws:apigateway:${declaring.region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
	return { id: name, outputs: { name, arn: functionArn, invokeArn, qualifiedArn: `${functionArn}:$LATEST`, version: "$LATEST" } };
};

/** Lambda makes the network interfaces with the function's own role; one that may not is no function. */
function joinsNetwork({ iam }: Declaring, inputs: Inputs): boolean {
	const network = inputs.inner("vpcConfig");
	if (network.values.subnetIds === undefined) return false;
	if (network.texts("subnetIds").length === 0 || network.texts("securityGroupIds").length === 0)
		throw new Error(`${network.where}: expected subnets and security groups, got none of one of them`);
	for (const action of interfaceActions) iam.authorize(inputs.text("role"), `ec2:${action}`, "*");
	return true;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html */
const interfaceActions = [
	"CreateNetworkInterface",
	"DescribeNetworkInterfaces",
	"DescribeSubnets",
	"DeleteNetworkInterface",
	"AssignPrivateIpAddresses",
	"UnassignPrivateIpAddresses",
];

/** The server is there before anything is deployed: its keys begin where the first function looks for them. */
function keepsLedger({ state, clock }: Declaring, url: string, prefix: string): void {
	if (state.tables.some(({ name, arn: at }) => name === prefix && at === url)) return;
	state.tables.push({ name: prefix, arn: url, ledger: memoryLedger(clock), indexes: [] });
}

const functionUrl: Create = (declaring, _name, inputs) => {
	const functionName = functionNamed(declaring.state, inputs.text("functionName"), inputs.where);
	const id = digest(`url:${functionName}`, 32);
	const url = `https://${id}.lambda-url.${declaring.region}.on.aws/`;
	declaring.state.urls.push({ url, id, functionName, authorizationType: inputs.text("authorizationType") });
	return { id: functionName, outputs: { functionUrl: url, urlId: id, functionArn: arn(declaring, "lambda", `function:${functionName}`) } };
};

const permission: Create = ({ state }, name, inputs) => {
	const statementId = inputs.optionalText("statementId") ?? name;
	state.permissions.push({
		functionName: functionNamed(state, inputs.text("function"), inputs.where),
		action: inputs.text("action"),
		principal: inputs.text("principal"),
		functionUrlAuthType: inputs.optionalText("functionUrlAuthType"),
		invokedViaFunctionUrl: inputs.flag("invokedViaFunctionUrl", false),
	});
	return { id: statementId, outputs: { statementId } };
};

const eventSourceMapping: Create = (declaring, _name, inputs) => {
	const functionName = functionNamed(declaring.state, inputs.text("functionName"), inputs.where);
	const queueArn = inputs.text("eventSourceArn");
	if (!declaring.state.queues.some((queue) => queue.arn === queueArn)) {
		throw new Error(`${inputs.where}: expected eventSourceArn to be a declared queue, got ${queueArn}`);
	}
	const maximumConcurrency = inputs.inner("scalingConfig").number("maximumConcurrency", 1000);
	declaring.state.mappings.push({
		functionName,
		queueArn,
		batchSize: inputs.number("batchSize", 10),
		maximumConcurrency,
		reportsItemFailures: inputs.texts("functionResponseTypes").includes("ReportBatchItemFailures"),
		enabled: inputs.flag("enabled", true),
	});
	const uuid = digest(`${queueArn}>${functionName}`, 32).replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
	return { id: uuid, outputs: { uuid, arn: arn(declaring, "lambda", `event-source-mapping:${uuid}`), state: "Enabled" } };
};

const schedule: Create = (declaring, name, inputs) => {
	const group = inputs.optionalText("groupName") ?? "default";
	const scheduleArn = arn(declaring, "scheduler", `schedule/${group}/${name}`);
	const target = inputs.inner("target");
	declaring.state.schedules.push({
		name,
		arn: scheduleArn,
		functionName: functionNamed(declaring.state, target.text("arn"), target.where),
		functionArn: target.text("arn"),
		everySeconds: rateSeconds(inputs.where, inputs.text("scheduleExpression")),
		roleArn: target.text("roleArn"),
		enabled: (inputs.optionalText("state") ?? "ENABLED") === "ENABLED",
		input: target.optionalText("input"),
	});
	return { id: `${group}/${name}`, outputs: { name, arn: scheduleArn, groupName: group } };
};

const queue: Create = (declaring, name, inputs) => {
	const queueArn = arn(declaring, "sqs", name);
	const url = `https://sqs.${declaring.region}.amazonaws.com/${declaring.accountId}/${name}`;
	const redrive = new Inputs(`${inputs.where}.redrivePolicy`, JSON.parse(inputs.optionalText("redrivePolicy") ?? "{}"));
	const deadArn = redrive.optionalText("deadLetterTargetArn");
	const dead = declaring.state.queues.find((other) => other.arn === deadArn);
	if (deadArn !== undefined && dead === undefined) throw new Error(`${redrive.where}: expected a declared queue, got ${deadArn}`);
	const declared = new MemoryQueue({
		clock: declaring.clock,
		visibilityTimeoutSeconds: inputs.number("visibilityTimeoutSeconds", 30),
		maxReceiveCount: dead === undefined ? undefined : Number(redrive.values.maxReceiveCount),
		deadLetters: dead?.queue,
		visible: (at) => declaring.visible(queueArn, at),
	});
	declaring.state.queues.push({ name, arn: queueArn, url, queue: declared });
	return { id: url, outputs: { name, arn: queueArn, url } };
};

const table: Create = (declaring, name, inputs) => {
	if (inputs.text("hashKey") !== "pk") throw new Error(`table ${name}: expected hashKey pk, got ${inputs.text("hashKey")}`);
	const ttl = inputs.inner("ttl");
	if (ttl.optionalText("attributeName") !== "exp" || !ttl.flag("enabled", false))
		throw new Error(`table ${name}: expected ttl exp to be enabled`);
	const tableArn = arn(declaring, "dynamodb", `table/${name}`);
	const indexes = inputs.each("globalSecondaryIndexes").map((index) => index.text("name"));
	declaring.state.tables.push({ name, arn: tableArn, ledger: memoryLedger(declaring.clock), indexes });
	return { id: name, outputs: { name, arn: tableArn } };
};

const secret: Create = (declaring, name) => {
	const secretArn = arn(declaring, "secretsmanager", `secret:${name}-${digest(name, 6)}`);
	declaring.state.secrets.set(secretArn, new SecretVersions());
	return { id: secretArn, outputs: { name, arn: secretArn } };
};

const secretVersion: Create = ({ state, clock }, _name, inputs) => {
	const secretId = inputs.text("secretId");
	const versions = state.secrets.get(secretId);
	if (versions === undefined) throw new Error(`${inputs.where}: expected secretId to be a declared secret, got ${secretId}`);
	const text = inputs.optionalText("secretStringWo") ?? inputs.text("secretString");
	const versionId = digest(`${secretId}:${text}`, 32);
	versions.put(versionId, text, clock.now());
	// Write-only: the provider hands no value back.
	return { id: `${secretId}|${versionId}`, outputs: { arn: secretId, versionId, secretStringWo: undefined } };
};

const logGroup: Create = (declaring, name) => {
	const groupArn = arn(declaring, "logs", `log-group:${name}`);
	declaring.state.logGroups.set(name, groupArn);
	return { id: name, outputs: { name, arn: groupArn } };
};

/** Only that its function exists: the rehearsal's schedules never repeat a run. */
const eventInvokeConfig: Create = (declaring, _name, inputs) => {
	const functionName = inputs.text("functionName");
	if (!declaring.state.functions.some(({ name }) => name === functionName))
		throw new Error(`expected a declared function, got ${functionName}`);
	return { id: functionName, outputs: {} };
};

const types: Readonly<Record<string, { readonly create: Create; readonly nameKey?: string }>> = {
	"aws:iam/role:Role": { create: role, nameKey: "name" },
	"aws:iam/rolePolicy:RolePolicy": { create: rolePolicy, nameKey: "name" },
	"aws:lambda/function:Function": { create: lambdaFunction, nameKey: "name" },
	"aws:lambda/functionUrl:FunctionUrl": { create: functionUrl },
	"aws:lambda/permission:Permission": { create: permission },
	"aws:lambda/eventSourceMapping:EventSourceMapping": { create: eventSourceMapping },
	"aws:scheduler/schedule:Schedule": { create: schedule, nameKey: "name" },
	"aws:sqs/queue:Queue": { create: queue, nameKey: "name" },
	"aws:dynamodb/table:Table": { create: table, nameKey: "name" },
	"aws:secretsmanager/secret:Secret": { create: secret, nameKey: "name" },
	"aws:secretsmanager/secretVersion:SecretVersion": { create: secretVersion },
	"aws:cloudwatch/logGroup:LogGroup": { create: logGroup, nameKey: "name" },
	...watchTypes,
	...eventTypes,
	"aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": { create: eventInvokeConfig },
};

/** Makes one declared resource; outputs hold the inputs too, as the provider's do. Throws Error for a type or a property it does not know. */
export function declare(declaring: Declaring, type: string, name: string, values: unknown): Created {
	const known = types[type];
	if (known === undefined) throw new Error(`${type} ${name}: expected one of ${Object.keys(types).join(", ")}`);
	const inputs = new Inputs(`${type} ${name}`, values);
	const physical =
		(known.nameKey === undefined ? undefined : inputs.optionalText(known.nameKey)) ?? `${name}-${digest(`${type}${name}`, 7)}`;
	const { id, outputs } = known.create(declaring, physical, inputs);
	const identity = `${type} ${id}`;
	if (declaring.state.identities.has(identity))
		throw new Error(`${inputs.where}: expected an unused name, got ${id}, which already exists`);
	declaring.state.identities.add(identity);
	return { id, outputs: { ...inputs.values, ...outputs } };
}

function functionNamed(state: AccountState, nameOrArn: string, where: string): string {
	const found = state.functions.find(({ name, arn: functionArn }) => nameOrArn === name || nameOrArn === functionArn);
	if (found === undefined) throw new Error(`${where}: expected a declared function, got ${nameOrArn}`);
	return found.name;
}

const unitSeconds: Readonly<Record<string, number>> = { minute: 60, hour: 3600, day: 86_400 };

function rateSeconds(where: string, expression: string): number {
	const [, value, unit = ""] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
	const seconds = Number(value) * (unitSeconds[unit] ?? Number.NaN);
	if (!(seconds > 0)) throw new Error(`${where}: expected scheduleExpression rate(<n> minutes|hours|days), got ${expression}`);
	return seconds;
}
