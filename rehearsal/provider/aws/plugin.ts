import { isSecret, plainValues, secret, unknownText, type Values } from "../../engine/marks.ts";
import type { Existing, Made, Plugin } from "../../engine/plugin.ts";
import { type Account, MemoryAccount } from "./account.ts";
import { differenceOf, refusedOf } from "./judge.ts";
import { shapeOf } from "./shapes/index.ts";

export interface AwsPluginOptions {
	/** Where the resources are made; an account of its own, that knows what the engine tells of it, when absent. */
	readonly account?: Account;
}

/** The version of `@pulumi/aws` whose inputs it knows. */
export const awsVersion = "7.48.0";
const accountId = "111122223333";
const regionOf = (settings: Values): string => (typeof settings.region === "string" ? settings.region : "eu-central-1");

/** A stand-in for Pulumi's AWS provider, for the types in use: it checks inputs, makes the resources offline, and marks what needs a new one. */
export function awsPlugin(options: AwsPluginOptions = {}): Plugin {
	let region = regionOf({});
	let own = new MemoryAccount({ region, accountId });
	const account = (): Account => options.account ?? own;
	// In dependency order: what a resource points to was told of before.
	const know = ({ id, ...existing }: Existing): void => {
		if (options.account === undefined && id !== "") own.adopt({ ...existing, inputs: plainValues(existing.inputs) }, id);
	};
	return {
		version: awsVersion,
		configure: async (settings) => {
			if (regionOf(settings) === region) return;
			region = regionOf(settings);
			own = new MemoryAccount({ region, accountId });
		},
		check: refusedOf,
		diff: async (before, after) => {
			know(before);
			return differenceOf(shapeOf(before.type), before.inputs, after);
		},
		foreseen: ({ type, inputs }) => ({
			...taken(type, inputs),
			...Object.fromEntries(shapeOf(type).computed.map((key) => [key, inputs[key] ?? unknownText])),
		}),
		create: async ({ type, name, inputs }) => {
			const made = await account().create({ type, name, inputs: plainValues(inputs) });
			return { id: made.id, outputs: outputsOf(type, inputs, made) };
		},
		read: async (known) => {
			know(known);
			const found = await account().read(known.type, known.id);
			if (found === undefined) return undefined;
			const inputs = { ...asTold(known.type, known.inputs), ...marked(known.inputs, found.inputs) };
			return { id: found.id, inputs, outputs: outputsOf(known.type, inputs, found) };
		},
		update: async (before, after) => {
			know(before);
			return outputsOf(before.type, after, await account().update(before.type, before.id, plainValues(after)));
		},
		delete: async (known) => {
			know(known);
			await account().delete(known.type, known.id);
		},
		invoke: (token, args) => invoke(token, args, region),
	};
}

/** The inputs as the provider hands them back. */
const taken = (type: string, inputs: Values): Values => without(inputs, shapeOf(type).writeOnly ?? []);

/** What no API hands back stays as the engine has it. */
const asTold = (type: string, inputs: Values): Values =>
	Object.fromEntries(Object.entries(inputs).filter(([key]) => shapeOf(type).writeOnly?.includes(key)));

const without = (values: Values, keys: readonly string[]): Values =>
	Object.fromEntries(Object.entries(values).filter(([key]) => !keys.includes(key)));

/** A secret stays one: the inputs come back as they were given, and what is computed beside them. */
function outputsOf(type: string, inputs: Values, { outputs }: Made): Values {
	return { ...taken(type, inputs), ...Object.fromEntries(shapeOf(type).computed.map((key) => [key, outputs[key]])) };
}

/** What was found, with what is unchanged as the engine knows it: secrets and archives keep their marks. */
function marked(known: Values, found: Values): Values {
	const before = plainValues(known);
	return Object.fromEntries(
		Object.entries(found).map(([key, value]) => {
			if (JSON.stringify(before[key]) === JSON.stringify(value)) return [key, known[key]];
			return [key, isSecret(known[key]) ? secret(value) : value];
		}),
	);
}

/** Without a question to AWS: an account, a region and a partition. Throws Error for other functions. */
function invoke(token: string, args: Values, region: string): Values {
	const answers: Readonly<Record<string, Values>> = {
		"aws:index/getCallerIdentity:getCallerIdentity": {
			id: accountId,
			accountId,
			arn: `arn:aws:iam::${accountId}:user/deployer`,
			userId: "AIDADEPLOYER",
		},
		"aws:index/getRegion:getRegion": {
			id: region,
			region,
			name: region,
			description: "served offline",
			endpoint: `ec2.${region}.amazonaws.com`,
		},
		"aws:index/getPartition:getPartition": { id: "aws", partition: "aws", dnsSuffix: "amazonaws.com", reverseDnsPrefix: "com.amazonaws" },
	};
	const answer = Object.hasOwn(answers, token) ? answers[token] : undefined;
	if (answer === undefined) throw new Error(`expected one of ${Object.keys(answers).join(", ")}, got ${token}`);
	return { ...args, ...answer };
}
