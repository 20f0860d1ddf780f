import { resolve } from "node:path";
import * as z from "zod";
import { functionKinds } from "../../../rehearsal/aws/state.ts";
import { provision, textOf } from "./provision.ts";

const texts = z.record(z.string(), z.string());

const lambdaFunction = provision(
	z.strictObject({
		name: z.string(),
		description: z.string(),
		role: z.string(),
		runtime: z.string(),
		architectures: z.array(z.string()),
		handler: z.string(),
		code: z.unknown(),
		memorySize: z.number(),
		timeout: z.number(),
		reservedConcurrentExecutions: z.number().optional(),
		environment: z.strictObject({ variables: texts }),
		loggingConfig: z.strictObject({ logFormat: z.string(), logGroup: z.string() }),
		tags: texts,
	}),
	async ({ call, state }, inputs) => {
		const { name, role, reservedConcurrentExecutions: reserved, environment, loggingConfig, timeout } = inputs;
		const made = await call("lambda", "CreateFunction", {
			FunctionName: name,
			Description: inputs.description,
			Role: role,
			Runtime: inputs.runtime,
			Architectures: inputs.architectures,
			Handler: inputs.handler,
			Code: { ZipFile: { $archive: await filesOf(inputs.code) } },
			MemorySize: inputs.memorySize,
			Timeout: timeout,
			Environment: { Variables: environment.variables },
			LoggingConfig: { LogFormat: loggingConfig.logFormat, LogGroup: loggingConfig.logGroup },
			Tags: inputs.tags,
		});
		if (reserved !== undefined)
			await call("lambda", "PutFunctionConcurrency", { FunctionName: name, ReservedConcurrentExecutions: reserved });
		const arn = textOf(made, "FunctionArn");
		const kind = functionKinds.find((known) => name.endsWith(`-${known}`));
		if (kind === undefined) throw new Error(`expected a function that ends in one of ${functionKinds.join(", ")}, got ${name}`);
		state.functions.push({
			name,
			arn,
			roleArn: role,
			kind,
			// As Lambda has them, not as they were declared.
			env: z.object({ Variables: texts }).parse(made.Environment).Variables,
			timeoutSeconds: timeout,
			inNetwork: false,
			reservedConcurrency: reserved ?? -1,
			logGroup: loggingConfig.logGroup,
			code: inputs.code,
		});
		return { id: name, outputs: { arn } };
	},
);

/** What stands in a Pulumi archive: texts, and files by their paths. */
export async function filesOf(code: unknown): Promise<Readonly<Record<string, { readonly path: string } | { readonly text: string }>>> {
	const assets: Readonly<Record<string, unknown>> = Object(await Object(code).assets);
	const files = Object.entries(assets).map(async ([name, asset]) => {
		const { path, text }: { readonly path?: unknown; readonly text?: unknown } = Object(asset);
		const held = await path;
		return [name, typeof held === "string" ? { path: resolve(held) } : { text: z.string().parse(await text) }] as const;
	});
	return Object.fromEntries(await Promise.all(files));
}

const functionUrl = provision(
	z.strictObject({ functionName: z.string(), authorizationType: z.string(), invokeMode: z.string() }),
	async ({ call, state }, { functionName, authorizationType, invokeMode }) => {
		const config = { FunctionName: functionName, AuthType: authorizationType, InvokeMode: invokeMode };
		const url = textOf(await call("lambda", "CreateFunctionUrlConfig", config), "FunctionUrl");
		const address = url.endsWith("/") ? url : `${url}/`;
		state.urls.push({ url: address, id: new URL(address).host.split(".")[0] ?? "", functionName, authorizationType });
		return { id: functionName, outputs: { functionUrl: address } };
	},
);

const permission = provision(
	z.strictObject({
		function: z.string(),
		action: z.string(),
		principal: z.string(),
		functionUrlAuthType: z.string().optional(),
		invokedViaFunctionUrl: z.boolean().optional(),
	}),
	async ({ call, state }, { function: functionName, action, principal, functionUrlAuthType, invokedViaFunctionUrl }) => {
		const StatementId = `${action.replaceAll(":", "-")}-${state.permissions.length + 1}`;
		await call("lambda", "AddPermission", {
			FunctionName: functionName,
			StatementId,
			Action: action,
			Principal: principal,
			...(functionUrlAuthType === undefined ? {} : { FunctionUrlAuthType: functionUrlAuthType }),
			...(invokedViaFunctionUrl === undefined ? {} : { InvokedViaFunctionUrl: invokedViaFunctionUrl }),
		});
		state.permissions.push({
			functionName,
			action,
			principal,
			functionUrlAuthType,
			invokedViaFunctionUrl: invokedViaFunctionUrl ?? false,
		});
		return { id: StatementId, outputs: { statementId: StatementId } };
	},
);

const eventSourceMapping = provision(
	z.strictObject({
		functionName: z.string(),
		eventSourceArn: z.string(),
		batchSize: z.number(),
		functionResponseTypes: z.array(z.string()),
		scalingConfig: z.strictObject({ maximumConcurrency: z.number() }),
		tags: texts,
	}),
	async ({ call, state }, { functionName, eventSourceArn, batchSize, functionResponseTypes, scalingConfig, tags }) => {
		const { maximumConcurrency } = scalingConfig;
		const made = await call("lambda", "CreateEventSourceMapping", {
			FunctionName: functionName,
			EventSourceArn: eventSourceArn,
			BatchSize: batchSize,
			FunctionResponseTypes: functionResponseTypes,
			ScalingConfig: { MaximumConcurrency: maximumConcurrency },
			Enabled: true,
			Tags: tags,
		});
		const UUID = textOf(made, "UUID");
		// moto would take the messages by itself, and run the function in a container.
		await call("lambda", "UpdateEventSourceMapping", { UUID, Enabled: false });
		const reportsItemFailures = functionResponseTypes.includes("ReportBatchItemFailures");
		const name = state.functions.find((each) => functionName === each.arn || functionName === each.name)?.name ?? functionName;
		state.mappings.push({
			functionName: name,
			queueArn: eventSourceArn,
			batchSize,
			maximumConcurrency,
			reportsItemFailures,
			enabled: true,
		});
		return { id: UUID, outputs: {} };
	},
);

const eventInvokeConfig = provision(
	z.strictObject({ functionName: z.string(), maximumRetryAttempts: z.number(), maximumEventAgeInSeconds: z.number() }),
	async ({ call }, { functionName, maximumRetryAttempts, maximumEventAgeInSeconds }) => {
		const limits = { MaximumRetryAttempts: maximumRetryAttempts, MaximumEventAgeInSeconds: maximumEventAgeInSeconds };
		await call("lambda", "PutFunctionEventInvokeConfig", { FunctionName: functionName, ...limits });
		return { id: functionName, outputs: {} };
	},
);

export const lambdaTypes = {
	"aws:lambda/function:Function": lambdaFunction,
	"aws:lambda/functionUrl:FunctionUrl": functionUrl,
	"aws:lambda/permission:Permission": permission,
	"aws:lambda/eventSourceMapping:EventSourceMapping": eventSourceMapping,
	"aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": eventInvokeConfig,
};
